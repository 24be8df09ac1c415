"""A home lets one desk in, holds files where files belong, and opens whatever version made it."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.conftest import Run
from verify.errors import Unavailable
from verify.store.database import schema
from verify.store.database.connection import Store
from verify.store.folder import files
from verify.store.folder.home import Home, working
from verify.store.keeping import backup

FILES = ("desk.db", "desk.lock", "desk.pid", "localchat.db", "local-features-1.index")
FOLDERS = ("vault", "localchat", "working")


def test_a_deleted_lock_lets_no_second_desk_in(home: Path) -> None:
    first = Home(home)
    (home / "desk.lock").unlink()
    with pytest.raises(Unavailable, match="Another verify-desk"):
        Home(home)
    first.close()
    Home(home).close()


@pytest.mark.parametrize("kind", ["pipe", "link", "folder"])
@pytest.mark.parametrize("name", FILES)
def test_nothing_but_a_file_is_taken_for_one(home: Path, name: str, kind: str) -> None:
    Home(home).close()
    (home / name).unlink(missing_ok=True)
    elsewhere = home.parent / "elsewhere"
    elsewhere.write_bytes(b"somebody's own file")
    if kind == "pipe":
        os.mkfifo(home / name)
    elif kind == "link":
        (home / name).symlink_to(elsewhere)
    else:
        (home / name).mkdir()
    for reading in (False, True):
        with pytest.raises(Unavailable, match="no ordinary file"):
            Home(home, reading=reading)
    with pytest.raises(Unavailable, match="no ordinary file"):
        backup.write(home, home.parent / "backup")
    assert elsewhere.read_bytes() == b"somebody's own file"


@pytest.mark.parametrize("name", FOLDERS)
def test_no_link_is_taken_for_a_folder(home: Path, name: str) -> None:
    Home(home).close()
    elsewhere = home.parent / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "kept").touch()
    if (home / name).exists():
        (home / name).rename(home.parent / "aside")
    (home / name).symlink_to(elsewhere)
    with pytest.raises(Unavailable, match="no ordinary folder"):
        Home(home)
    assert (elsewhere / "kept").exists()


def test_a_pipe_in_the_place_of_an_original_is_no_original(home: Path) -> None:
    desk = Home(home)
    kept = desk.vault.preserve(b"original")
    path = desk.vault.path(kept.sha256)
    path.unlink()
    os.mkfifo(path)
    assert not desk.vault.intact(kept.sha256)
    desk.close()


def test_a_start_clears_what_dead_commands_left_and_no_running_one(home: Path) -> None:
    Home(home).close()
    with files.private_folder(working(home)) as running:
        (working(home) / ".verify-desk-dead").mkdir()
        Home(home).close()
        assert [*working(home).iterdir()] == [running]


def at_migration(path: Path, number: int) -> None:
    """A database of the version that knew so many migrations."""
    path.parent.mkdir(mode=0o700)
    with closing(sqlite3.connect(path)) as connection:
        later = schema.DESK.pending(schema.Database(connection))[number]
        schema.DESK.apply(schema.Database(connection), stop_before=later.name)


KNOWN = len(schema.DESK.pending(schema.Database(memory=True)))


@pytest.mark.parametrize("number", range(KNOWN))
def test_whoever_looks_into_a_home_of_an_earlier_version_brings_it_up_to_date(
    home: Path, verify_desk: Run, number: int
) -> None:
    at_migration(home / "desk.db", number)
    for command in (("cases",), ("show", "1"), ("search", "word"), ("audit",)):
        done = verify_desk(*command)
        assert done.returncode == (2 if command[0] == "show" else 0), done
        assert "Traceback" not in done.stderr
    store = Store(home / "desk.db", reading=True)
    assert store.pending() == 0
    store.close()


def test_an_earlier_home_that_another_desk_holds_is_a_sentence(
    home: Path, verify_desk: Run
) -> None:
    at_migration(home / "desk.db", 3)
    with files.private_folder(home.parent):
        held = files.hold(home)
        done = verify_desk("cases")
        assert held is not None
        os.close(held)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "An earlier version" in done.stderr


def test_a_home_of_a_later_version_is_left_alone(home: Path) -> None:
    Home(home).close()
    with closing(sqlite3.connect(home / "desk.db")) as connection:
        connection.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at)"
            " VALUES ('desk', 'm999_later', '')"
        )
        connection.commit()
    for reading in (False, True):
        with pytest.raises(Unavailable, match="A later version"):
            Home(home, reading=reading)
