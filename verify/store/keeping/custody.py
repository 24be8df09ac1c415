"""The custody record: a chain of events, each holding the hash of the one before.

An event's subject holds ids and digests only, so that content can be erased later while
the chain still verifies. The hash of an event is the SHA-256 of the UTF-8 JSON array
`[id, at, kind, person_id, subject, previous]` without spaces, where `subject` is the stored
text and `previous` is the hash of the event before, or 64 zeros for the first.
"""

from __future__ import annotations

import hashlib
import json
from datetime import datetime

from verify.store.database.connection import Row, Store, now, stamp

LEFT = "(kind = 'exported' OR kind = 'reported' AND json_extract(subject, '$.bagged') IS NULL)"
"""That a file left with a case: the reports within a bag are none beside it."""
_GENESIS = "0" * 64


def append(store: Store, kind: str, person_id: int, /, **subject: str | int) -> None:
    """Add an event, inside the transaction of what it records."""
    last = store.row("SELECT id, hash FROM custody_event ORDER BY id DESC LIMIT 1")
    number, previous = (last["id"] + 1, last["hash"]) if last else (1, _GENESIS)
    at, text = stamp(now()), json.dumps(subject, sort_keys=True, separators=(",", ":"))
    store.insert(
        "custody_event",
        id=number,
        at=at,
        kind=kind,
        person_id=person_id,
        subject=text,
        previous=previous,
        hash=_hash(number, at, kind, person_id, text, previous),
    )


def since(store: Store, kind: str, case_id: int, at: datetime) -> bool:
    """Whether there is an event of this kind about a case at or after a moment."""
    return bool(
        store.row(
            "SELECT 1 FROM custody_event WHERE at >= ? AND kind = ?"
            " AND json_extract(subject, '$.case') = ?",
            (stamp(at), kind, case_id),
        )
    )


def head(store: Store) -> str:
    """The hash of the last event; noted elsewhere, it shows that later ones were removed."""
    last = store.row("SELECT hash FROM custody_event ORDER BY id DESC LIMIT 1")
    return last["hash"] if last else _GENESIS


def digest(text: str) -> str:
    """The SHA-256 of a text, for a subject."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def first_break(store: Store) -> int | None:
    """The id of the first event that does not fit the chain, or None when all do."""
    expected, previous = 1, _GENESIS
    for row in store.rows("SELECT * FROM custody_event ORDER BY id"):
        if row["id"] != expected or row["previous"] != previous or row["hash"] != _hash_of(row):
            return int(row["id"])
        expected, previous = expected + 1, row["hash"]
    return None


def _hash_of(row: Row) -> str:
    return _hash(*(row[name] for name in ("id", "at", "kind", "person_id", "subject", "previous")))


def _hash(*parts: str | int) -> str:
    text = json.dumps(parts, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()
