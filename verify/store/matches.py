"""Pictures found alike, what proves it, and what people said of it."""

from __future__ import annotations

from dataclasses import dataclass

import msgspec

from verify.records import Chance, Corners, Orientation
from verify.store.store import Row, Store, now, stamp


@dataclass(frozen=True)
class Correspondence:
    """What makes an earlier view match: see `verify.records.Match`.

    map: (3, 3) by rows, from fractions of the earlier picture to fractions of the incoming.
    """

    earlier_view_id: int
    earlier_exhibit_id: int
    method: str
    orientation: Orientation
    chance: Chance
    distance: int | None = None
    region: Corners | None = None
    earlier_region: Corners | None = None
    scale: float | None = None
    inliers: int | None = None
    agreement: float | None = None
    map: tuple[float, ...] | None = None


def add(store: Store, examination_id: int, view_id: int, found: Correspondence) -> None:
    """Record that a view shows the same as an earlier one. Inside a transaction."""
    store.insert_once(
        "match",
        examination_id=examination_id,
        view_id=view_id,
        earlier_view_id=found.earlier_view_id,
        method=found.method,
        orientation=found.orientation,
        distance=found.distance,
        region=_json(found.region),
        earlier_region=_json(found.earlier_region),
        scale=found.scale,
        inliers=found.inliers,
        agreement=found.agreement,
        map=_json(found.map),
        expected=found.chance.expected,
        bound=found.chance.bound,
        found_at=stamp(now()),
    )


def _json(value: object) -> str | None:
    return None if value is None else msgspec.json.encode(value).decode()


def judge(store: Store, match_id: int, same: bool, person_id: int) -> None:
    """Keep a person's word on a match; the last one counts. Inside a transaction."""
    store.insert("judgement", match_id=match_id, same=same, person_id=person_id, at=stamp(now()))


def judgements(store: Store) -> list[Row]:
    """For each method: how many matches people called the same, and how many not."""
    return store.rows(
        "SELECT m.method, sum(j.same) AS same, sum(NOT j.same) AS refused FROM judgement j"
        " JOIN match m ON m.id = j.match_id WHERE j.id = (SELECT max(id) FROM judgement k"
        " WHERE k.match_id = j.match_id) GROUP BY m.method ORDER BY m.method"
    )


_MATCHES = (
    "SELECT m.*, v.exhibit_id, w.exhibit_id AS earlier_exhibit_id, e.sha256 AS earlier_sha256,"
    " (SELECT same FROM judgement WHERE match_id = m.id ORDER BY id DESC LIMIT 1) AS same"
    " FROM match m JOIN view v ON v.id = m.view_id JOIN view w ON w.id = m.earlier_view_id"
    " JOIN exhibit e ON e.id = w.exhibit_id WHERE "
)


def of_exhibit(store: Store, exhibit_id: int) -> list[Row]:
    """The matches of an exhibit with earlier ones, closest first."""
    return store.rows(
        _MATCHES + "v.exhibit_id = ? ORDER BY coalesce(m.distance, 999), m.id", (exhibit_id,)
    )


def match(store: Store, match_id: int) -> Row | None:
    """One match."""
    return store.row(_MATCHES + "m.id = ?", (match_id,))


def alike(store: Store, exhibit_id: int) -> list[int]:
    """The exhibits that match this one, whichever came first."""
    rows = store.rows(
        "SELECT CASE v.exhibit_id WHEN ?1 THEN w.exhibit_id ELSE v.exhibit_id END AS id"
        " FROM match m JOIN view v ON v.id = m.view_id JOIN view w ON w.id = m.earlier_view_id"
        " WHERE v.exhibit_id = ?1 OR w.exhibit_id = ?1",
        (exhibit_id,),
    )
    return [row["id"] for row in rows]


def matched(store: Store, exhibit_id: int, earlier_exhibit_id: int) -> bool:
    """Whether these two exhibits are known as a match, whichever came first."""
    row = store.row(
        "SELECT 1 FROM match m JOIN view v ON v.id = m.view_id JOIN view w"
        " ON w.id = m.earlier_view_id WHERE (v.exhibit_id = ?1 AND w.exhibit_id = ?2)"
        " OR (v.exhibit_id = ?2 AND w.exhibit_id = ?1)",
        (exhibit_id, earlier_exhibit_id),
    )
    return row is not None
