"""Who acts at this desk: members and their roles, the one-time codes that admit them, strangers."""

from __future__ import annotations

import secrets
from datetime import timedelta

from verify.records import Member, Person, Role
from verify.store.database.connection import Row, Store, now, stamp
from verify.store.keeping.custody import digest

_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # none that reads like another
_VALID = timedelta(days=1)
_LOCKOUT = timedelta(hours=1)
_GUESSES_OF_ONE, _GUESSES_OF_ALL = 5, 30  # wrong codes an hour


def known(store: Store, service: str, external_id: str, name: str, language: str) -> Person:
    """The person of that account, added or renamed when needed. language: used when added.

    An account that acts as another person renames nobody.
    """
    with store.transaction():
        store.insert_once(
            "person",
            service=service,
            external_id=external_id,
            name=name,
            language=language or "en",
        )
        if name:
            store.change(
                "UPDATE person SET name = ?1 WHERE name <> ?1 AND (SELECT id FROM person WHERE"
                " service = ?2 AND external_id = ?3 AND acts_as IS NULL) IN (id, acts_as)",
                (name, service, external_id),
            )
    row = _row(store, service, external_id)
    assert row is not None  # noqa: S101 - just added
    return Person(
        id=row["id"],
        name=row["name"],
        language=row["language"],
        role=Role(row["role"]) if row["role"] else None,
    )


def act_as(store: Store, service: str, external_id: str, person_id: int) -> None:
    """Take that account for this person's from now on; both bear the person's name."""
    with store.transaction():
        store.insert_once(
            "person", service=service, external_id=external_id, name="", language="en"
        )
        store.change(
            "UPDATE person SET acts_as = ?1, name = (SELECT name FROM person WHERE id = ?1)"
            " WHERE service = ?2 AND external_id = ?3 AND id <> ?1",
            (person_id, service, external_id),
        )


def accounts(store: Store, person_id: int) -> list[int]:
    """All numbers under which a person did something: their own, and of what acts as them."""
    rows = store.rows("SELECT id FROM person WHERE ? IN (id, acts_as)", (person_id,))
    return [row["id"] for row in rows]


def set_language(store: Store, person_id: int, language: str) -> None:
    """Change the language in which this person reads."""
    with store.transaction():
        store.change("UPDATE person SET language = ? WHERE id = ?", (language, person_id))


def role_of(store: Store, service: str, external_id: str) -> Role | None:
    """The role of that account; None for who is no member."""
    row = _row(store, service, external_id)
    return Role(row["role"]) if row and row["role"] else None


def set_role(store: Store, person_id: int, role: Role | None) -> None:
    """Give a person a role, or with None take it away. Inside a transaction."""
    store.change("UPDATE person SET role = ? WHERE id = ?", (role, person_id))


def members(store: Store) -> tuple[Member, ...]:
    """The team, in the order in which they were first seen."""
    rows = store.rows(
        "SELECT id, name, role, service, external_id FROM person WHERE role IS NOT NULL ORDER BY id"
    )
    return tuple(
        Member(
            id=row["id"],
            name=row["name"],
            role=Role(row["role"]),
            service=row["service"],
            external_id=row["external_id"],
        )
        for row in rows
    )


def owners(store: Store, service: str) -> list[tuple[int, str]]:
    """The accounts of the owners on a chat service, whose ids are numbers, and their languages."""
    rows = store.rows(
        "SELECT external_id, language FROM person WHERE role = ? AND service = ? ORDER BY id",
        (Role.OWNER, service),
    )
    return [(int(row["external_id"]), row["language"]) for row in rows]


def new_code(store: Store, role: Role, made_by: int | None) -> str:
    """A one-time code that admits with this role, valid for a day. Only its digest is kept.

    The owner's code of the console (made by nobody) voids the one before.
    """
    code = "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(3))
    with store.transaction():
        if made_by is None:
            store.change("DELETE FROM invite WHERE made_by IS NULL AND used_by IS NULL")
        store.insert(
            "invite",
            code_digest=digest(code),
            role=role,
            made_by=made_by,
            expires_at=stamp(now() + _VALID),
        )
    return code


def redeem(store: Store, service: str, external_id: str, name: str, code: str) -> Person | None:
    """Admit the account with the code's role if the code is right.

    After five wrong codes an hour from one account, or thirty from all, none is accepted.
    """
    with store.transaction():
        if locked_out(store, service, external_id):
            return None
        row = store.row(
            "SELECT id, role FROM invite"
            " WHERE code_digest = ? AND used_by IS NULL AND expires_at > ?",
            (digest(code.strip().upper()), stamp(now())),
        )
        if row is None:
            store.insert("guess", service=service, external_id=external_id, at=stamp(now()))
            return None
        person = known(store, service, external_id, name, "")
        store.change("UPDATE invite SET used_by = ? WHERE id = ?", (person.id, row["id"]))
        set_role(store, person.id, Role(row["role"]))
        return known(store, service, external_id, name, "")


def locked_out(store: Store, service: str, external_id: str) -> bool:
    """Whether so many codes were wrong within an hour that none is accepted from this account."""
    at = now()
    row = store.row(
        "SELECT count(*) AS all_of_them,"
        " coalesce(sum(service = ? AND external_id = ?), 0) AS own FROM guess"
        " WHERE at > ? AND at <= ?",
        (service, external_id, stamp(at - _LOCKOUT), stamp(at)),
    )
    return row is not None and (
        row["own"] >= _GUESSES_OF_ONE or row["all_of_them"] >= _GUESSES_OF_ALL
    )


def _row(store: Store, service: str, external_id: str) -> Row | None:
    return store.row(
        "SELECT p.id, p.name, p.language, p.role FROM person a JOIN person p"
        " ON p.id = coalesce(a.acts_as, a.id) WHERE a.service = ? AND a.external_id = ?",
        (service, external_id),
    )
