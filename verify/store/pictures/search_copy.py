"""What a search needs, as a desk's file of its own, for computers that search beside the desk.

It has the views with their hashes and local features, films and matches, and of everything else
the numbers alone: no words, names, addresses or digests. It is written once and never changed, so
that it can be read over a network, which SQLite's log cannot.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
from collections.abc import Iterable
from pathlib import Path

from verify.errors import Unavailable
from verify.records import say
from verify.store.database.connection import Store
from verify.store.database.refusals import refusal

_ALL = ("view", "fingerprint", "features", "match")
# of others these columns, by what gives them; what may not be empty there is blank
_SOME = {
    "footage": {
        **{one: one for one in ("exhibit_id", "version", "seconds", "samples", "shots")},
        **{one: one for one in ("wholly", "gaps", "thumbnails", "searched")},
        "findings": "'[]'",
    },
    "judgement": {one: one for one in ("id", "match_id", "same")},
    "submission": {
        "id": "min(id)",
        "exhibit_id": "exhibit_id",
        "case_id": "case_id",
        "message_id": "min(id)",
    },
}
_WHERE = {"submission": " WHERE case_id > 0 GROUP BY exhibit_id"}


def write(store: Store, folder: Path, indexes: Iterable[Path]) -> None:
    """Write it into a folder, with saved indexes beside it. Raises Unavailable."""
    path = folder / "desk.db"
    try:
        Store(path).close()  # has all tables, as an empty desk has
        with contextlib.closing(sqlite3.connect(path, isolation_level=None, uri=True)) as copy:
            copy.execute("PRAGMA journal_mode = DELETE")
            copy.execute("PRAGMA synchronous = OFF")  # it is gone with the process
            copy.execute("ATTACH DATABASE ? AS desk", (f"{store.path.as_uri()}?mode=ro",))
            copy.execute("BEGIN")
            for table in _ALL:
                copy.execute(f'INSERT INTO main."{table}" SELECT * FROM desk."{table}"')
            for table, given in _SOME.items():
                copy.execute(_some(copy, table, given))
            copy.execute("COMMIT")
        for one in indexes:
            _beside(one, folder / one.name)
    except (sqlite3.Error, OSError) as error:
        cannot = Unavailable(say("What a search needs could not be copied for other computers."))
        raise refusal(error) or cannot from error


def _some(copy: sqlite3.Connection, table: str, given: dict[str, str]) -> str:
    columns = copy.execute(f'PRAGMA main.table_info("{table}")').fetchall()
    blank = {
        name: "0" if kind in ("INTEGER", "REAL") else "''"
        for _, name, kind, needed, default, _ in columns
        if needed and default is None
    }
    both = blank | given
    return (
        f'INSERT INTO main."{table}" ({", ".join(both)}) SELECT {", ".join(both.values())}'
        f' FROM desk."{table}"{_WHERE.get(table, "")}'
    )


def _beside(file: Path, target: Path) -> None:
    try:
        os.link(file, target)
    except OSError:  # another disk, or one that knows no links
        shutil.copyfile(file, target)
