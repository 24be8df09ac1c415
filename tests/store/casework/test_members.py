"""A one-time code admits one account, once, for a while."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.remembering import furnished
from verify.records import Role
from verify.store.casework import members
from verify.store.chats import strangers
from verify.store.database.connection import Store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store(furnished(tmp_path) / "desk.db")
    yield store
    store.close()


def owner_code(store: Store) -> str:
    return members.new_code(store, Role.OWNER, None)


def test_the_right_code_admits_with_its_role(store: Store) -> None:
    noor = members.known(store, "telegram", "1", "Noor", "en")
    code = members.new_code(store, Role.EDITOR, noor.id)
    assert members.role_of(store, "telegram", "2") is None
    assert members.redeem(store, "telegram", "2", "Sami", code.lower())
    assert members.role_of(store, "telegram", "2") is Role.EDITOR


def test_a_code_works_once(store: Store) -> None:
    code = owner_code(store)
    members.redeem(store, "telegram", "1", "Noor", code)
    assert members.redeem(store, "telegram", "2", "Sami", code) is None
    assert members.role_of(store, "telegram", "2") is None


def test_a_new_owner_code_voids_the_one_before(store: Store) -> None:
    former = owner_code(store)
    owner_code(store)
    assert members.redeem(store, "telegram", "1", "Noor", former) is None


def test_five_wrong_codes_lock_the_account_out_and_nobody_else(store: Store) -> None:
    code = owner_code(store)
    for _ in range(5):
        assert members.redeem(store, "telegram", "9", "Guesser", "AAAA-AAAA-AAAA") is None
    assert members.redeem(store, "telegram", "9", "Guesser", code) is None
    assert members.redeem(store, "telegram", "1", "Noor", code)


def test_many_accounts_guessing_lock_everybody_out(store: Store) -> None:
    code = owner_code(store)
    for number in range(30):
        members.redeem(store, "telegram", f"guesser {number}", "Guesser", "AAAA-AAAA-AAAA")
    assert members.redeem(store, "telegram", "1", "Noor", code) is None
    store.change("UPDATE guess SET at = '2014-06-12T00:00:00.000000Z'")
    assert members.redeem(store, "telegram", "1", "Noor", code)


def test_what_came_while_the_clock_was_ahead_shuts_nobody_out(store: Store) -> None:
    code = owner_code(store)
    for _ in range(5):
        members.redeem(store, "telegram", "9", "Guesser", "AAAA-AAAA-AAAA")
    store.change("UPDATE guess SET at = '2999-06-12T00:00:00.000000Z'")
    assert members.redeem(store, "telegram", "9", "Guesser", code)
    assert strangers.knock(store, "telegram", "8", "Stranger")
    assert not strangers.knock(store, "telegram", "8", "Stranger")
    store.change("UPDATE stranger SET answered_at = '2999-06-12T00:00:00.000000Z'")
    assert strangers.knock(store, "telegram", "8", "Stranger")


def test_an_old_code_has_expired(store: Store) -> None:
    code = owner_code(store)
    store.change("UPDATE invite SET expires_at = '2014-06-12T00:00:00.000000Z'")
    assert members.redeem(store, "telegram", "1", "Noor", code) is None


def test_the_code_itself_is_not_stored(store: Store) -> None:
    code = owner_code(store)
    assert code not in [row["code_digest"] for row in store.rows("SELECT * FROM invite")]
