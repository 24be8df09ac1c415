"""Why the disk or the database refuses, in a sentence, and whether waiting helps."""

from __future__ import annotations

import errno
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from verify.errors import DiskRefused, Unavailable
from verify.records import say

_SPARE_BYTES = 16 * 1024 * 1024  # two write-ahead logs, and what an examination leaves
_FULL = say("The disk is full. Make room; the desk then goes on by itself.")
_READ_ONLY = say("The disk cannot be written. Once it can, the desk goes on by itself.")
_HELD = say("Another program holds the desk's database. Once it lets go, the desk goes on.")
DAMAGED = say(
    "The desk's database is damaged: restore the latest backup into an empty folder. What was"
    " written since then is lost, but the originals in the folder “vault” stay: import them again."
)
_BY_ERRNO = {
    errno.ENOSPC: _FULL,
    errno.EDQUOT: _FULL,
    errno.EFBIG: _FULL,
    errno.EROFS: _READ_ONLY,
    errno.EACCES: _READ_ONLY,
    errno.EPERM: _READ_ONLY,
    errno.EIO: _READ_ONLY,
}
_BY_CODE = {
    sqlite3.SQLITE_FULL: _FULL,
    sqlite3.SQLITE_READONLY: _READ_ONLY,
    sqlite3.SQLITE_IOERR: _READ_ONLY,
    sqlite3.SQLITE_CANTOPEN: _READ_ONLY,
    sqlite3.SQLITE_BUSY: _HELD,
    sqlite3.SQLITE_LOCKED: _HELD,
}
_BROKEN = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


def refusal(error: sqlite3.Error | OSError) -> Unavailable | None:
    """The error to raise instead of a refusal of disk or database; None for any other error."""
    if isinstance(error, OSError):
        sentence = _BY_ERRNO.get(error.errno or 0)
        return DiskRefused(sentence) if sentence else None
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF  # without the extended part
    if code in _BROKEN:
        return Unavailable(DAMAGED)
    return DiskRefused(_BY_CODE[code]) if code in _BY_CODE else None


@contextmanager
def in_a_sentence() -> Iterator[None]:
    """Turn what a refusing disk or a damaged file raises into an error that has a sentence."""
    try:
        yield
    except (sqlite3.DatabaseError, OSError) as error:
        if known := refusal(error):
            raise known from error
        raise


def require_room(folder: Path, size: int) -> None:
    """Raise DiskRefused where a file of so many bytes would fill the disk.

    Some room is left for what has to be said and written down about it.
    """
    if shutil.disk_usage(folder).free < 2 * size + _SPARE_BYTES:  # chat and vault each keep it
        raise DiskRefused(_FULL)
