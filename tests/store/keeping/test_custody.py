"""The custody record shows the first event that was tampered with."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.remembering import furnished
from verify.store.casework import members
from verify.store.database.connection import Store
from verify.store.keeping import custody


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store(furnished(tmp_path) / "desk.db")
    person = members.known(store, "import", "console", "Console", "en")
    for number in range(5):
        with store.transaction():
            custody.append(store, "received", person.id, exhibit=f"{number:064x}")
    yield store
    store.close()


def test_a_whole_chain_fits(store: Store) -> None:
    assert custody.first_break(store) is None


@pytest.mark.parametrize(
    "tampering",
    [
        "UPDATE custody_event SET at = '2014-06-12T00:00:00.000000Z' WHERE id = 3",
        "UPDATE custody_event SET subject = '{}' WHERE id = 3",
        "UPDATE custody_event SET kind = 'examined' WHERE id = 3",
    ],
)
def test_a_changed_event_is_named(store: Store, tampering: str) -> None:
    store.change(tampering)
    assert custody.first_break(store) == 3


def test_a_removed_event_is_noticed(store: Store) -> None:
    store.change("DELETE FROM custody_event WHERE id = 2")
    assert custody.first_break(store) == 3


def test_another_program_can_check_the_chain(store: Store) -> None:
    previous = "0" * 64
    for row in store.rows("SELECT * FROM custody_event ORDER BY id"):
        parts = [row[n] for n in ("id", "at", "kind", "person_id", "subject")] + [previous]
        text = json.dumps(parts, separators=(",", ":"), ensure_ascii=False)
        previous = hashlib.sha256(text.encode()).hexdigest()
        assert row["hash"] == previous
