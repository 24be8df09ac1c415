"""Faults of disk, database, clock, index, vault and migration, made for real: each gets a
sentence, keeps what was there, is named by `doctor`, and passes by itself."""

from __future__ import annotations

import asyncio
import os
import resource
import signal
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from sqlite_utils import Database

from tests.chat.room import Room, in_room, words
from tests.conftest import Run
from tests.photographs import encode, photograph, shrunk
from tests.submissions import arrived
from verify.desk import Desk
from verify.errors import DiskRefused, Unavailable, VerifyError
from verify.records import Person
from verify.sandbox import Sandbox
from verify.store.database import schema
from verify.store.keeping.health import troubles

CHINA = encode(shrunk(photograph("china")))
COPY = encode(shrunk(photograph("china")), quality=40)


@pytest.fixture
def desk(home: Path, sandbox: Sandbox) -> Iterator[Desk]:
    """A desk with one examined picture and one note."""
    with Desk(home, sandbox=sandbox) as desk:
        receipt = desk.receiving.receive(person(desk), arrived(message_id=1), CHINA)
        desk.examining.examine(person(desk), receipt.exhibit_id)
        desk.cases.note(person(desk), 1, "before")
        yield desk


def person(desk: Desk) -> Person:
    return desk.team.at_console("1", "Noor", "en")


def notes(desk: Desk) -> list[str]:
    return [note.text for note in desk.reports.case(person(desk), 1).notes]


def refused(error: pytest.ExceptionInfo[VerifyError]) -> str:
    return error.value.sentence.template


@contextmanager
def small_files(most: int) -> Iterator[None]:
    """No file may grow beyond so many bytes: the kernel then refuses as on a full disk."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    former = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, former)


@contextmanager
def held(home: Path) -> Iterator[None]:
    """Another program holds the database."""
    with closing(sqlite3.connect(home / "desk.db", isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        yield


def test_a_file_that_does_not_fit_is_said_and_fits_later(desk: Desk, home: Path) -> None:
    with small_files(100_000), pytest.raises(DiskRefused) as error:
        desk.receiving.receive(person(desk), arrived(message_id=2), bytes(200_000))
    assert refused(error).startswith("The disk is full.")
    assert list((home / "vault" / "incoming").iterdir()) == []
    assert desk.receiving.receive(person(desk), arrived(message_id=2), bytes(200_000)).case_id == 2


def test_a_full_database_is_said_and_goes_on_later(desk: Desk) -> None:
    pages = desk.store.row("PRAGMA page_count")[0]
    desk.store.rows(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(DiskRefused) as error:
        for _ in range(100):
            desk.cases.note(person(desk), 1, "n" * 4000)
    assert refused(error).startswith("The disk is full.")
    before = notes(desk)
    desk.store.rows("PRAGMA max_page_count = 1000000")
    desk.cases.note(person(desk), 1, "after")
    assert notes(desk) == [*before, "after"]


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 6.4 MiB in memory."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=6600k", "none", disk], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("mounting a small disk needs rights that are not there")
    yield disk
    subprocess.run(["umount", disk], check=True)


def test_a_really_full_disk_keeps_what_was_there(small_disk: Path, sandbox: Sandbox) -> None:
    home = small_disk / "home"
    with Desk(home, sandbox=sandbox) as desk:
        desk.receiving.receive(person(desk), arrived(message_id=1), CHINA)
        with pytest.raises(DiskRefused) as error:
            for number in range(2, 12):
                desk.receiving.receive(
                    person(desk), arrived(message_id=number), os.urandom(1_000_000)
                )
        assert refused(error).startswith("The disk is full.")
        filler = small_disk / "filler"
        with filler.open("wb", buffering=0) as file, pytest.raises(OSError, match="No space"):
            while True:
                file.write(bytes(4096))
        with pytest.raises(DiskRefused) as error:
            for _ in range(50):
                desk.cases.note(person(desk), 1, "n" * 4000)
        assert "are free on the disk: make room." in said(home)
        filler.unlink()
        desk.cases.note(person(desk), 1, "after")
        assert notes(desk)[-1] == "after"


def test_a_read_only_disk_is_said_named_and_read(
    small_disk: Path, sandbox: Sandbox, verify_desk: Run
) -> None:
    home = small_disk / "home"
    with Desk(home, sandbox=sandbox) as desk:
        desk.receiving.receive(person(desk), arrived(message_id=1), CHINA)
    subprocess.run(["mount", "-o", "remount,ro", small_disk], check=True)
    with pytest.raises(Unavailable):
        Desk(home, sandbox=sandbox)
    told = verify_desk("doctor", VERIFY_HOME=str(home)).stdout
    assert "The disk cannot be written. Once it can, the desk goes on by itself." in told
    assert "damaged" not in told
    assert verify_desk("cases", VERIFY_HOME=str(home)).stdout.count("\n") == 1
    subprocess.run(["mount", "-o", "remount,rw", small_disk], check=True)
    with Desk(home, sandbox=sandbox) as desk:
        assert desk.cases.note(person(desk), 1, "after").case_id == 1


def test_a_held_database_is_said_named_and_waited_for(desk: Desk, home: Path) -> None:
    desk.store.rows("PRAGMA busy_timeout = 100")
    with held(home):
        with pytest.raises(DiskRefused) as error:
            desk.cases.note(person(desk), 1, "meanwhile")
        assert refused(error).startswith("Another program holds the desk's database.")
        assert "Another program holds" in said(home)
    desk.cases.note(person(desk), 1, "after")
    assert notes(desk) == ["before", "after"]


def test_a_chat_tells_that_messages_wait_and_answers_them_afterwards(home: Path) -> None:
    @in_room()
    async def talk(room: Room) -> None:
        await room.send(CHINA)
        room.desk.store.rows("PRAGMA busy_timeout = 50")
        with held(home):
            await room.local.send_text(room.you, "written meanwhile")
            while "and is answered then" not in words(room.answers()[-1]):  # noqa: ASYNC110
                await asyncio.sleep(0.02)
        await room.settle()
        assert [note.text for note in room.case(1).notes] == ["written meanwhile"]
        assert sum("it waits" in words(one) for one in room.answers()) == 1

    talk(home)


def test_a_damaged_database_is_said_also_to_who_reads(
    desk: Desk, home: Path, verify_desk: Run
) -> None:
    desk.close()
    database = home / "desk.db"
    content = bytearray(database.read_bytes())
    content[8192:] = b"\xff" * (len(content) - 8192)
    database.write_bytes(content)
    for command in (["cases"], ["show", "1"], ["import", "."]):
        done = verify_desk(*command)
        assert done.returncode == 2
        assert done.stderr.startswith("verify-desk: The desk's database is damaged:")
    assert "damaged" in said(home)


def test_a_damaged_index_is_named_and_made_again(
    desk: Desk, home: Path, sandbox: Sandbox, verify_desk: Run
) -> None:
    desk.close()
    (index,) = home.glob("local-features-*.index")
    content = bytearray(index.read_bytes())
    index.write_bytes(content[: len(content) // 2])
    assert "The saved index of local features is damaged" in verify_desk("doctor").stdout
    with Desk(home, sandbox=sandbox) as again:
        receipt = again.receiving.receive(person(again), arrived(message_id=2), COPY)
        again.examining.examine(person(again), receipt.exhibit_id)
        assert len(again.reports.case(person(again), receipt.case_id).exhibits[0].matches) == 1
    with Desk(home, reading=True, sandbox=sandbox) as looked:
        assert not looked.archive.damaged()


def test_a_flipped_byte_of_an_original_is_said_named_and_mended_by_the_same_file(
    desk: Desk, home: Path
) -> None:
    (original,) = home.glob("vault/??/*")
    content = bytearray(CHINA)
    content[1000] ^= 1
    original.write_bytes(content)
    with pytest.raises(Unavailable) as error:
        desk.examining.examine(person(desk), 1, again=True)
    assert "missing or changed" in refused(error)
    assert "was changed: take it from a backup." in said(home)
    desk.receiving.receive(person(desk), arrived(message_id=2), CHINA)
    assert original.read_bytes() == CHINA
    desk.examining.examine(person(desk), 1, again=True)
    assert said(home) == ""


def test_a_migration_that_fails_midway_changes_nothing_and_runs_later(
    desk: Desk, home: Path, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.close()
    monkeypatch.setattr(schema.DESK, "_migrations", [*schema.DESK._migrations])
    broken = [True]

    @schema.DESK()
    def m999_later(db: Database) -> None:
        db.conn.execute("CREATE TABLE later (id INTEGER)")
        db.conn.execute("INSERT INTO later VALUES (1)")
        if broken:
            db.conn.execute("INSERT INTO nowhere VALUES (1)")

    with pytest.raises(Unavailable) as error:
        Desk(home, sandbox=sandbox)
    assert refused(error) == "The desk's database cannot be opened or written."
    assert "lacks {count} change" in said(home)
    with closing(sqlite3.connect(home / "desk.db")) as database:
        assert database.execute("SELECT 1 FROM sqlite_master WHERE name = 'later'").fetchall() == []
    broken.clear()
    with Desk(home, sandbox=sandbox) as again:
        assert notes(again) == ["before"]
        assert again.store.row("SELECT id FROM later")[0] == 1


def test_a_clock_set_back_is_named_and_stops_nothing(desk: Desk, home: Path) -> None:
    with desk.store.transaction():
        desk.store.change(
            "INSERT INTO custody_event SELECT id + 1, '2999-01-01T00:00:00.000000Z', kind,"
            " person_id, subject, hash, hash || 'x' FROM custody_event ORDER BY id DESC LIMIT 1"
        )
    assert "The clock stands before" in said(home)
    desk.cases.note(person(desk), 1, "after")
    assert notes(desk) == ["before", "after"]


def said(home: Path) -> str:
    """What a quick look finds, but for the disk of the machine that runs the tests."""
    lines = [sentence.template for sentence in troubles(home)]
    return " ".join(line for line in lines if "are free" not in line or "disk" in str(home))
