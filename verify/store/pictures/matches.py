"""Views found alike, what proves it, and what people said of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import msgspec

from verify.matching.clusters import MOST
from verify.records import WHOLE, Chance, Corners, Orientation, Proof, Stretch, View
from verify.store.database.connection import LISTED, Row, Store, listed, now, stamp
from verify.store.pictures import views


@dataclass(frozen=True)
class Correspondence:
    """What makes a view match one of an earlier exhibit: see `verify.records.Match`.

    exhibit_id: the incoming one's, 0 where it is not kept. earlier_view_id: 0 where the very
    bytes are the same, or where the view is not recorded yet.
    """

    earlier_exhibit_id: int
    method: str
    orientation: Orientation
    chance: Chance
    distance: int | None = None
    proof: Proof | None = None
    view: View = WHOLE
    earlier_view: View = WHOLE
    earlier_view_id: int = 0
    exhibit_id: int = 0
    shown: tuple[Stretch, ...] = ()


@dataclass(frozen=True)
class Kept:
    """A correspondence in the store. same: what a person said of it; None while nobody did."""

    id: int
    same: bool | None
    correspondence: Correspondence


@dataclass(frozen=True, slots=True)
class Pair:
    """Two views that matched, with what each shows of the other and where it lies itself.

    proved: by geometry; only then the regions are known.
    """

    view_id: int
    earlier_view_id: int
    method: str
    proved: bool
    region: Corners | None
    earlier_region: Corners | None
    corners: Corners | None
    earlier_corners: Corners | None


_corners = msgspec.json.Decoder(Corners).decode  # made once: that takes longer than to decode
_lies = msgspec.json.Decoder(tuple[float, ...]).decode
_shown = msgspec.json.Decoder(tuple[Stretch, ...]).decode
_MOST_COPIES = 2000  # that are followed
_PLACES = ("region", "earlier_region", "corners", "earlier_corners")


def add(store: Store, examination_id: int, exhibit_id: int, found: Correspondence) -> None:
    """Record that a view shows the same as an earlier one. Inside a transaction."""
    proof = found.proof
    store.insert_once(
        "match",
        examination_id=examination_id,
        view_id=views.named(store, exhibit_id, found.view),
        earlier_view_id=found.earlier_view_id
        or views.named(store, found.earlier_exhibit_id, found.earlier_view),
        method=found.method,
        orientation=found.orientation,
        distance=found.distance,
        region=_json(proof.region) if proof else None,
        earlier_region=_json(proof.earlier_region) if proof else None,
        scale=proof.scale if proof else None,
        inliers=proof.inliers if proof else None,
        agreement=proof.agreement if proof else None,
        map=_json(proof.lies) if proof else None,
        expected=found.chance.expected,
        bound=found.chance.bound,
        found_at=stamp(now()),
        shown=_json(found.shown) if found.shown else None,
    )


def show(store: Store, match_id: int, shown: tuple[Stretch, ...]) -> None:
    """Record which stretches a match shows. Inside a transaction."""
    store.change("UPDATE match SET shown = ? WHERE id = ?", (_json(shown), match_id))


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()


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


_SAME = "(SELECT same FROM judgement WHERE match_id = m.id ORDER BY id DESC LIMIT 1)"
NOT_REFUSED = f"coalesce({_SAME}, 1) = 1"
"""Whether nobody called a match, named m, not the same."""
_VIEWS = "JOIN view v ON v.id = m.view_id JOIN view w ON w.id = m.earlier_view_id WHERE "
_JOINED = f" FROM match m {_VIEWS}"
_MATCHES = (
    "SELECT m.*, v.exhibit_id, w.exhibit_id AS earlier_exhibit_id,"
    " v.kind, v.at_ms, v.corners, v.number, w.kind AS earlier_kind, w.at_ms AS earlier_at_ms,"
    f" w.corners AS earlier_corners, w.number AS earlier_number, {_SAME} AS same{_JOINED}"
)
_CLOSEST_FIRST = " ORDER BY coalesce(m.distance, 999), m.id"


def earlier(store: Store, *exhibit_ids: int) -> list[Kept]:
    """The matches of exhibits with what came before them, closest first."""
    which = f"v.exhibit_id IN {LISTED}"
    rows = store.rows(_MATCHES + which + _CLOSEST_FIRST, (listed(exhibit_ids),))
    return [_kept(row) for row in rows]


def later(store: Store, *exhibit_ids: int) -> list[Kept]:
    """The matches with exhibits of what came after them, closest first."""
    which = f"w.exhibit_id IN {LISTED}"
    rows = store.rows(_MATCHES + which + _CLOSEST_FIRST, (listed(exhibit_ids),))
    return [_kept(row) for row in rows]


def touching(store: Store, exhibit_ids: Iterable[int]) -> list[Kept]:
    """The matches of exhibits with what came before them and after them, but for what somebody
    refused."""
    ids = listed(exhibit_ids)
    either = f"SELECT id FROM view WHERE exhibit_id IN {LISTED}"
    rows = store.rows(
        f"{_MATCHES}m.view_id IN ({either})"
        f" UNION {_MATCHES}m.earlier_view_id IN ({either}) ORDER BY 1",
        (ids, ids),
    )
    return [_kept(row) for row in rows if row["same"] != 0]


def match(store: Store, match_id: int) -> Kept | None:
    """One match."""
    row = store.row(_MATCHES + "m.id = ?", (match_id,))
    return _kept(row) if row else None


def pairs(store: Store, exhibit_id: int | None = None) -> list[Pair]:
    """The views that matched, but for what somebody refused; only those of an exhibit with what
    came before it, where one is named."""
    named = "" if exhibit_id is None else " AND v.exhibit_id = ?"
    rows = store.rows(
        "SELECT m.view_id, m.earlier_view_id, m.method, m.inliers, m.region, m.earlier_region,"
        f" v.corners, w.corners AS earlier_corners{_JOINED}coalesce({_SAME}, 1) = 1{named}",
        () if exhibit_id is None else (exhibit_id,),
    )
    return [
        Pair(
            row["view_id"],
            row["earlier_view_id"],
            row["method"],
            row["inliers"] is not None,
            *(row[name] and _corners(row[name]) for name in _PLACES),
        )
        for row in rows
    ]


def _most(region: str) -> str:
    """SQL for whether a region fills most of its picture, by the shoelace formula; see
    `verify.matching.clusters.is_copy`."""
    x, y = ([f"json_extract(m.{region}, '$[{n}][{axis}]')" for n in range(4)] for axis in (0, 1))
    turns = ((n, (n + 1) % 4) for n in range(4))
    area = " + ".join(f"{x[one]} * {y[next]} - {x[next]} * {y[one]}" for one, next in turns)
    return f"(m.{region} IS NULL OR abs({area}) / 2 >= {MOST})"


_COPIES = (
    f" FROM cluster c JOIN view x ON x.exhibit_id = c.id JOIN match m ON %s {_VIEWS}"
    "v.kind = 'whole' AND w.kind = 'whole' AND (m.inliers IS NOT NULL OR m.method = 'pdq')"
    f" AND {_most('region')} AND {_most('earlier_region')} AND coalesce({_SAME}, 1) = 1"
)


def copies(store: Store, exhibit_ids: Iterable[int]) -> list[tuple[int, int]]:
    """The pairs of exhibits that are copies of one picture, as far as they lead on from these:
    copies of copies, too. What somebody called not the same leads nowhere."""
    rows = store.rows(
        f"WITH RECURSIVE cluster(id) AS (SELECT value FROM json_each(?)"
        f" UNION SELECT w.exhibit_id{_COPIES % 'm.view_id = x.id'}"
        f" UNION SELECT v.exhibit_id{_COPIES % 'm.earlier_view_id = x.id'} LIMIT {_MOST_COPIES})"
        f" SELECT v.exhibit_id AS one, w.exhibit_id AS other{_COPIES % 'm.view_id = x.id'}",
        (listed(exhibit_ids),),
    )
    return [(row["one"], row["other"]) for row in rows]


def matched(store: Store, exhibit_id: int, earlier_exhibit_id: int) -> bool:
    """Whether these two exhibits are known as a match, whichever came first."""
    row = store.row(
        f"SELECT 1{_JOINED}(v.exhibit_id = ?1 AND w.exhibit_id = ?2)"
        " OR (v.exhibit_id = ?2 AND w.exhibit_id = ?1)",
        (exhibit_id, earlier_exhibit_id),
    )
    return row is not None


def between(store: Store, exhibit_id: int, other_id: int) -> Kept | None:
    """The match of two exhibits, whichever came first."""
    row = store.row(
        _MATCHES + "(v.exhibit_id = ?1 AND w.exhibit_id = ?2)"
        " OR (v.exhibit_id = ?2 AND w.exhibit_id = ?1) ORDER BY m.id",
        (exhibit_id, other_id),
    )
    return _kept(row) if row else None


def _kept(row: Row) -> Kept:
    proof = None
    if row["inliers"] is not None:
        proof = Proof(
            region=_corners(row["region"]),
            earlier_region=_corners(row["earlier_region"]),
            lies=_lies(row["map"]),
            scale=row["scale"],
            inliers=row["inliers"],
            agreement=row["agreement"],
        )
    found = Correspondence(
        earlier_exhibit_id=row["earlier_exhibit_id"],
        method=row["method"],
        orientation=Orientation(row["orientation"]),
        chance=Chance(expected=row["expected"], bound=bool(row["bound"])),
        distance=row["distance"],
        proof=proof,
        view=views.read(row),
        earlier_view=views.read(row, "earlier_"),
        earlier_view_id=row["earlier_view_id"],
        exhibit_id=row["exhibit_id"],
        shown=_shown(row["shown"]) if row["shown"] else (),
    )
    same = None if row["same"] is None else bool(row["same"])
    return Kept(row["id"], same, found)
