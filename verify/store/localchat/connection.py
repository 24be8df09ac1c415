"""The local chat's database: one connection, one lock, every write committed and synced.

Ids come from AUTOINCREMENT rows, which SQLite never hands out twice, kills and deletions
included.
"""

from __future__ import annotations

import contextlib
import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from verify.store.database.connection import work_beside
from verify.store.database.refusals import in_a_sentence
from verify.store.database.schema import found_in

_migrations = found_in("verify.store.localchat", "localchat")


class Connection:
    """The database of a home. Thread-safe."""

    def __init__(self, home: Path) -> None:
        path = home / "localchat.db"
        path.touch(mode=0o600)
        self._lock = threading.RLock()
        self._db = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
            "secure_delete=ON",
        ):
            self._db.execute(f"PRAGMA {pragma}")
        work_beside(self._db, home)
        _migrations.apply(Database(self._db))
        for companion in home.glob("localchat.db*"):
            companion.chmod(0o600)

    def close(self) -> None:
        """Close the database."""
        with self._lock:
            self._db.close()

    @contextlib.contextmanager
    def writing(self) -> Iterator[None]:
        """Group several calls into one transaction: all of it stands, or nothing does.

        Raises Unavailable where the disk refuses.
        """
        with self._lock:
            if self._db.in_transaction:
                yield
                return
            with in_a_sentence():
                self._db.execute("BEGIN IMMEDIATE")
                try:
                    yield
                    self._db.execute("COMMIT")
                except BaseException:
                    if self._db.in_transaction:  # a full disk has rolled back already
                        self._db.execute("ROLLBACK")
                    raise

    def write(self, sql: str, *values: Any) -> int:
        """Run one statement, committed at once unless inside `writing`; gives the row's id."""
        with self.writing():
            return self._db.execute(sql, [_whole(value) for value in values]).lastrowid or 0

    def compact(self) -> bool:
        """Write the file anew without what was deleted, and empty the log beside it.

        False when that did not work: what was deleted is overwritten in place all the same.
        """
        with self._lock:
            try:
                self._db.execute("VACUUM")
                busy = self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
            except sqlite3.DatabaseError:
                return False
            return not busy

    def rows(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        """All rows of a query."""
        with self._lock, in_a_sentence():
            return self._db.execute(sql, [_whole(value) for value in values]).fetchall()


def _whole(value: Any) -> Any:
    # half of a surrogate pair, which JSON can carry and SQLite cannot
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else value
