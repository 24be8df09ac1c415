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

from verify.store.store import work_beside

_SCHEMA = """
CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE person (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL,
  language TEXT NOT NULL DEFAULT 'en');
CREATE TABLE peer (id INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL,
  name TEXT NOT NULL, UNIQUE (kind, name));
CREATE TABLE message (id INTEGER PRIMARY KEY AUTOINCREMENT, chat_id INTEGER NOT NULL,
  from_bot INTEGER NOT NULL, body TEXT NOT NULL, aside TEXT NOT NULL DEFAULT '{}',
  revision INTEGER NOT NULL, deleted INTEGER NOT NULL DEFAULT 0);
CREATE INDEX message_chat ON message (chat_id, id);
CREATE INDEX message_revision ON message (revision);
CREATE TABLE file (id INTEGER PRIMARY KEY AUTOINCREMENT, file_id TEXT NOT NULL UNIQUE,
  unique_id TEXT NOT NULL, path TEXT NOT NULL UNIQUE, kind TEXT NOT NULL,
  name TEXT NOT NULL, media_type TEXT NOT NULL, size INTEGER NOT NULL,
  width INTEGER NOT NULL, height INTEGER NOT NULL, photo TEXT NOT NULL);
CREATE INDEX file_photo ON file (photo);
CREATE TABLE update_queue (id INTEGER PRIMARY KEY AUTOINCREMENT, body TEXT NOT NULL);
CREATE TABLE callback (id INTEGER PRIMARY KEY AUTOINCREMENT, chat_id INTEGER NOT NULL,
  message_id INTEGER NOT NULL, pressed_at REAL NOT NULL, answered INTEGER NOT NULL DEFAULT 0);
CREATE TABLE album (id INTEGER PRIMARY KEY AUTOINCREMENT);
CREATE TABLE commands (scope TEXT NOT NULL, language TEXT NOT NULL, list TEXT NOT NULL,
  PRIMARY KEY (scope, language));
CREATE TABLE session (digest TEXT PRIMARY KEY, opened_at REAL NOT NULL);
INSERT INTO sqlite_sequence (name, seq) VALUES ('person', 1000), ('callback', 10000000);
"""


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
        if self._db.execute("PRAGMA user_version").fetchone()[0] == 0:
            self._db.executescript(f"BEGIN IMMEDIATE;{_SCHEMA}PRAGMA user_version = 1;COMMIT;")
        for companion in home.glob("localchat.db*"):
            companion.chmod(0o600)

    def close(self) -> None:
        """Close the database."""
        with self._lock:
            self._db.close()

    @contextlib.contextmanager
    def writing(self) -> Iterator[None]:
        """Group several calls into one transaction: all of it stands, or nothing does."""
        with self._lock:
            if self._db.in_transaction:
                yield
                return
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._db.execute("ROLLBACK")
                raise
            self._db.execute("COMMIT")

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
        with self._lock:
            return self._db.execute(sql, values).fetchall()


def _whole(value: Any) -> Any:
    # half of a surrogate pair, which JSON can carry and SQLite cannot
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else value
