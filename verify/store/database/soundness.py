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
    """Whether nothing is wrong that can be found in a second. May raise sqlite3.DatabaseError.

    What the quick check calls wrong is looked at wholly before it is believed: SQLite 3.40's finds
    NULL values in tables WITHOUT ROWID that hold none.
    """
    whole = _checked(connection, "PRAGMA quick_check(1)", _SECONDS)
    if whole is None:
        there = {row[0] for row in connection.execute("SELECT name FROM sqlite_schema")}
        seconds = _SECONDS / len(_FIRST)
        parts = (
            _checked(connection, f'PRAGMA quick_check("{table}")', seconds)
            for table in _FIRST
            if table in there
        )
        whole = all(part is not False for part in parts)
    return whole or wholly_sound(connection)


def wholly_sound(connection: sqlite3.Connection) -> bool:
    """Whether nothing is wrong; reads all of the file. May raise sqlite3.DatabaseError."""
    return bool(_checked(connection, "PRAGMA integrity_check(1)", None))


def _checked(connection: sqlite3.Connection, check: str, seconds: float | None) -> bool | None:
    """What a check says; None when it did not come to an end in time.

    One that is interrupted inside the file's tree answers as if that were damaged ("error code 9"),
    so that only what it says before its time is up counts.
    """
    with _at_most(connection, seconds) as over:
        try:
            answer = connection.execute(check).fetchone()
        except sqlite3.DatabaseError:
            if over.is_set():
                return None
            raise
        late = over.is_set()
    sound = answer is not None and answer[0] == "ok"
    return None if late and not sound else sound


@contextlib.contextmanager
def _at_most(connection: sqlite3.Connection, seconds: float | None) -> Iterator[threading.Event]:
    """Interrupt what takes longer; the event tells that the time is up."""
    over = threading.Event()
    if seconds is None:
        yield over
        return

    def interrupt() -> None:
        over.set()
        connection.interrupt()

    timer = threading.Timer(seconds, interrupt)
    timer.daemon = True
    timer.start()
    try:
        yield over
    finally:
        timer.cancel()
        timer.join()
