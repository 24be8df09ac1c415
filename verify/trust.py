"""Whose signatures this desk trusts: lists of certificates (PEM) in its home and in a setting.

The lab's child, which uses them, opens no file: they are read here, and handed to it as text.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from verify.errors import BadInput
from verify.records import Sentence, TrustLists, say
from verify.regular import descriptor_of

FOLDER = "trust"
SIGNERS, TIME_STAMPS = "signers.pem", "timestamps.pem"
DESKS = "desks.pem"
"""Public keys by which other desks sign their bags."""
MAX_BYTES = 8 << 20
_CERTIFICATE = re.compile("-----BEGIN CERTIFICATE-----.*?-----END CERTIFICATE-----", re.DOTALL)


@dataclass(frozen=True)
class TrustFile:
    """A list in the home, and how many certificates it holds. changed_at: aware, of the file."""

    name: str
    certificates: int
    changed_at: datetime


def trust_lists(home: Path, setting: str = "") -> TrustLists:
    """The lists in the home, each with that of VERIFY_TRUST_LIST, which is for both.

    Raises BadInput for a file that cannot be read or holds no certificates.
    """
    wrong = say("The file named by VERIFY_TRUST_LIST holds no certificates in PEM.")
    both = _certificates(setting, wrong) if setting else []
    signers, stamps = (_listed(home / FOLDER / name)[0] for name in (SIGNERS, TIME_STAMPS))
    return TrustLists(signers="".join(both + signers), time_stamps="".join(both + stamps))


def trust_files(home: Path) -> Iterator[TrustFile]:
    """The lists that are there. Raises BadInput as `trust_lists`."""
    for name in (SIGNERS, TIME_STAMPS):
        found, changed = _listed(home / FOLDER / name)
        if found:
            yield TrustFile(name, len(found), datetime.fromtimestamp(changed, UTC))


def unused(home: Path) -> Iterator[Sentence]:
    """What lies beside the lists, as a list would, and is none."""
    for path in sorted((home / FOLDER).glob("*")):
        if path.name not in (SIGNERS, TIME_STAMPS, DESKS):
            yield say(
                "{name} is not used: lists of trusted certificates are {signers} and {stamps}.",
                name=f"{FOLDER}/{path.name}"[:200],
                signers=SIGNERS,
                stamps=TIME_STAMPS,
            )


def _listed(path: Path) -> tuple[list[str], float]:
    """The certificates in a file and when it was changed; none where there is no such file."""
    try:
        with os.fdopen(descriptor_of(path), "rb") as file:
            text = file.read(MAX_BYTES + 1).decode("utf-8", "replace")
            changed = os.fstat(file.fileno()).st_mtime
    except FileNotFoundError:
        return [], 0.0
    except OSError as error:
        raise BadInput(
            say("The list of trusted certificates {file} cannot be read.", file=str(path))
        ) from error
    wrong = say("The list of trusted certificates {file} holds none in PEM.", file=str(path))
    return _certificates(text, wrong), changed


def _certificates(text: str, wrong: Sentence) -> list[str]:
    """Each certificate by itself. Raises BadInput with `wrong` where there is none or a bad one."""
    import ssl  # which takes long to load

    blocks = _CERTIFICATE.findall(text)
    try:
        found = [ssl.DER_cert_to_PEM_cert(ssl.PEM_cert_to_DER_cert(block)) for block in blocks]
    except ValueError as error:
        raise BadInput(wrong) from error
    if not found or len(text) > MAX_BYTES:
        raise BadInput(wrong)
    return found
