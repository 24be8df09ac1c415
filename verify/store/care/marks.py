"""What people say that exhibits show."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from verify.records import Person, Sensitive
from verify.store.casework.visibility import VISIBLE, eyes
from verify.store.database.connection import LISTED, Row, Store, listed, moment, now, stamp


@dataclass(frozen=True)
class Said:
    """What somebody said of an exhibit, and nobody ended. holds: that it shows that kind, or else
    that it does not. off_by, off_asked_by: the name and number of who wants it off. stretch: of a
    film, from when to when, in seconds; None for all of it."""

    id: int
    exhibit_id: int
    kind: Sensitive
    holds: bool
    person_id: int
    by: str
    at: datetime
    off_by: str
    off_asked_by: int | None
    stretch: tuple[float, float] | None


_STANDING = (
    "SELECT m.*, p.name AS by, o.name AS off_name FROM mark m JOIN person p ON p.id = m.person_id"
    " LEFT JOIN person o ON o.id = m.off_asked_by WHERE m.ended_at IS NULL"
)


def add(
    store: Store,
    person_id: int,
    exhibit_id: int,
    case_id: int | None,
    kind: Sensitive,
    *,
    holds: bool,
    stretch: tuple[float, float] | None = None,
) -> bool:
    """Say what an exhibit shows, or that it does not. False where that was said. In a transaction.

    stretch: of a film, from when to when, in seconds; None for all of it. Whichever was said before
    ends; a mark that stands already only becomes wider.
    """
    if holds and (former := standing(store, exhibit_id, kind)):
        return _widen(store, former, stretch)
    begins, ends = stretch or (None, None)
    store.change(
        "UPDATE mark SET ended_by = ?, ended_at = ? WHERE exhibit_id = ? AND kind = ?"
        " AND holds <> ? AND ended_at IS NULL",
        (person_id, stamp(now()), exhibit_id, kind, holds),
    )
    added = store.insert_once(
        "mark",
        exhibit_id=exhibit_id,
        case_id=case_id,
        kind=kind,
        holds=holds,
        person_id=person_id,
        at=stamp(now()),
        begins=begins,
        ends=ends,
    )
    return added is not None


def _widen(store: Store, former: Said, stretch: tuple[float, float] | None) -> bool:
    if former.stretch is None:
        return False
    wider = stretch and (min(stretch[0], former.stretch[0]), max(stretch[1], former.stretch[1]))
    if wider == former.stretch:
        return False
    both = wider or (None, None)
    store.change("UPDATE mark SET begins = ?, ends = ? WHERE id = ?", (*both, former.id))
    return True


def standing(store: Store, exhibit_id: int, kind: Sensitive) -> Said | None:
    """The mark of a kind that an exhibit bears, with the name of who set it."""
    rows = store.rows(
        f"{_STANDING} AND m.holds = 1 AND m.exhibit_id = ? AND m.kind = ?", (exhibit_id, kind)
    )
    return _said(rows[0]) if rows else None


def of(store: Store, exhibit_ids: Iterable[int]) -> list[Said]:
    """All that stands said of exhibits, that they show something and that they do not."""
    rows = store.rows(
        f"{_STANDING} AND m.exhibit_id IN {LISTED} ORDER BY m.id", (listed(exhibit_ids),)
    )
    return [_said(row) for row in rows]


def _said(row: Row) -> Said:
    return Said(
        id=row["id"],
        exhibit_id=row["exhibit_id"],
        kind=Sensitive(row["kind"]),
        holds=bool(row["holds"]),
        person_id=row["person_id"],
        by=row["by"],
        at=moment(row["at"]),
        off_by=row["off_name"] or "",
        off_asked_by=row["off_asked_by"],
        stretch=None if row["begins"] is None else (row["begins"], row["ends"]),
    )


def known_to(store: Store, person: Person, exhibit_ids: Iterable[int]) -> set[int]:
    """Those marks of exhibits that were set in a case which this person may see."""
    rows = store.rows(
        'SELECT m.id FROM mark m JOIN "case" c ON c.id = m.case_id'
        f" WHERE m.exhibit_id IN {LISTED} AND {VISIBLE}",
        (listed(exhibit_ids), *eyes(person)),
    )
    return {row["id"] for row in rows}


def ask_off(store: Store, mark_id: int, person_id: int) -> None:
    """Note that somebody wants another's mark off. In a transaction."""
    store.change("UPDATE mark SET off_asked_by = ? WHERE id = ?", (person_id, mark_id))


def end(store: Store, mark_id: int, person_id: int) -> None:
    """Take a mark off. In a transaction."""
    store.change(
        "UPDATE mark SET ended_by = ?, ended_at = ? WHERE id = ?",
        (person_id, stamp(now()), mark_id),
    )


def captions(store: Store, exhibit_ids: Iterable[int]) -> dict[int, list[str]]:
    """The captions under which exhibits came, by exhibit."""
    rows = store.rows(
        f"SELECT exhibit_id, caption FROM sighting WHERE exhibit_id IN {LISTED} AND caption <> ''",
        (listed(exhibit_ids),),
    )
    found: dict[int, list[str]] = {}
    for row in rows:
        found.setdefault(row["exhibit_id"], []).append(row["caption"])
    return found


def derived(store: Store, exhibit_ids: Iterable[int]) -> list[tuple[int, int]]:
    """What was taken out of what: pairs of exhibits, around these: the part, its origin."""
    ids = listed(exhibit_ids)
    pair = (
        "SELECT s.exhibit_id AS part, o.id AS origin FROM submission s JOIN exhibit o"
        " ON o.sha256 = substr(json_extract(s.body, '$.origin.name'), 1, 64)"
        f" WHERE s.service = 'derived' AND {{}} IN {LISTED}"
    )
    rows = store.rows(f"{pair.format('s.exhibit_id')} UNION {pair.format('o.id')}", (ids, ids))
    return [(row["part"], row["origin"]) for row in rows]
