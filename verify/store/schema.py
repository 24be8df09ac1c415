"""The tables of a desk, as migrations: the files of migrations/, in the order of their names.

A migration that has landed is never edited. Times are ISO 8601 text in UTC; bodies are the JSON
of a record in `verify.records`.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import resources

from sqlite_utils import Database, Migrations


def _run(script: str) -> Callable[[Database], None]:
    def run(db: Database) -> None:
        # not executescript: that would commit the migration's own transaction
        for statement in script.split(";\n"):
            if statement.strip():
                db.conn.execute(statement)

    return run


def _found() -> Migrations:
    migrations = Migrations("desk")
    files = (resources.files("verify.store") / "migrations").iterdir()
    for file in sorted(files, key=lambda file: file.name):
        if file.name.endswith(".sql"):
            script = file.read_text(encoding="utf-8")
            migrations(name=file.name.removesuffix(".sql"))(_run(script))
    return migrations


migrations = _found()
