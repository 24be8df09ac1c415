"""A damaged page is noticed before anything is written beside it."""

from __future__ import annotations

import random
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.conftest import Run
from tests.submissions import arrived
from verify.desk import Desk
from verify.records import Role
from verify.sandbox import Sandbox
from verify.store.database import schema, soundness

PAGE = 4096


def test_a_page_that_changed_is_said_before_anything_is_written(
    home: Path, sandbox: Sandbox, verify_desk: Run
) -> None:
    with Desk(home, sandbox=sandbox) as desk:
        noor = desk.team.admit("telegram", "7", "Noor", Role.OWNER)
        for number in range(30):
            desk.receiving.receive(noor, arrived(caption=f"caption {number} " * 50), b"%d" % number)
    database = home / "desk.db"
    with closing(sqlite3.connect(database)) as connection:
        [(root,)] = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'sighting'")
    content = bytearray(database.read_bytes())
    content[(root - 1) * PAGE : root * PAGE] = random.Random(7).randbytes(PAGE)
    database.write_bytes(content)
    for command in (("import", home / "vault"), ("reindex",)):
        done = verify_desk(*command)
        assert (done.returncode, done.stderr.count("\n")) == (2, 1)
        assert "restore the latest backup" in done.stderr
        assert "originals in the folder" in done.stderr
    assert database.read_bytes() == content
    told = verify_desk("doctor")
    assert told.returncode != 0
    assert "restore the latest backup" in told.stdout + told.stderr


def test_the_check_at_a_start_ends_in_time_and_finds_nothing_in_a_sound_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(sqlite3.connect(tmp_path / "desk.db")) as connection:
        schema.DESK.apply(schema.Database(connection))
        connection.executemany(
            "INSERT INTO exhibit (sha256, size, received_at) VALUES (?, 1, '')",
            ((f"{number:064}",) for number in range(50_000)),
        )
        connection.commit()
        assert soundness.sound(connection)
        assert soundness.wholly_sound(connection)
        monkeypatch.setattr(soundness, "_SECONDS", 1e-6)
        assert soundness.sound(connection)  # cut short, which is no damage


def test_a_sound_home_with_notes_of_messages_opens_again(home: Path, sandbox: Sandbox) -> None:
    with Desk(home, sandbox=sandbox) as desk:
        for kind in ("case", "exhibit", "claim"):
            with desk.store.transaction():
                desk.store.insert(
                    "message_about", bot_id=1, chat_id=2, message_id=3, kind=kind, number=4
                )
    with Desk(home, sandbox=sandbox) as desk:
        assert desk.store.row("SELECT count(*) FROM message_about")[0] == 3
