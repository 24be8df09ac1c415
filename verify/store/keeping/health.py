"""What is wrong with a home, as far as a quick look tells; `audit` reads everything."""

from __future__ import annotations

import os
import shutil
import sqlite3
import stat
from collections.abc import Iterator
from pathlib import Path

from verify.errors import DiskRefused, Unavailable
from verify.records import ByteSize, Instant, Sentence, listed, say, say_many
from verify.store.care import withheld
from verify.store.database.connection import Store, moment, now
from verify.store.database.refusals import DAMAGED, refusal
from verify.store.folder.files import alive
from verify.store.folder.home import Home
from verify.store.folder.kinds import out_of_place
from verify.store.keeping import astray, custody, wipe

_LEAST_FREE = 1 << 30  # bytes
_READ_BYTES = 1 << 30  # of the latest originals, read whole
_PATIENCE_SECONDS = 2
_TRUST = "trust"
_WRITING_SECONDS = 600  # what is younger may be being written
_UNFINISHED = (".local-features-",)


def troubles(folder: Path) -> Iterator[Sentence]:
    """Everything that is wrong in a home, each with what to do. Changes nothing."""
    home = Home(folder, reading=True, as_it_is=True)
    try:
        if _sound(home.store):
            yield from _records(home.store)
            yield from _originals(home)
        else:
            yield DAMAGED
    except DiskRefused:
        pass  # the next lines say why
    finally:
        home.close()
    if refused := _writable(folder / "desk.db"):
        yield refused
    yield from _files(folder)
    free = shutil.disk_usage(folder).free
    if free < _LEAST_FREE:
        yield say("Only {free} are free on the disk: make room.", free=ByteSize(count=free))


def _writable(database: Path) -> Sentence | None:
    """Why the database could not be written just now, if so. Nothing is."""
    if not os.access(database.parent, os.W_OK):  # false on a read-only disk, for root as well
        return say("The disk cannot be written. Once it can, the desk goes on by itself.")
    connection = sqlite3.connect(
        f"{database.as_uri()}?mode=rw", uri=True, timeout=_PATIENCE_SECONDS, isolation_level=None
    )
    try:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("ROLLBACK")
    except sqlite3.DatabaseError as error:
        known = refusal(error)
        return known.sentence if isinstance(known, DiskRefused) else None
    finally:
        connection.close()
    return None


def _sound(store: Store) -> bool:
    try:
        return store.wholly_sound()
    except DiskRefused:
        raise
    except (sqlite3.DatabaseError, Unavailable):
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
    if behind := clock_behind(store):
        yield behind
    for begun in wipe.under_way(store):
        yield say(
            "Case {number} is not wiped to the end: start the desk once, it goes on with it.",
            number=begun.case_id,
        )
    yield from lost_cases(astray.circles(store), astray.astray(store))
    yield from _inbox(store)


def lost_cases(circles: tuple[tuple[int, ...], ...], strays: tuple[int, ...]) -> Iterator[Sentence]:
    """What to say of cases that merges of earlier versions lost: see `keeping.astray`."""
    for circle in circles:
        yield say(
            "Cases {numbers} were merged into one another, so that none of them opens: start the"
            " desk once, it puts that right.",
            numbers=listed(circle),
        )
    for number in strays:
        yield say(
            "Case {number} is part of another one, yet something was written into it: start the"
            " desk once, it puts that right.",
            number=number,
        )


def clock_behind(store: Store) -> Sentence | None:
    """What to say when this computer's clock stands before the last custody event."""
    newest = store.row("SELECT max(at) AS at FROM custody_event")
    if newest is None or not newest["at"] or moment(newest["at"]) <= now():
        return None
    return say(
        "The clock stands before {when}, when this desk last did something: set it right.",
        when=Instant(at=moment(newest["at"])),
    )


def _originals(home: Home) -> Iterator[Sentence]:
    rows = home.store.rows("SELECT sha256, size FROM exhibit ORDER BY id")
    for name in sorted(home.vault.names(_WRITING_SECONDS) - {row["sha256"] for row in rows}):
        yield say(
            "No case holds the original {sha256}: a write was interrupted, or the database is"
            " older than the vault.",
            sha256=name,
        )
    budget, kept_back = _READ_BYTES, withheld.digests(home.store)
    for row in reversed(rows):
        path = home.vault.path(row["sha256"])
        if not path.is_file() and row["sha256"] in kept_back:
            continue  # what is withheld goes into no backup
        if not path.is_file():
            yield say(
                "The original {sha256} is missing: take it from a backup.", sha256=row["sha256"]
            )
        elif path.stat().st_size != row["size"]:
            yield say(
                "The original {sha256} has another size: take it from a backup.",
                sha256=row["sha256"],
            )
        elif (budget := budget - row["size"]) >= 0 and not home.vault.intact(row["sha256"]):
            yield say(
                "The original {sha256} was changed: take it from a backup.", sha256=row["sha256"]
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
    yield from out_of_place(folder)
    for path in [folder, *sorted(folder.rglob("*"))]:
        mode = stat.S_IMODE(path.lstat().st_mode)
        allowed = 0o700 if path.is_dir() else 0o600
        if _TRUST in (path.name, path.parent.name):  # lists that all may read, put there by hand
            allowed |= 0o055
        if path.is_symlink() or mode & ~allowed or path.lstat().st_uid != os.getuid():
            yield say("Others may reach {path}: take their rights away.", path=str(path))
        old = path.lstat().st_mtime < now().timestamp() - _WRITING_SECONDS
        left = path.parent.name == "working" and path.is_dir() and not alive(path)
        if old and (left or path.name.startswith(_UNFINISHED) or path.parent.name == "incoming"):
            yield say(
                "{path} is left over from an interrupted write: the next start clears it.",
                path=str(path),
            )
