"""Local features that an earlier version kept by exhibit, moved to the views that they are of.

They are most of a database. So they are moved a little at a time, each step kept at once: the file
grows by one step, for what one leaves the next one fills, and a kill costs one step.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

from verify.errors import DiskRefused
from verify.records import ByteSize, say

Progress = Callable[[int, int], None]
_AT_ONCE = 500  # pictures, some 8 MB
_ROOM = 64 << 20  # bytes: a step, and the log that it is written to first
_COLUMNS = "version, width, height, points, descriptors, thumbnail"
_NEXT = "(SELECT exhibit_id FROM features_by_exhibit ORDER BY exhibit_id LIMIT ?)"


def left(connection: sqlite3.Connection) -> bool:
    """Whether there is anything to move."""
    row = connection.execute("SELECT 1 FROM sqlite_schema WHERE name = 'features_by_exhibit'")
    return row.fetchone() is not None


def move(connection: sqlite3.Connection, folder: Path, tell: Progress) -> None:
    """Move all of it. folder: whose disk it is on. tell: how many pictures of how many are done.

    Raises DiskRefused where the disk has no room for a step, sqlite3.Error.
    """
    if not left(connection):
        return
    (total,) = connection.execute("SELECT count(*) FROM features_by_exhibit").fetchone()
    done = 0
    while done < total:
        if shutil.disk_usage(folder).free < _ROOM:
            raise DiskRefused(
                say(
                    "An earlier version of verify-desk made this desk, and to bring it up to date"
                    " {size} must be free on its disk. Nothing is lost: make room and start again.",
                    size=ByteSize(count=_ROOM),
                )
            )
        done += _step(connection)
        tell(done, total)
    connection.execute("DROP TABLE features_by_exhibit")


def _step(connection: sqlite3.Connection) -> int:
    """Move the next ones; what is of no picture that can be matched goes. Returns how many."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        connection.execute(
            f"INSERT INTO features (view_id, {_COLUMNS}) SELECT v.id, {_COLUMNS}"
            " FROM features_by_exhibit f JOIN view v ON v.exhibit_id = f.exhibit_id"
            f" WHERE v.kind = 'whole' AND f.exhibit_id IN {_NEXT}",
            (_AT_ONCE,),
        )
        moved = connection.execute(
            f"DELETE FROM features_by_exhibit WHERE exhibit_id IN {_NEXT}", (_AT_ONCE,)
        ).rowcount
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    return moved
