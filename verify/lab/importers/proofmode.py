"""What ProofMode says of a file: `SHA256.proof.json` or `.proof.csv`, beside the file itself.

Device, networks and position stand in it as well and stay there. Signatures are not looked at.
Its times end in a Z, yet are those of the device's clock: the letter is a part of the form.
Source: guardianproject/proofmode-android, `MediaWatcher.kt`, `ProofModeV1Constants.java`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from verify.lab.importers import Source
from verify.lab.importers._bounds import bounded
from verify.lab.importers._fields import first
from verify.lab.importers._json_stream import BrokenError, fields
from verify.lab.importers._media import attached
from verify.lab.importers._moments import Moment, first_of, of_iso, of_unix
from verify.lab.importers._reasons import CUT_OFF, MALFORMED
from verify.lab.importers._table import header, plain, rows
from verify.records import PlaceKind, Post, Sentence, Unread

NAME = "ProofMode"

_NAMED = re.compile(r"[0-9a-f]{64}\.proof\.(?:json|csv)", re.IGNORECASE)
_HASH = re.compile(r"[0-9a-f]{64}", re.IGNORECASE)
_WANTED = {
    *("File Hash SHA256", "File Path", "File Created", "File Modified", "Proof Generated", "Notes"),
}
_TIMES = ("proof generated", "file modified", "file created")


def recognises(source: Source) -> bool:
    """By its name and the hash that it begins to tell of."""
    head = source.content[: 64 << 10]
    return bool(_NAMED.fullmatch(source.name)) and b"File Hash SHA256" in head


def read(source: Source) -> Iterator[Post | Unread]:
    """One post: the file, and when the proof was made."""
    try:
        told = {plain(key): value for key, value in _told(source).items()}
    except BrokenError:
        yield Unread(what=source.name[:300], why=CUT_OFF)
        return
    digest = first(told, "file hash sha256").lower()
    if not _HASH.fullmatch(digest):
        yield Unread(what=source.name[:300], why=MALFORMED)
        return
    at = first_of(*(_moment(told.get(key)) for key in _TIMES))
    named = first(told, "file path").replace("\\", "/").rpartition("/")[2]
    yield bounded(
        Post(
            network="proofmode",
            id=digest,
            place_kind=PlaceKind.PRIVATE,
            person=True,
            at=at.at,
            resolution_s=at.resolution_s,
            impossible=at.written,
            text=first(told, "notes"),
            media=(attached(named or digest, source.beside),),
        )
    )


def _told(source: Source) -> Mapping[str, Any]:
    """Of the JSON what is wanted, of the table its only row."""
    if source.name.lower().endswith(".json"):
        return fields(source.content, _WANTED)
    head = header(source.content)
    for _, row in rows(source.content, head) if head else ():
        if isinstance(row, Sentence):
            break
        return row
    raise BrokenError


def _moment(value: object) -> Moment:
    if isinstance(value, str) and value.isdecimal() and len(value) == 13:
        return of_unix(value[:-3])  # of milliseconds
    return of_iso(value.strip().removesuffix("Z")) if isinstance(value, str) else Moment()
