"""The tables of a database, as migrations: the files of a folder, in the order of their names.

A migration that has landed is never edited. In a desk's, times are ISO 8601 text in UTC; bodies
are the JSON of a record in `verify.records`.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from importlib import resources
from importlib.resources.abc import Traversable

from sqlite_utils import Database, Migrations


def _run(script: str) -> Callable[[Database], None]:
    def run(db: Database) -> None:
        # not executescript: that would commit the migration's own transaction
        for statement in script.split(";\n"):
            if statement.strip():
                db.conn.execute(statement)

    return run


def _found_in(folder: Traversable, name: str) -> Migrations:
    """The migrations in a folder. name: of the database whose tables they make."""
    migrations = Migrations(name)
    for file in sorted(folder.iterdir(), key=lambda file: file.name):
        if file.name.endswith(".sql"):
            script = file.read_text(encoding="utf-8")
            migrations(name=file.name.removesuffix(".sql"))(_run(script))
    return migrations


_store = resources.files("verify.store")
DESK = _found_in(_store / "migrations", "desk")
LOCALCHAT = _found_in(_store / "localchat" / "migrations", "localchat")
CARE = _found_in(_store / "care" / "migrations", "care")


def made_later(connection: sqlite3.Connection, migrations: Migrations) -> bool:
    """Whether a database has had migrations that this version does not know."""
    known = {one.name for one in migrations.pending(Database(memory=True))}
    return bool({one.name for one in migrations.applied(Database(connection))} - known)
