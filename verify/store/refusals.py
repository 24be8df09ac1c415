"""Why the disk or the database refuses, in a sentence, and whether waiting helps."""

from __future__ import annotations

import errno
import sqlite3

from verify.errors import DiskRefused, Unavailable
from verify.records import say

_FULL = say("The disk is full. Make room; the desk then goes on by itself.")
_READ_ONLY = say("The disk cannot be written. Once it can, the desk goes on by itself.")
_HELD = say("Another program holds the desk's database. Once it lets go, the desk goes on.")
_DAMAGED = say("The desk's database is damaged: restore the latest backup into an empty folder.")
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
        return Unavailable(_DAMAGED)
    return DiskRefused(_BY_CODE[code]) if code in _BY_CODE else None
