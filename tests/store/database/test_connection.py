"""One writer, all or nothing, durable settings."""

from __future__ import annotations

import contextlib
import os
import stat
import sys
import threading
from pathlib import Path

import pytest
from sqlite_utils import Migrations

from verify.errors import NotFound, Unavailable
from verify.store.casework import members
from verify.store.database.connection import Store
from verify.store.database.schema import DESK, LOCALCHAT
from verify.store.folder.home import Home


def test_a_failed_transaction_leaves_nothing(tmp_path: Path) -> None:
    store = Store(tmp_path / "desk.db")
    with pytest.raises(ZeroDivisionError), store.transaction():
        members.known(store, "telegram", "1", "Noor", "en")
        raise ZeroDivisionError
    assert store.rows("SELECT * FROM person") == []
    store.close()


SETTINGS = {"synchronous": 2, "foreign_keys": 1, "secure_delete": 1, "journal_mode": "wal"}


@pytest.mark.parametrize(("name", "tables"), [("desk.db", DESK), ("localchat.db", LOCALCHAT)])
def test_every_commit_is_synced_and_what_is_deleted_overwritten(
    tmp_path: Path, name: str, tables: Migrations
) -> None:
    (tmp_path / name).touch(mode=0o644)
    store = Store(tmp_path / name, tables)
    assert {name: store.row(f"PRAGMA {name}")[0] for name in SETTINGS} == SETTINGS
    for path in tmp_path.iterdir():
        assert stat.S_IMODE(path.stat().st_mode) == 0o600, path
    store.close()


def test_several_threads_write_one_after_the_other(tmp_path: Path) -> None:
    store = Store(tmp_path / "desk.db")

    def work(number: int) -> None:
        for turn in range(20):
            members.known(store, "telegram", f"{number}-{turn}", "Noor", "en")

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert store.row("SELECT count(*) FROM person")[0] == 80
    store.close()


def test_a_file_that_is_no_database_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "desk.db").write_bytes(b"not a database" * 100)
    with pytest.raises(Unavailable, match="is damaged"):
        Store(tmp_path / "desk.db")


def test_a_second_desk_is_told_who_holds_the_home(tmp_path: Path) -> None:
    first = Home(tmp_path / "home")
    with pytest.raises(Unavailable) as refusal:
        Home(tmp_path / "home")
    assert "Another verify-desk" in refusal.value.sentence.template
    assert str(refusal.value.sentence.values["number"]).isdigit()
    first.close()
    Home(tmp_path / "home").close()


def test_one_may_read_beside_a_running_desk_but_not_write(tmp_path: Path) -> None:
    first = Home(tmp_path / "home")
    members.known(first.store, "telegram", "1", "Noor", "en")
    reader = Home(tmp_path / "home", reading=True)
    assert reader.store.row("SELECT name FROM person")[0] == "Noor"
    with pytest.raises(Unavailable):
        members.known(reader.store, "telegram", "2", "Sami", "en")
    reader.close()
    first.close()


def test_reading_makes_nothing(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        Home(tmp_path / "home", reading=True)
    assert not (tmp_path / "home").exists()


def test_nobody_else_may_look_into_the_home(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    members.known(home.store, "telegram", "1", "Noor", "en")
    for path in (tmp_path / "home").rglob("*"):
        expected = 0o700 if path.is_dir() else 0o600
        assert stat.S_IMODE(path.stat().st_mode) == expected, path
    assert stat.S_IMODE((tmp_path / "home").stat().st_mode) == 0o700
    home.close()


@pytest.mark.skipif(sys.platform != "linux", reason="it looks into /proc")
def test_what_sqlite_works_on_stays_in_the_home(tmp_path: Path) -> None:
    store = Store(tmp_path / "desk.db")
    with store.transaction():
        store.change("CREATE TABLE much (body BLOB)")
        for _ in range(300):
            store.change("INSERT INTO much VALUES (?)", (os.urandom(40_000),))
    opened: set[str] = set()
    done = threading.Event()

    def watch() -> None:
        while not done.is_set():
            for entry in Path("/proc/self/fd").iterdir():
                with contextlib.suppress(OSError):
                    opened.add(str(entry.readlink()))

    watching = threading.Thread(target=watch)
    watching.start()
    assert store.compact()
    done.set()
    watching.join()
    working = {Path(name).parent for name in opened if "etilqs" in name}
    assert working == {tmp_path}
    assert {path.name for path in tmp_path.iterdir()} <= {"desk.db", "desk.db-wal", "desk.db-shm"}
    store.close()
