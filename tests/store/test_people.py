"""A one-time code admits one account, once, for a while."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from verify.store import people
from verify.store.store import Store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store(tmp_path / "desk.db")
    yield store
    store.close()


def test_the_right_code_admits(store: Store) -> None:
    code = people.new_code(store)
    assert not people.admitted(store, "telegram", "1")
    assert people.redeem(store, "telegram", "1", "Noor", code.lower())
    assert people.admitted(store, "telegram", "1")


def test_a_code_works_once(store: Store) -> None:
    code = people.new_code(store)
    people.redeem(store, "telegram", "1", "Noor", code)
    assert people.redeem(store, "telegram", "2", "Sami", code) is None
    assert not people.admitted(store, "telegram", "2")


def test_a_new_code_voids_the_one_before(store: Store) -> None:
    former = people.new_code(store)
    people.new_code(store)
    assert people.redeem(store, "telegram", "1", "Noor", former) is None


def test_five_wrong_attempts_void_the_code(store: Store) -> None:
    code = people.new_code(store)
    for _ in range(5):
        assert people.redeem(store, "telegram", "9", "Guesser", "AAAA-AAAA-AAAA") is None
    assert people.redeem(store, "telegram", "1", "Noor", code) is None


def test_an_old_code_has_expired(store: Store) -> None:
    code = people.new_code(store)
    store.change("UPDATE pairing SET expires_at = '2014-06-12T00:00:00.000000Z'")
    assert people.redeem(store, "telegram", "1", "Noor", code) is None


def test_the_code_itself_is_not_stored(store: Store) -> None:
    code = people.new_code(store)
    assert code not in [row["code_digest"] for row in store.rows("SELECT * FROM pairing")]
