"""A quick look finds and names what is wrong."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.submissions import arrived
from verify.desk import Desk
from verify.records import Role
from verify.store.database.connection import Store
from verify.store.keeping.health import troubles


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    """A desk with one exhibit, at rest."""
    with Desk(tmp_path / "home") as desk:
        person = desk.team.admit("telegram", "7", "Noor", Role.OWNER)
        desk.receiving.receive(person, arrived(), b"original")
    yield tmp_path / "home"


def found(home: Path) -> str:
    return " ".join(sentence.template for sentence in troubles(home))


def original(home: Path) -> Path:
    (path,) = home.glob("vault/??/*")
    return path


def change(home: Path, sql: str) -> None:
    store = Store(home / "desk.db")
    store.change(sql)
    store.close()


def test_nothing_is_wrong_with_a_sound_desk(home: Path) -> None:
    assert found(home) == ""


def test_a_missing_original_is_named(home: Path) -> None:
    original(home).unlink()
    assert "is missing" in found(home)


def test_a_cut_original_is_named(home: Path) -> None:
    original(home).write_bytes(b"orig")
    assert "another size" in found(home)


def test_a_broken_custody_chain_is_named(home: Path) -> None:
    change(home, "UPDATE custody_event SET kind = 'x' WHERE id = 2")
    assert "does not fit" in found(home)


def test_a_clock_set_back_is_named(home: Path) -> None:
    change(home, "UPDATE custody_event SET at = '2999-01-01T00:00:00.000000Z' WHERE id = 2")
    assert "clock" in found(home)


def test_a_migration_that_never_ran_is_named(home: Path) -> None:
    change(home, "DELETE FROM _sqlite_migrations WHERE name = 'm004_matching'")
    assert "lacks" in found(home)


def test_a_damaged_database_is_named(home: Path) -> None:
    database = home / "desk.db"
    content = bytearray(database.read_bytes())
    content[4096:] = b"\xff" * (len(content) - 4096)
    database.write_bytes(content)
    assert "damaged" in found(home)


def test_rights_of_others_are_named(home: Path) -> None:
    original(home).chmod(0o644)
    assert "Others may reach" in found(home)


def test_what_was_set_aside_is_counted(home: Path) -> None:
    change(home, "INSERT INTO inbox VALUES (1, 1, '{}', '2026-11-24T12:00:00.000000Z', 3, NULL)")
    assert "set aside" in found(home)
