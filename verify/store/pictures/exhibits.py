"""The files in the vault: how each first arrived, and the cases it is in."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass

import msgspec

from verify.errors import NotFound
from verify.records import Person, Submission, say
from verify.store.casework.visibility import VISIBLE, eyes
from verify.store.database.connection import LISTED, Store, listed


@dataclass(frozen=True)
class Exhibit:
    """One file in the vault, and how it first arrived."""

    id: int
    sha256: str
    size: int
    submission: Submission


@dataclass(frozen=True)
class Held:
    """An exhibit, and the oldest case that holds it."""

    id: int
    sha256: str
    case_id: int


def all_held(store: Store, person: Person) -> list[Held]:
    """All exhibits in cases that this person may see, oldest first; with a shelf in place of the
    case where they are in the archive alone."""
    rows = store.rows(
        "SELECT e.id, e.sha256, coalesce(min(CASE WHEN s.case_id > 0 THEN s.case_id END),"
        " min(s.case_id)) FROM exhibit e JOIN submission s"
        ' ON s.exhibit_id = e.id JOIN "case" c ON c.id = s.case_id'
        f" WHERE {VISIBLE} GROUP BY e.id ORDER BY e.id",
        eyes(person),
    )
    return [Held(*row) for row in rows]


def exhibit(store: Store, exhibit_id: int, case_id: int | None = None) -> Exhibit | None:
    """An exhibit and how it first arrived, in that case if one is given."""
    row = store.row(
        "SELECT e.id, e.sha256, e.size, s.body FROM exhibit e JOIN submission s"
        " ON s.exhibit_id = e.id WHERE e.id = ? AND (? IS NULL OR s.case_id = ?)"
        " ORDER BY s.id LIMIT 1",
        (exhibit_id, case_id, case_id),
    )
    if row is None:
        return None
    return Exhibit(
        id=row["id"],
        sha256=row["sha256"],
        size=row["size"],
        submission=msgspec.json.decode(row["body"], type=Submission),
    )


def known(store: Store, exhibit_id: int, case_id: int | None = None) -> Exhibit:
    """One exhibit in a case. Raises NotFound where there is none."""
    found = exhibit(store, exhibit_id, case_id)
    if found is None:
        raise NotFound(say("There is no such exhibit."))
    return found


def named(store: Store, exhibit_id: int | None) -> dict[str, str]:
    """How a custody event names an exhibit: by its digest; nothing where it is about none."""
    row = store.row("SELECT sha256 FROM exhibit WHERE id = ?", (exhibit_id,))
    return {"exhibit": row["sha256"]} if row else {}


def with_bytes(store: Store, sha256: str) -> int | None:
    """The id of the exhibit with these bytes."""
    row = store.row("SELECT id FROM exhibit WHERE sha256 = ?", (sha256,))
    return row["id"] if row else None


def with_digests(store: Store, digests: Iterable[str]) -> set[int]:
    """The ids of the exhibits with these digests."""
    rows = store.rows(
        "SELECT id FROM exhibit WHERE sha256 IN (SELECT value FROM json_each(?))",
        (json.dumps(sorted(set(digests))),),
    )
    return {row["id"] for row in rows}


def all_ids(store: Store) -> list[int]:
    """The ids of all exhibits, oldest first."""
    return [row["id"] for row in store.rows("SELECT id FROM exhibit ORDER BY id")]


def of_case(store: Store, case_id: int) -> list[int]:
    """The ids of a case's exhibits, in the order in which they arrived."""
    return of_cases(store, [case_id]).get(case_id, [])


def of_cases(store: Store, case_ids: Iterable[int]) -> dict[int, list[int]]:
    """The same for many cases, by case; cases without exhibits are left out."""
    rows = store.rows(
        f"SELECT case_id, exhibit_id FROM submission WHERE case_id IN {LISTED}"
        " GROUP BY case_id, exhibit_id ORDER BY min(id)",
        (listed(case_ids),),
    )
    found: dict[int, list[int]] = {}
    for row in rows:
        found.setdefault(row["case_id"], []).append(row["exhibit_id"])
    return found


def stand_in_cases(store: Store, exhibit_ids: Iterable[int]) -> bool:
    """Whether any of these stands in a case that people opened."""
    row = store.row(
        f"SELECT 1 FROM submission WHERE exhibit_id IN {LISTED} AND case_id > 0 LIMIT 1",
        (listed(exhibit_ids),),
    )
    return row is not None


def filenames(
    store: Store, case_ids: Iterable[int], exhibit_ids: Iterable[int]
) -> dict[tuple[int, int], str]:
    """The names under which exhibits first came to cases, by case and exhibit."""
    rows = store.rows(
        "SELECT case_id, exhibit_id, coalesce(json_extract(body, '$.filename'), '') AS name"
        " FROM submission WHERE id IN (SELECT min(id) FROM submission"
        f" WHERE case_id IN {LISTED} AND exhibit_id IN {LISTED} GROUP BY case_id, exhibit_id)",
        (listed(case_ids), listed(exhibit_ids)),
    )
    return {(row["case_id"], row["exhibit_id"]): row["name"] for row in rows}


def cases_of(store: Store, person: Person, exhibit_id: int) -> list[int]:
    """The ids of the cases an exhibit is in and that this person may see, oldest first; without
    the archive's shelves."""
    return [one for one in seen_in(store, person, [exhibit_id]).get(exhibit_id, []) if one > 0]


def seen_in(store: Store, person: Person, exhibit_ids: Iterable[int]) -> dict[int, list[int]]:
    """The cases of many exhibits, by exhibit, and behind them the shelves of the archive that they
    are on; exhibits without such a case or shelf are left out."""
    rows = store.rows(
        "SELECT DISTINCT s.exhibit_id, s.case_id FROM submission s"
        ' JOIN "case" c ON c.id = s.case_id'
        f" WHERE s.exhibit_id IN {LISTED} AND {VISIBLE} ORDER BY s.case_id < 0, s.case_id",
        (listed(exhibit_ids), *eyes(person)),
    )
    found: dict[int, list[int]] = {}
    for row in rows:
        found.setdefault(row["exhibit_id"], []).append(row["case_id"])
    return found


def all_cases_of(store: Store, *exhibit_ids: int) -> list[int]:
    """The ids of all cases that exhibits are in, whoever may see them; then those of shelves."""
    rows = store.rows(
        f"SELECT DISTINCT case_id FROM submission WHERE exhibit_id IN {LISTED}"
        " ORDER BY case_id < 0, case_id",
        (listed(exhibit_ids),),
    )
    return [row["case_id"] for row in rows]


def digests(store: Store, exhibit_ids: Iterable[int]) -> dict[int, str]:
    """The SHA-256 of exhibits."""
    rows = store.rows(
        f"SELECT id, sha256 FROM exhibit WHERE id IN {LISTED}", (listed(exhibit_ids),)
    )
    return {row["id"]: row["sha256"] for row in rows}


def that_came_over(store: Store, exhibit_ids: Iterable[int], service: str) -> set[int]:
    """Those exhibits whose bytes ever arrived over that service."""
    rows = store.rows(
        f"SELECT DISTINCT exhibit_id FROM submission WHERE exhibit_id IN {LISTED} AND service = ?",
        (listed(exhibit_ids), service),
    )
    return {row["exhibit_id"] for row in rows}
