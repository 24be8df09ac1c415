"""Sealed sources: keys, what is encrypted to them, and what of it is not worked off yet."""

from __future__ import annotations

import secrets
from collections.abc import Iterable

from verify.records import SEALED, STAND_IN, Person, Role
from verify.store.database.connection import LISTED, Store, listed, now, stamp


def add_key(store: Store, person_id: int, public: str) -> None:
    """Let what is sealed from now on be read with the private key of this public one."""
    with store.transaction():
        store.insert_once("sealing_key", person_id=person_id, public=public, at=stamp(now()))


def drop_keys(store: Store, person_id: int) -> int:
    """Encrypt nothing to this person's keys any more; gives how many there were."""
    return store.change("DELETE FROM sealing_key WHERE person_id = ?", (person_id,))


def holders(store: Store, name: str) -> list[int]:
    """Those of this name to whose keys sources are sealed, members or not any more."""
    rows = store.rows(
        "SELECT DISTINCT p.id FROM sealing_key k JOIN person p ON p.id = k.person_id"
        " WHERE p.name = ? ORDER BY p.id",
        (name,),
    )
    return [row["id"] for row in rows]


def keys(store: Store) -> list[tuple[str, str]]:
    """Names and public keys of those who can read what is sealed now: members, and who works at
    the desk's own computer."""
    rows = store.rows(
        "SELECT p.name, k.public FROM sealing_key k JOIN person p ON p.id = k.person_id"
        " WHERE p.role IS NOT NULL OR p.service = 'terminal' ORDER BY k.id"
    )
    return [(row["name"], row["public"]) for row in rows]


def stand_in(store: Store) -> int:
    """A person of whom nothing is known, for the record: each is used for one file."""
    return store.insert(
        "person",
        service=SEALED,
        external_id=secrets.token_hex(16),
        name=STAND_IN,
        language="en",
    )


def random_number() -> int:
    """A number of a chat or a message that says nothing."""
    return secrets.randbelow(2**62) + 1


def keep(store: Store, submission_id: int, body: bytes) -> None:
    """Keep what was encrypted. Inside a transaction."""
    store.insert("sealed", submission_id=submission_id, body=body, at=stamp(now()))


def bodies(store: Store, case_id: int) -> list[bytes]:
    """What is encrypted of a case's sources, in the order in which its files came."""
    rows = store.rows(
        "SELECT x.body FROM sealed x JOIN submission s ON s.id = x.submission_id"
        " WHERE s.case_id = ? ORDER BY s.id, x.id",
        (case_id,),
    )
    return [row["body"] for row in rows]


def of_exhibits(store: Store, exhibit_ids: Iterable[int]) -> set[int]:
    """Those of these exhibits that came from a sealed source, at least once."""
    rows = store.rows(
        "SELECT DISTINCT s.exhibit_id FROM sealed x JOIN submission s ON s.id = x.submission_id"
        f" WHERE s.exhibit_id IN {LISTED}",
        (listed(exhibit_ids),),
    )
    return {row["exhibit_id"] for row in rows}


def seals(store: Store, service: str, chat_id: int) -> bool:
    """Whether all that comes into a chat is sealed."""
    found = store.row(
        "SELECT 1 FROM sealed_chat WHERE service = ? AND chat_id = ?", (service, chat_id)
    )
    return found is not None


def set_seals(store: Store, service: str, chat_id: int, person_id: int, on: bool) -> None:
    """Seal what comes into a chat from now on, or no longer. Inside a transaction."""
    store.change("DELETE FROM sealed_chat WHERE service = ? AND chat_id = ?", (service, chat_id))
    if on:
        store.insert(
            "sealed_chat", service=service, chat_id=chat_id, person_id=person_id, at=stamp(now())
        )


def arrival(store: Store, bot_id: int, update_id: int) -> Person:
    """Who stands in for the sender of an update, the same one however often it is worked off."""
    with store.transaction():
        row = store.row(
            "SELECT person_id FROM sealed_arrival WHERE bot_id = ? AND update_id = ?",
            (bot_id, update_id),
        )
        number = (row and row["person_id"]) or stand_in(store)
        store.change(
            "INSERT INTO sealed_arrival (bot_id, update_id, person_id) VALUES (?, ?, ?)"
            " ON CONFLICT DO UPDATE SET person_id = excluded.person_id",
            (bot_id, update_id, number),
        )
    return Person(id=number, name=STAND_IN, role=Role.REPORTER)


def arrived(store: Store, person_id: int) -> int | None:
    """The submission that the update behind a stand-in made before a kill."""
    row = store.row("SELECT submission_id FROM sealed_arrival WHERE person_id = ?", (person_id,))
    return row["submission_id"] if row else None


def note_arrived(store: Store, person_id: int, submission_id: int) -> None:
    """Keep what an update made until it is worked off. Inside a transaction."""
    store.change(
        "UPDATE sealed_arrival SET submission_id = ? WHERE person_id = ?",
        (submission_id, person_id),
    )


def marked(store: Store, bot_id: int, update_id: int) -> bool:
    """Whether an update came into a sealed chat and is not worked off yet."""
    found = store.row(
        "SELECT 1 FROM sealed_arrival WHERE bot_id = ? AND update_id = ?", (bot_id, update_id)
    )
    return found is not None


def mark(store: Store, bot_id: int, update_id: int) -> None:
    """Note that an update is sealed, whatever is sealed when it is worked off."""
    with store.transaction():
        store.insert_once("sealed_arrival", bot_id=bot_id, update_id=update_id)
