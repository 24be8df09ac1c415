"""What is wrong with a home, as far as a quick look tells; `audit` reads everything."""

from __future__ import annotations

import os
import shutil
import sqlite3
import stat
from collections.abc import Iterator
from pathlib import Path

from verify.records import ByteSize, Instant, Sentence, say, say_many
from verify.store import custody
from verify.store.home import Home
from verify.store.store import Store, moment, now

_LEAST_FREE = 1 << 30  # bytes
_WRITING_SECONDS = 600  # what is younger may be being written
_UNFINISHED = (".local-features.index-",)


def troubles(folder: Path) -> Iterator[Sentence]:
    """Everything that is wrong in a home, each with what to do. Changes nothing."""
    home = Home(folder, reading=True)
    try:
        if _sound(home.store):
            yield from _records(home.store)
            yield from _originals(home)
        else:
            yield say("The database is damaged: restore the latest backup into an empty folder.")
    finally:
        home.close()
    yield from _files(folder)
    free = shutil.disk_usage(folder).free
    if free < _LEAST_FREE:
        yield say("Only {free} are free on the disk: make room.", free=ByteSize(count=free))


def _sound(store: Store) -> bool:
    try:
        answer = store.row("PRAGMA quick_check")
        return answer is not None and answer[0] == "ok"
    except sqlite3.DatabaseError:
        return False


def _records(store: Store) -> Iterator[Sentence]:
    if lacking := store.pending():
        yield say_many(
            "The database lacks {count} change of this version: start the desk once.",
            "The database lacks {count} changes of this version: start the desk once.",
            lacking,
        )
        return
    if (number := custody.first_break(store)) is not None:
        yield say("Custody event {number} does not fit: run audit, and keep a copy.", number=number)
    newest = store.row("SELECT max(at) AS at FROM custody_event")
    if newest and newest["at"] and moment(newest["at"]) > now():
        yield say(
            "The clock stands before {when}, when this desk last did something: set it right.",
            when=Instant(at=moment(newest["at"])),
        )
    yield from _inbox(store)


def _originals(home: Home) -> Iterator[Sentence]:
    rows = home.store.rows("SELECT sha256, size FROM exhibit ORDER BY id")
    for name in sorted(home.vault.names(_WRITING_SECONDS) - {row["sha256"] for row in rows}):
        yield say(
            "No case holds the original {sha256}: a write was interrupted, or the database is"
            " older than the vault.",
            sha256=name,
        )
    for row in rows:
        path = home.vault.path(row["sha256"])
        if not path.is_file():
            yield say(
                "The original {sha256} is missing: take it from a backup.", sha256=row["sha256"]
            )
        elif path.stat().st_size != row["size"]:
            yield say(
                "The original {sha256} has another size: take it from a backup.",
                sha256=row["sha256"],
            )


def _inbox(store: Store) -> Iterator[Sentence]:
    row = store.row("SELECT count(*) FROM inbox WHERE done_at IS NULL AND failures >= 3")
    if row and row[0]:
        yield say_many(
            "{count} message was set aside after three failures; its sender was told.",
            "{count} messages were set aside after three failures; their senders were told.",
            row[0],
        )


def _files(folder: Path) -> Iterator[Sentence]:
    for path in [folder, *sorted(folder.rglob("*"))]:
        mode = stat.S_IMODE(path.lstat().st_mode)
        allowed = 0o700 if path.is_dir() else 0o600
        if path.is_symlink() or mode & ~allowed or path.lstat().st_uid != os.getuid():
            yield say("Others may reach {path}: take their rights away.", path=str(path))
        old = path.lstat().st_mtime < now().timestamp() - _WRITING_SECONDS
        if old and (path.name.startswith(_UNFINISHED) or path.parent.name == "incoming"):
            yield say(
                "{path} is left over from an interrupted write: the next start clears it.",
                path=str(path),
            )
