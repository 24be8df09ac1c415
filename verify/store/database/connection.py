"""The connection to a database of a home: settings, transactions, rows. Its one writer."""

from __future__ import annotations

import contextlib
import json
import os
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlite_utils import Database, Migrations

from verify.errors import Unavailable
from verify.folding import fold
from verify.records import say
from verify.store.database.moving import Progress, left, move
from verify.store.database.refusals import DAMAGED, in_a_sentence, refusal
from verify.store.database.schema import DESK, made_later
from verify.store.database.soundness import sound, wholly_sound

Row = sqlite3.Row
_BUSY_SECONDS = 10
_STAMP_CHARACTERS = len("2026-11-27T12:00:00.000000Z")
_STEPS_BETWEEN = 10_000  # of SQLite's machine: a few milliseconds


LISTED = "(SELECT value FROM json_each(?))"
"""The ids of a list, for `IN`; `listed` gives its value."""


def listed(ids: Iterable[int]) -> str:
    """The value for `LISTED`: however many ids there are, the query is one."""
    return json.dumps(sorted(set(ids)))


def now() -> datetime:
    """This moment, aware, in UTC."""
    return datetime.now(UTC)


def stamp(moment: datetime) -> str:
    """A moment as the store writes it: ISO 8601 in UTC, of one length, so that text sorts."""
    # strftime writes the year 1 as "1"
    return f"{moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec='microseconds')}Z"


def moment(text: str) -> datetime:
    """A stored moment, aware, in UTC."""
    text = text.rjust(_STAMP_CHARACTERS, "0")  # years below 1000 were once written without zeros
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


class Store:
    """One SQLite file, one connection, one lock: usable from several threads."""

    def __init__(
        self,
        path: Path,
        tables: Migrations = DESK,
        *,
        reading: bool = False,
        progress: Progress | None = None,
    ) -> None:
        """Open and migrate, or open for reading only. Raises Unavailable.

        tables: the migrations that make them, the desk's or the local chat's. progress: is told
        how far the migration of a large database is, where that takes a while.
        """
        self.lock = threading.RLock()
        self.path = path
        self._tables = tables
        self._wanted = 0  # how many wait to write; what is done apart gives way to them
        try:
            if not reading:
                _make_private(path)
            self._connection = _connect(path, reading)
            if self._made_later(reading):
                self._connection.close()
                raise Unavailable(
                    say("A later version of verify-desk made this desk: use that version.")
                )
            if not reading:
                if not sound(self._connection):
                    raise Unavailable(DAMAGED)
                tables.apply(Database(self._connection))
                move(self._connection, path.parent, progress or (lambda done, total: None))
        except (sqlite3.Error, OSError) as error:
            cannot = Unavailable(say("The desk's database cannot be opened or written."))
            raise refusal(error) or cannot from error
        self._connection.row_factory = sqlite3.Row

    def _made_later(self, reading: bool) -> bool:
        try:
            return made_later(self._connection, self._tables)
        except sqlite3.DatabaseError:
            if reading:  # what is damaged or full is told where it is read
                return False
            raise

    def wholly_sound(self) -> bool:
        """Whether nothing is wrong with the file, all of which is read. Raises Unavailable."""
        with self.lock, in_a_sentence():
            return wholly_sound(self._connection)

    def pending(self) -> int:
        """How many migrations the file still lacks, or has not ended. Raises Unavailable."""
        with self.lock, in_a_sentence():
            return len(self._tables.pending(Database(self._connection))) + left(self._connection)

    def close(self) -> None:
        """Close the connection; SQLite then folds the write-ahead log into the file."""
        with self.lock:
            self._connection.close()

    @contextlib.contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing. Nested use joins the outer transaction.

        Begins IMMEDIATE: a deferred one that reads first fails at its first write
        when another process wrote meanwhile. Raises Unavailable when it cannot commit.
        """
        with self.lock:
            if self._connection.in_transaction:
                yield
                return
            try:
                self._begin()
                try:
                    yield
                except BaseException:
                    if self._connection.in_transaction:  # a full disk has rolled back already
                        self._connection.execute("ROLLBACK")
                    raise
                self._connection.execute("COMMIT")
            except sqlite3.DatabaseError as error:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                if known := refusal(error):
                    raise known from error
                if not isinstance(error, sqlite3.OperationalError):
                    raise
                raise Unavailable(
                    say("The desk could not write to its disk; nothing was changed.")
                ) from error

    def _begin(self) -> None:
        self._wanted += 1  # under `lock`
        try:
            self._connection.execute("BEGIN IMMEDIATE")
        finally:
            self._wanted -= 1

    def rows(self, sql: str, values: Sequence[Any] = ()) -> list[Row]:
        """All rows of a query."""
        with self.lock, in_a_sentence():
            return self._connection.execute(sql, _bound(values)).fetchall()

    def row(self, sql: str, values: Sequence[Any] = ()) -> Row | None:
        """The first row of a query, or None."""
        with self.lock, in_a_sentence():
            found: Row | None = self._connection.execute(sql, _bound(values)).fetchone()
            return found

    def insert(self, table: str, /, **columns: Any) -> int:
        """Add a row to a table of ours; gives its id."""
        number: int = self._add(table, columns)
        return number

    def insert_once(self, table: str, /, **columns: Any) -> int | None:
        """Add a row unless an equal key is there; gives its id, or None."""
        number: int | None = self._add(table, columns, " ON CONFLICT DO NOTHING")
        return number

    def _add(self, table: str, columns: dict[str, Any], conflict: str = "") -> Any:
        sql = f"{_insert(table, columns)}{conflict}"
        with self.transaction():
            cursor = self._connection.execute(sql, _bound(columns.values()))
            return cursor.lastrowid if cursor.rowcount else None

    def insert_all(self, table: str, rows: Sequence[dict[str, Any]]) -> None:
        """Add many rows, of the same columns, to a table of ours."""
        if rows:
            with self.transaction():
                values = (_bound(row.values()) for row in rows)
                self._connection.executemany(_insert(table, rows[0]), values)

    def change(self, sql: str, values: Sequence[Any] = ()) -> int:
        """Run an UPDATE or DELETE; gives the number of rows changed."""
        with self.transaction():
            return self._connection.execute(sql, _bound(values)).rowcount

    def change_each(self, sql: str, every: Iterable[Sequence[Any]]) -> None:
        """Run an UPDATE or DELETE for each of many tuples of values."""
        with self.transaction():
            self._connection.executemany(sql, map(_bound, every))

    def compact(self) -> bool:
        """Write the file anew without what was deleted, and empty the log beside it.

        It takes minutes where there is much, and gives way to whoever wants to write meanwhile.
        False when that did not work: for want of room, because somebody is writing or reading,
        or because the file is damaged.
        """
        try:
            with contextlib.closing(_connect(self.path, reading=False)) as beside:
                beside.execute("PRAGMA busy_timeout = 2000")
                beside.set_progress_handler(lambda: self._wanted, _STEPS_BETWEEN)
                beside.execute("VACUUM")
                beside.execute("PRAGMA wal_checkpoint(PASSIVE)")  # most of it keeps nobody waiting
            with self.lock:
                busy = self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        except sqlite3.Error:
            return False
        return not busy

    def empty_log(self) -> bool:
        """Take the write-ahead log into the file and cut it to nothing: it holds what was deleted.

        False where somebody reads: then the next call, or the end of the desk, does it.
        """
        try:
            with self.lock:
                row = self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        except sqlite3.Error:
            return False
        return not row[0]

    def give_way(self) -> None:
        """End a `compact` under way, and let no other begin."""
        self._wanted += 1


def _make_private(path: Path) -> None:
    """Let nobody else look into a database, nor into SQLite's files beside it, which take after
    it. It is made where there is none."""
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_NOFOLLOW, 0o600))
    path.chmod(0o600)


def _connect(path: Path, reading: bool) -> sqlite3.Connection:
    mode = "ro" if reading else "rwc"
    if reading and not os.access(path.parent, os.W_OK) and not _log(path).exists():
        # On a read-only disk SQLite cannot make the files beside a database in WAL mode. Without
        # a log nobody writes, so they are not needed. Source: sqlite.org/wal.html, section 5.
        mode = "ro&immutable=1"
    connection = sqlite3.connect(
        f"{path.as_uri()}?mode={mode}",
        uri=True,
        timeout=_BUSY_SECONDS,
        isolation_level=None,
        check_same_thread=False,
    )
    connection.execute("PRAGMA foreign_keys = ON")
    connection.create_function("folded", 1, fold, deterministic=True)
    if not reading:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA secure_delete = ON")  # what is deleted becomes zeros
        _work_beside(connection, path.parent)
    return connection


def _work_beside(connection: sqlite3.Connection, home: Path) -> None:
    """Let SQLite put its working files into the home, where they have no name.

    It would write all that it works on, the whole database for VACUUM, into `/var/tmp`: in
    clear, on a disk that may not be the encrypted one. Source: sqlite.org/tempfiles.html.
    """
    # one setting for the whole process: not set again where another connection may be using it
    if connection.execute("PRAGMA temp_store_directory").fetchone() != (str(home),):
        quoted = str(home).replace("'", "''")
        connection.execute(f"PRAGMA temp_store_directory = '{quoted}'")


def _log(path: Path) -> Path:
    """The write-ahead log of a database, which is there while somebody has it open to write."""
    return path.with_name(f"{path.name}-wal")


def _insert(table: str, columns: Iterable[str]) -> str:
    names = [*columns]
    # table and column names are literals of this package, values are bound
    return f'INSERT INTO "{table}" ({", ".join(names)}) VALUES ({", ".join("?" * len(names))})'


def _bound(values: Iterable[Any]) -> tuple[Any, ...]:
    # JSON may carry lone surrogates, which UTF-8 and so SQLite cannot hold
    return tuple(
        value.encode("utf-8", "replace").decode() if isinstance(value, str) else value
        for value in values
    )
