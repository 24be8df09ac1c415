"""An audit names what was changed behind the desk's back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.submissions import arrived
from verify.desk import Desk
from verify.records import Role
from verify.store.folder.home import Home
from verify.store.keeping.audit import audit


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    with Desk(tmp_path / "home") as desk:
        person = desk.team.admit("telegram", "7", "Noor", Role.OWNER)
        for number in (1, 2):
            desk.receiving.receive(person, arrived(), f"original {number}".encode())
    home = Home(tmp_path / "home")
    yield home
    home.close()


def test_an_untouched_desk_is_whole(home: Home) -> None:
    found = audit(home)
    assert found.whole
    assert (found.events, found.originals) == (5, 2)


def test_a_changed_original_is_named(home: Home) -> None:
    name = home.store.row("SELECT sha256 FROM exhibit WHERE id = 2")["sha256"]
    home.vault.path(name).write_bytes(b"changed")
    assert audit(home).damaged == (name,)


def test_a_missing_original_is_named(home: Home) -> None:
    name = home.store.row("SELECT sha256 FROM exhibit WHERE id = 1")["sha256"]
    home.vault.path(name).unlink()
    assert audit(home).damaged == (name,)


def test_an_exhibit_slipped_in_is_named(home: Home) -> None:
    home.vault.preserve(b"slipped in")
    home.store.change(
        "UPDATE exhibit SET sha256 = ? WHERE id = 1", (home.vault.preserve(b"slipped in").sha256,)
    )
    assert len(audit(home).unrecorded) == 1


def test_the_first_event_that_does_not_fit_is_named(home: Home) -> None:
    home.store.change("UPDATE custody_event SET kind = 'x' WHERE id = 2")
    assert audit(home).first_break == 2
