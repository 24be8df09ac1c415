"""Whether a database is sound, before anything is written beside a page that is not.

SQLite notices a damaged page when it comes upon it, which may be long after others were written
to. At a start as much is looked at as fits into a second: all of a small desk, of a large one the
tables that everything else hangs on. `doctor` looks at all of it.
"""

from __future__ import annotations

import contextlib
import sqlite3
import threading
from collections.abc import Iterator

_SECONDS = 0.3  # for the whole file; as long again for the first tables
_FIRST = ("custody_event", "person", "case", "exhibit", "submission", "claim", "note", "verdict")


def sound(connection: sqlite3.Connection) -> bool:
    """Whether nothing is wrong that can be found in a second. May raise sqlite3.DatabaseError."""
    whole = _checked(connection, "PRAGMA quick_check(1)", _SECONDS)
    if whole is not None:
        return whole
    there = {row[0] for row in connection.execute("SELECT name FROM sqlite_schema")}
    return all(
        _checked(connection, f'PRAGMA quick_check("{table}")', _SECONDS / len(_FIRST)) is not False
        for table in _FIRST
        if table in there
    )


def wholly_sound(connection: sqlite3.Connection) -> bool:
    """Whether nothing is wrong; reads all of the file. May raise sqlite3.DatabaseError."""
    return bool(_checked(connection, "PRAGMA integrity_check(1)", None))


def _checked(connection: sqlite3.Connection, check: str, seconds: float | None) -> bool | None:
    """What a check says; None when it did not come to an end in time."""
    try:
        with _at_most(connection, seconds):
            answer = connection.execute(check).fetchone()
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode == sqlite3.SQLITE_INTERRUPT:
            return None
        raise
    # one that is interrupted inside the file's tree says so in its answer
    if answer is not None and "interrupt" in str(answer[0]):
        return None
    return answer is not None and answer[0] == "ok"


@contextlib.contextmanager
def _at_most(connection: sqlite3.Connection, seconds: float | None) -> Iterator[None]:
    if seconds is None:
        yield
        return
    timer = threading.Timer(seconds, connection.interrupt)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        timer.join()
