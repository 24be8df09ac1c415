"""What was said of exhibits in the cases they are in, and what people say contradicts in it."""

from __future__ import annotations

from collections.abc import Iterable

from verify.records import Person, Sighting, StatedContradiction
from verify.store.casework.visibility import VISIBLE, eyes
from verify.store.database.connection import LISTED, Row, Store, listed, moment, now, stamp


def captions(store: Store, person: Person, exhibit_ids: Iterable[int]) -> list[Sighting]:
    """The words that came with exhibits and of which no claim was made, as far as a person may see
    them; without those of posts."""
    rows = store.rows(
        "SELECT g.*, coalesce(s.name, '') AS source_name, p.name AS person_name"
        ' FROM sighting g JOIN "case" c ON c.id = g.case_id'
        " LEFT JOIN source s ON s.id = g.source_id JOIN submission u ON u.id = g.submission_id"
        " JOIN person p ON p.id = u.person_id"
        f" WHERE g.exhibit_id IN {LISTED} AND g.case_id > 0 AND g.caption <> '' AND {VISIBLE}"
        " AND NOT EXISTS (SELECT 1 FROM claim l WHERE l.submission_id = g.submission_id)"
        " ORDER BY g.id",
        (listed(exhibit_ids), *eyes(person)),
    )
    return [
        Sighting(
            id=row["id"],
            exhibit_id=row["exhibit_id"],
            case_id=row["case_id"],
            service=row["service"],
            received_at=moment(row["received_at"]),
            received_from=row["person_name"],
            source=row["source_name"],
            caption=row["caption"],
            posted_at=moment(row["posted_at"]) if row["posted_at"] else None,
        )
        for row in rows
    ]


def state(
    store: Store, person_id: int, case_id: int, text: str, reason: str, key: str
) -> int | None:
    """Keep what a person says contradicts; gives its id, None when the key was used before. Inside
    a transaction."""
    return store.insert_once(
        "stated_contradiction",
        case_id=case_id,
        text=text,
        reason=reason,
        person_id=person_id,
        at=stamp(now()),
        key=key or None,
    )


def withdraw(store: Store, person_id: int, case_id: int, number: int, why: str) -> bool:
    """Note that it was taken back; False where it was before, or is none of the case. Inside a
    transaction."""
    changed = store.change(
        "UPDATE stated_contradiction SET withdrawn_why = ?, withdrawn_by = ?, withdrawn_at = ?"
        " WHERE id = ? AND case_id = ? AND withdrawn_at IS NULL",
        (why, person_id, stamp(now()), number, case_id),
    )
    return bool(changed)


def stated(store: Store, case_id: int) -> tuple[StatedContradiction, ...]:
    """What people said contradicts, the first first, with what they took back."""
    rows = store.rows(
        "SELECT d.*, p.name AS by, coalesce(w.name, '') AS back FROM stated_contradiction d"
        " JOIN person p ON p.id = d.person_id LEFT JOIN person w ON w.id = d.withdrawn_by"
        " WHERE d.case_id = ? ORDER BY d.id",
        (case_id,),
    )
    return tuple(map(_stated, rows))


def _stated(row: Row) -> StatedContradiction:
    return StatedContradiction(
        id=row["id"],
        case_id=row["case_id"],
        text=row["text"],
        reason=row["reason"],
        by=row["by"],
        at=moment(row["at"]),
        withdrawn_by=row["back"],
        withdrawn_at=moment(row["withdrawn_at"]) if row["withdrawn_at"] else None,
        withdrawn_why=row["withdrawn_why"],
    )
