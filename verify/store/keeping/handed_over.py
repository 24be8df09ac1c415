"""The custody events that belong to a case, for whoever it is handed to.

They are those of the case and of the cases merged into it; those of its exhibits from the time
before they were moved into it; and what tells of the bytes themselves. What happened to the same
bytes in another case is that case's own.
"""

from __future__ import annotations

import json
from collections.abc import Iterable

import msgspec

from verify.records import STAND_IN
from verify.store.database.connection import Row, Store

_OF_THE_BYTES = ("preserved", "examined", "watched", "heard", "wiped")
_PARTS = (
    'WITH RECURSIVE part (id) AS (SELECT ? UNION SELECT c.id FROM "case" c JOIN part p'
    " ON c.merged_into = p.id) SELECT id FROM part"
)
# Events of earlier versions name a note, a match or an exhibit by its row, and no case. SQLite
# gives the numbers of wiped rows out again: an event older than the row is about another.
_OF_NOTES = (
    "SELECT e.id FROM custody_event e JOIN note n ON n.id = json_extract(e.subject, '$.note')"
    " WHERE e.kind = 'withdrawn' AND e.at >= n.at AND json_extract(e.subject, '$.case') IS NULL"
    " AND n.case_id = ?"
)
_OF_MATCHES = (
    "SELECT e.id FROM custody_event e JOIN match m ON m.id = json_extract(e.subject, '$.match')"
    " JOIN view v ON v.id = m.view_id JOIN submission s ON s.exhibit_id = v.exhibit_id"
    " WHERE e.kind IN ('match confirmed', 'match refused') AND e.at >= m.found_at"
    " AND json_extract(e.subject, '$.case') IS NULL AND s.case_id = ?"
)


def custody_lines(store: Store, case_id: int, sha256s: Iterable[str]) -> str:
    """The custody events of a case, one JSON object a line, oldest first."""
    parts = {row["id"] for row in store.rows(_PARTS, (case_id,))}
    named = {row["id"] for sql in (_OF_NOTES, _OF_MATCHES) for row in store.rows(sql, (case_id,))}
    rows = _candidates(store, parts, set(sha256s), named)
    came = _came_from(store, rows, parts)
    brought = _brought(store, case_id)
    return "".join(
        msgspec.json.encode({**dict(row), "person": _name(row, brought)}).decode() + "\n"
        for row in rows
        if row["id"] in named or _belongs(store, row, parts, came)
    )


def _brought(store: Store, case_id: int) -> set[int]:
    """Who is on record as having brought files to this case whose sources were sealed later."""
    rows = store.rows(
        "SELECT DISTINCT e.person_id FROM custody_event e JOIN sealed x"
        " ON x.submission_id = json_extract(e.subject, '$.submission')"
        " JOIN submission s ON s.id = x.submission_id"
        " WHERE e.kind = 'received' AND json_extract(e.subject, '$.case') = s.case_id"
        " AND s.case_id = ?",
        (case_id,),
    )
    return {row["person_id"] for row in rows}


def _name(row: Row, brought: set[int]) -> str:
    """The name for readers; of who brought what is sealed none, whatever else they did here."""
    return STAND_IN if row["person_id"] in brought else row["person"]


def _candidates(store: Store, parts: set[int], digests: set[str], named: set[int]) -> list[Row]:
    """Every event that may belong: of these cases, into them, about these bytes."""
    return store.rows(
        "SELECT e.*, p.name AS person FROM custody_event e JOIN person p ON p.id = e.person_id"
        " WHERE json_extract(subject, '$.case') IN (SELECT value FROM json_each(?1))"
        " OR json_extract(subject, '$.into') IN (SELECT value FROM json_each(?1))"
        " OR json_extract(subject, '$.exhibit') IN (SELECT value FROM json_each(?2))"
        " OR e.id IN (SELECT value FROM json_each(?3)) ORDER BY e.id",
        tuple(json.dumps(sorted(some)) for some in (parts, digests, named)),
    )


def _came_from(store: Store, rows: list[Row], parts: set[int]) -> dict[tuple[str, int], int]:
    """By digest and former case: the last event after which an exhibit was in these cases."""
    came: dict[tuple[str, int], int] = {}
    for row in reversed(rows):
        subject = json.loads(row["subject"])
        if row["kind"] != "moved":
            continue
        digest = _digest(store, subject["exhibit"])
        if subject["into"] in parts or (digest, subject["into"]) in came:
            came.setdefault((digest, subject["case"]), row["id"])
    return came


def _belongs(store: Store, row: Row, parts: set[int], came: dict[tuple[str, int], int]) -> bool:
    subject = json.loads(row["subject"])
    case_id, digest = subject.get("case"), _digest(store, subject.get("exhibit", ""))
    if case_id in parts or row["kind"] in _OF_THE_BYTES:
        return True
    if row["kind"] == "moved" and subject["into"] in parts:
        return True
    return int(row["id"]) <= came.get((digest, case_id), 0)


def _digest(store: Store, exhibit: str | int) -> str:
    """The digest of an exhibit, which earlier versions named by its row where it was moved."""
    if isinstance(exhibit, str):
        return exhibit
    found = store.row("SELECT sha256 FROM exhibit WHERE id = ?", (exhibit,))
    return found["sha256"] if found else ""
