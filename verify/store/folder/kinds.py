"""Whether what lies in a home is what it should be: files and folders, no links, no pipes.

Whoever can put a pipe where an index belongs could let a desk wait for ever; a link could have it
read or write elsewhere.
"""

from __future__ import annotations

import re
import stat
from collections.abc import Iterator
from pathlib import Path

from verify.errors import Unavailable
from verify.records import Sentence, say

_FILES = re.compile(
    r"(desk|localchat|care)\.db(-wal|-shm|-journal)?|desk\.(lock|pid)|(local-features|pack-\d+|hub)-\d+\.index"
)
_FOLDERS = ("vault", "vault/incoming", "working", "localchat", "withdrawals")


def demand_ordinary(home: Path) -> None:
    """Raise Unavailable where something else lies in the place of a file or folder of a home."""
    for sentence in out_of_place(home):
        raise Unavailable(sentence)


def out_of_place(home: Path) -> Iterator[Sentence]:
    """What lies at the places of a home's own files and folders and is none."""
    try:
        entries = [path for path in sorted(home.iterdir()) if _FILES.fullmatch(path.name)]
    except OSError:  # there is no home yet, or nobody may look: told where it is opened
        return
    for path in entries:
        if _kind(path) not in (None, stat.S_IFREG):
            yield say(
                "{path} is no ordinary file. Move it away; what belongs there is made again, or"
                " restored from a backup.",
                path=str(path),
            )
    for name in _FOLDERS:
        if _kind(home / name) not in (None, stat.S_IFDIR):
            yield say(
                "{path} is no ordinary folder. Move it away; what belongs there is made again, or"
                " restored from a backup.",
                path=str(home / name),
            )


def _kind(path: Path) -> int | None:
    """The kind of file, with links not followed; None where there is nothing."""
    try:
        return stat.S_IFMT(path.lstat().st_mode)
    except OSError:
        return None
