"""Who acts at this desk, and the one-time codes that admit them."""

from __future__ import annotations

import secrets
from datetime import timedelta

from verify.records import Person
from verify.store.custody import digest
from verify.store.store import Row, Store, now, stamp

_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # none that reads like another
_VALID = timedelta(hours=1)
_ATTEMPTS = 5


def known(store: Store, platform: str, external_id: str, name: str, language: str) -> Person:
    """The person of that account, added or renamed when needed. language: used when added."""
    with store.transaction():
        row = _row(store, platform, external_id)
        if row is None:
            number = store.insert(
                "person",
                platform=platform,
                external_id=external_id,
                name=name,
                language=language or "en",
            )
            return Person(id=number, name=name, language=language or "en")
        if name and row["name"] != name:
            store.change("UPDATE person SET name = ? WHERE id = ?", (name, row["id"]))
        return Person(id=row["id"], name=name or row["name"], language=row["language"])


def set_language(store: Store, person_id: int, language: str) -> None:
    """Change the language in which this person reads."""
    with store.transaction():
        store.change("UPDATE person SET language = ? WHERE id = ?", (language, person_id))


def admitted(store: Store, platform: str, external_id: str) -> bool:
    """Whether this account has been admitted by a code."""
    row = _row(store, platform, external_id)
    return row is not None and row["admitted_at"] is not None


def anybody_admitted(store: Store) -> bool:
    """Whether any account has been admitted by a code."""
    return store.row("SELECT 1 FROM person WHERE admitted_at IS NOT NULL") is not None


def new_code(store: Store) -> str:
    """A one-time code, valid for an hour; older unused ones are void. Only its digest is kept."""
    code = "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(3))
    with store.transaction():
        store.change("DELETE FROM pairing WHERE used_by IS NULL")
        store.insert("pairing", code_digest=digest(code), expires_at=stamp(now() + _VALID))
    return code


def redeem(store: Store, platform: str, external_id: str, name: str, code: str) -> Person | None:
    """Admit the account if the code is right. Five wrong attempts void the code."""
    with store.transaction():
        row = store.row(
            "SELECT id, code_digest FROM pairing"
            " WHERE used_by IS NULL AND expires_at > ? AND attempts < ?",
            (stamp(now()), _ATTEMPTS),
        )
        if row is None:
            return None
        if not secrets.compare_digest(row["code_digest"], digest(code.strip().upper())):
            store.change("UPDATE pairing SET attempts = attempts + 1 WHERE id = ?", (row["id"],))
            return None
        person = known(store, platform, external_id, name, "")
        store.change("UPDATE pairing SET used_by = ? WHERE id = ?", (person.id, row["id"]))
        store.change("UPDATE person SET admitted_at = ? WHERE id = ?", (stamp(now()), person.id))
        return person


def _row(store: Store, platform: str, external_id: str) -> Row | None:
    return store.row(
        "SELECT id, name, language, admitted_at FROM person WHERE platform = ? AND external_id = ?",
        (platform, external_id),
    )
