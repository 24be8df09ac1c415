"""A case as one file that is readable without this program.

A ZIP archive: `report.txt` for people, `exhibits.csv` for spreadsheets, `case.json` for
programs, the originals by their SHA-256, `custody.jsonl` with the events about them, and
`SHA256SUMS` over all of it.
"""

from __future__ import annotations

import hashlib
import time
import zipfile
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from verify.errors import BadInput, Unavailable
from verify.formats import ending
from verify.records import say
from verify.store.folder.files import private_folder, put_in_place
from verify.store.folder.home import Home, working
from verify.store.keeping import age


def name_of(sha256: str, media_type: str) -> str:
    """Where an original lies in the archive."""
    return f"originals/{sha256}{ending(media_type, '.bin')}"


def write(
    target: Path,
    texts: Mapping[str, str],
    originals: Mapping[str, str],
    home: Home,
    recipients: Sequence[str] = (),
    step: Callable[[], None] = lambda: None,
) -> None:
    """Write the archive, whole or not at all.

    texts: by name. originals: the name in the archive by SHA-256. recipients: age public keys
    (`age1...`) to which it is encrypted. step: called between originals, and may raise. Raises
    BadInput when the target exists, Unavailable when the disk refuses or an original is not what
    it was.
    """
    if target.exists():
        raise BadInput(say("{file} exists already. Name a new file.", file=str(target)))
    # what is to be encrypted lies in clear in the home alone, not on somebody's memory stick
    with (
        private_folder(working(home.folder) if recipients else target.parent) as folder,
        private_folder(target.parent) as beside,
    ):
        unfinished = folder / "export.zip"
        deflated = zipfile.ZIP_DEFLATED
        with zipfile.ZipFile(unfinished, "w", deflated, strict_timestamps=False) as archive:
            sums = {}
            for name, text in texts.items():
                content = text.encode("utf-8", "replace")
                sums[name] = hashlib.sha256(content).hexdigest()
                archive.writestr(dated(name), content, deflated)
            for sha256, name in originals.items():
                step()
                if not home.vault.intact(sha256):
                    raise Unavailable(
                        say("The original {sha256} is missing or changed.", sha256=sha256)
                    )
                archive.write(home.vault.path(sha256), name)
                sums[name] = sha256
            lines = "".join(f"{digest}  {name}\n" for name, digest in sorted(sums.items()))
            archive.writestr(dated("SHA256SUMS"), lines, deflated)
        if recipients:
            age.encrypt(unfinished, beside / "export.age", recipients)
            unfinished = beside / "export.age"
        unfinished.chmod(0o600)
        put_in_place(unfinished, target)


def dated(name: str) -> zipfile.ZipInfo:
    """An entry of an archive, dated by the clock as far as ZIP has years: 1980 to 2107."""
    year, month, day, hour, minute, second = time.localtime()[:6]
    at = (min(max(year, 1980), 2107), month, day, hour, minute, second)
    info = zipfile.ZipInfo(name, at)
    info.external_attr = 0o600 << 16
    return info


def written_since(target: Path, begun_at: datetime) -> bool:
    """Whether a whole file appeared there since: it does so once it is written."""
    try:
        return datetime.fromtimestamp(target.stat().st_mtime, UTC) >= begun_at
    except OSError:
        return False
