"""The migrations: found by their files, in one order, each once."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from verify import store
from verify.store.database.connection import Store

FILES = sorted(path.stem for path in (Path(store.__file__).parent / "migrations").glob("*.sql"))


def applied(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as database:
        rows = database.execute("SELECT name FROM _sqlite_migrations ORDER BY rowid")
        return [name for (name,) in rows]


def test_every_file_is_applied_in_the_order_of_its_number_and_once(tmp_path: Path) -> None:
    for _ in range(2):
        Store(tmp_path / "desk.db").close()
        assert applied(tmp_path / "desk.db") == FILES


def test_no_two_migrations_share_a_number() -> None:
    assert [int(name[1:4]) for name in FILES] == [*range(1, len(FILES) + 1)]
