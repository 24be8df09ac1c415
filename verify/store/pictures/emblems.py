"""Emblems that people marked, and the exhibits in which they were found again."""

from __future__ import annotations

from collections.abc import Iterable

from verify.records import Box, EmblemPlace, MarkedEmblem, Person
from verify.store.casework.visibility import VISIBLE, eyes
from verify.store.database.connection import LISTED, Row, Store, listed, moment, now, stamp

_EMBLEM = (
    "SELECT b.*, e.sha256, p.name AS by FROM emblem b JOIN exhibit e ON e.id = b.exhibit_id"
    ' JOIN person p ON p.id = b.person_id JOIN "case" c ON c.id = b.case_id WHERE '
)
_STANDS = (  # the exhibit of an emblem shows it as well
    "(SELECT emblem_id, exhibit_id FROM emblem_found UNION SELECT id, exhibit_id FROM emblem)"
)


def add(store: Store, person_id: int, case_id: int, exhibit_id: int, box: Box, name: str) -> int:
    """Keep an emblem. Inside a transaction."""
    return store.insert(
        "emblem",
        case_id=case_id,
        exhibit_id=exhibit_id,
        name=name,
        left_=box.left,
        top=box.top,
        right_=box.right,
        bottom=box.bottom,
        person_id=person_id,
        at=stamp(now()),
    )


def remove(store: Store, emblem_id: int) -> None:
    """Forget an emblem and where it was found. Inside a transaction."""
    store.change("DELETE FROM emblem_found WHERE emblem_id = ?", (emblem_id,))
    store.change("DELETE FROM emblem WHERE id = ?", (emblem_id,))


def visible(store: Store, person: Person) -> list[MarkedEmblem]:
    """All emblems that a person may know of: those marked in cases that they may see."""
    return [_emblem(row) for row in store.rows(_EMBLEM + VISIBLE + " ORDER BY b.id", eyes(person))]


def every(store: Store) -> list[MarkedEmblem]:
    """All emblems, whoever may know of them."""
    return [_emblem(row) for row in store.rows(_EMBLEM + "1 ORDER BY b.id")]


def in_exhibit(store: Store, person: Person, exhibit_id: int) -> list[MarkedEmblem]:
    """The emblems that stand in an exhibit and that a person may know of."""
    rows = store.rows(
        f"{_EMBLEM}{VISIBLE} AND b.id IN (SELECT emblem_id FROM {_STANDS} WHERE exhibit_id = ?)"
        " ORDER BY b.id",
        (*eyes(person), exhibit_id),
    )
    return [_emblem(row) for row in rows]


def places(
    store: Store, person: Person, emblem_ids: Iterable[int]
) -> dict[int, tuple[EmblemPlace, ...]]:
    """Where emblems stood, by emblem, as far as a person may know: each exhibit in its first
    case."""
    rows = store.rows(
        f"SELECT f.emblem_id, f.exhibit_id, max(iif(s.case_id < 0, s.case_id, NULL)) AS shelf,"
        f" min(iif(s.case_id > 0, s.case_id, NULL)) AS in_case FROM {_STANDS} f"
        ' JOIN submission s ON s.exhibit_id = f.exhibit_id JOIN "case" c ON c.id = s.case_id'
        f" WHERE f.emblem_id IN {LISTED} AND {VISIBLE} GROUP BY f.emblem_id, f.exhibit_id"
        " ORDER BY f.exhibit_id",
        (listed(emblem_ids), *eyes(person)),
    )
    found: dict[int, tuple[EmblemPlace, ...]] = {}
    for row in rows:
        case_id = row["in_case"] if row["in_case"] is not None else row["shelf"]
        place = EmblemPlace(exhibit_id=row["exhibit_id"], case_id=case_id)
        found[row["emblem_id"]] = (*found.get(row["emblem_id"], ()), place)
    return found


def next_unlooked(store: Store) -> tuple[int, str, int] | None:
    """The latest examined exhibit that was not looked through for all emblems: its id, digest and
    up to which emblem it was; None where there is none."""
    row = store.row(
        "SELECT e.id, e.sha256, coalesce(l.upto, 0) AS upto FROM exhibit e"
        " LEFT JOIN emblem_looked l ON l.exhibit_id = e.id"
        " WHERE coalesce(l.upto, 0) < (SELECT coalesce(max(id), 0) FROM emblem)"
        " AND EXISTS (SELECT 1 FROM examination x WHERE x.exhibit_id = e.id)"
        " AND NOT EXISTS (SELECT 1 FROM withheld w WHERE w.exhibit_id = e.id)"
        " ORDER BY e.id DESC LIMIT 1"
    )
    return (row["id"], row["sha256"], row["upto"]) if row else None


def unlooked(store: Store) -> int:
    """How many examined exhibits were not looked through for all emblems."""
    row = store.row(
        "SELECT count(*) AS n FROM exhibit e LEFT JOIN emblem_looked l ON l.exhibit_id = e.id"
        " WHERE coalesce(l.upto, 0) < (SELECT coalesce(max(id), 0) FROM emblem)"
        " AND EXISTS (SELECT 1 FROM examination x WHERE x.exhibit_id = e.id)"
        " AND NOT EXISTS (SELECT 1 FROM withheld w WHERE w.exhibit_id = e.id)"
    )
    return int(row["n"]) if row else 0


def looked(store: Store, exhibit_id: int, upto: int, found: Iterable[int]) -> None:
    """Keep which emblems stand in an exhibit that was looked through. Inside a transaction."""
    store.change("DELETE FROM emblem_looked WHERE exhibit_id = ?", (exhibit_id,))
    store.insert("emblem_looked", exhibit_id=exhibit_id, upto=upto)
    for emblem_id in found:
        if store.row("SELECT 1 FROM emblem WHERE id = ?", (emblem_id,)):
            store.insert_once("emblem_found", emblem_id=emblem_id, exhibit_id=exhibit_id)


def _emblem(row: Row) -> MarkedEmblem:
    return MarkedEmblem(
        id=row["id"],
        name=row["name"],
        case_id=row["case_id"],
        exhibit_id=row["exhibit_id"],
        sha256=row["sha256"],
        box=Box(left=row["left_"], top=row["top"], right=row["right_"], bottom=row["bottom"]),
        by=row["by"],
        at=moment(row["at"]),
    )
