"""Exhibits of the archive that are described, and still to be compared and read."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from itertools import takewhile

import msgspec

from verify.records import Person, View
from verify.store.casework.visibility import VISIBLE, eyes
from verify.store.database.connection import LISTED, Store, listed

_views = msgspec.msgpack.Decoder(tuple[View, ...])


@dataclass(frozen=True)
class Uncompared:
    """One of them. person_id: who imported it. views: as a search needs them, but for their frames;
    None where they are to be seen again."""

    exhibit_id: int
    person_id: int
    views: tuple[View, ...] | None


def add(
    store: Store,
    exhibit_id: int,
    person_id: int,
    views: tuple[View, ...] | None,
    *,
    soon: bool = False,
) -> None:
    """Note that an exhibit is to be compared, soon before the others. Inside a transaction."""
    strike(store, exhibit_id)
    store.insert(
        "uncompared",
        exhibit_id=exhibit_id,
        person_id=person_id,
        views=None if views is None else msgspec.msgpack.encode(views),
        soon=int(soon),
    )


def of(store: Store, exhibit_id: int) -> Uncompared | None:
    """What is known of an exhibit that is to be compared; None for any other."""
    row = store.row("SELECT * FROM uncompared WHERE exhibit_id = ? AND compared = 0", (exhibit_id,))
    if row is None:
        return None
    views = None if row["views"] is None else _views.decode(row["views"])
    return Uncompared(exhibit_id, row["person_id"], views)


def waits(store: Store, exhibit_id: int) -> bool:
    """Whether an exhibit is to be compared."""
    sql = "SELECT 1 FROM uncompared WHERE exhibit_id = ? AND compared = 0"
    return store.row(sql, (exhibit_id,)) is not None


def next_in_turn(store: Store, under_way: Collection[int], most: int) -> list[int]:
    """The exhibits that are to be compared next, beside those under way: at most so many of one
    import, and alone whatever is to be seen again."""
    rows = store.rows(
        "SELECT u.exhibit_id, u.views IS NULL AS alone, (SELECT min(s.case_id) FROM submission s"
        " WHERE s.exhibit_id = u.exhibit_id) AS shelf FROM uncompared u WHERE u.compared = 0"
        " ORDER BY u.soon DESC, u.exhibit_id LIMIT ?",
        (len(under_way) + most,),
    )
    left = [row for row in rows if row["exhibit_id"] not in under_way][:most]
    together = takewhile(lambda row: not row["alone"] and row["shelf"] == left[0]["shelf"], left)
    return [row["exhibit_id"] for row in together] or [row["exhibit_id"] for row in left[:1]]


def in_turn(store: Store) -> list[int]:
    """The exhibits that are to be compared, in the order in which they are."""
    rows = store.rows(
        "SELECT exhibit_id FROM uncompared WHERE compared = 0 ORDER BY soon DESC, exhibit_id"
    )
    return [row["exhibit_id"] for row in rows]


def count(store: Store) -> int:
    """How many are to be compared."""
    row = store.row("SELECT count(*) AS n FROM uncompared WHERE compared = 0")
    return int(row["n"]) if row else 0


def count_among(store: Store, submission_ids: Iterable[int]) -> int:
    """How many of the exhibits that came with these submissions."""
    row = store.row(
        "SELECT count(DISTINCT u.exhibit_id) AS n FROM submission s"
        f" JOIN uncompared u ON u.exhibit_id = s.exhibit_id AND u.compared = 0"
        f" WHERE s.id IN {LISTED}",
        (listed(submission_ids),),
    )
    return int(row["n"]) if row else 0


def share(store: Store, person: Person) -> int | None:
    """How many of a hundred exhibits that a person may see are compared, rounded down; None where
    all are."""
    if store.row("SELECT 1 FROM uncompared WHERE compared = 0 LIMIT 1") is None:
        return None
    seen = f'EXISTS (SELECT 1 FROM submission s JOIN "case" c ON c.id = s.case_id WHERE {VISIBLE}'
    own = eyes(person)
    row = store.row(
        f"SELECT (SELECT count(*) FROM uncompared u WHERE u.compared = 0 AND {seen}"
        f" AND s.exhibit_id = u.exhibit_id)) AS waiting,"
        f" (SELECT count(*) FROM exhibit e WHERE {seen} AND s.exhibit_id = e.id)) AS every",
        (*own, *own),
    )
    if row is None or not row["waiting"]:
        return None
    return 100 * (int(row["every"]) - int(row["waiting"])) // int(row["every"])


def compared(store: Store, exhibit_id: int) -> None:
    """Note that only sounds and words of a film are still out. Inside a transaction."""
    store.change(
        "UPDATE uncompared SET views = NULL, compared = 1 WHERE exhibit_id = ?", (exhibit_id,)
    )


def strike(store: Store, exhibit_id: int) -> None:
    """Note that nothing of an exhibit is out. Inside a transaction."""
    store.change("DELETE FROM uncompared WHERE exhibit_id = ?", (exhibit_id,))


def unheard(store: Store) -> Person | None:
    """Who imported the first film of which sounds and words are still out; None where none is."""
    row = store.row(
        "SELECT p.id, p.name FROM uncompared u JOIN person p ON p.id = u.person_id"
        " WHERE u.compared = 1 ORDER BY u.exhibit_id LIMIT 1"
    )
    return Person(row["id"], row["name"]) if row else None


def strike_compared(store: Store) -> None:
    """Note that nothing is out of all that are compared. Inside a transaction."""
    store.change("DELETE FROM uncompared WHERE compared = 1")
