"""Views that look alike where they overlap, which proves nothing: no match, in no cluster."""

from __future__ import annotations

import msgspec

from verify.records import Chance, Corners, Orientation, Proof
from verify.store.database.connection import LISTED, Row, Store, listed, now, stamp
from verify.store.pictures import views
from verify.store.pictures.matches import Correspondence

LOOKS_ALIKE = "looks-alike"
"""The method of such a correspondence."""

_corners = msgspec.json.Decoder(Corners).decode
_lies = msgspec.json.Decoder(tuple[float, ...]).decode


def add(store: Store, exhibit_id: int, found: Correspondence) -> None:
    """Record that a view looks like an earlier one. Inside a transaction."""
    if proof := found.proof:
        store.insert_once(
            "resemblance",
            view_id=views.named(store, exhibit_id, found.view),
            earlier_view_id=views.named(store, found.earlier_exhibit_id, found.earlier_view),
            orientation=found.orientation,
            region=_json(proof.region),
            earlier_region=_json(proof.earlier_region),
            map=_json(proof.lies),
            scale=proof.scale,
            inliers=proof.inliers,
            agreement=proof.agreement,
            expected=found.chance.expected,
            bound=found.chance.bound,
            found_at=stamp(now()),
        )


def earlier(store: Store, *exhibit_ids: int) -> list[Correspondence]:
    """What exhibits look like of what came before them, but for what is a match by now, or was
    called not the same; most details first."""
    rows = store.rows(
        "SELECT r.*, v.exhibit_id, w.exhibit_id AS earlier_exhibit_id, v.kind, v.at_ms, v.corners,"
        " v.number, w.kind AS earlier_kind, w.at_ms AS earlier_at_ms,"
        " w.corners AS earlier_corners, w.number AS earlier_number FROM resemblance r"
        " JOIN view v ON v.id = r.view_id JOIN view w ON w.id = r.earlier_view_id"
        f" WHERE v.exhibit_id IN {LISTED} AND NOT EXISTS (SELECT 1 FROM view a"
        " JOIN match m ON m.view_id = a.id JOIN view b ON b.id = m.earlier_view_id"
        " WHERE a.exhibit_id = v.exhibit_id AND b.exhibit_id = w.exhibit_id)"
        " ORDER BY r.inliers DESC, r.id",
        (listed(exhibit_ids),),
    )
    return [_read(row) for row in rows]


def _read(row: Row) -> Correspondence:
    return Correspondence(
        earlier_exhibit_id=row["earlier_exhibit_id"],
        method=LOOKS_ALIKE,
        orientation=Orientation(row["orientation"]),
        chance=Chance(expected=row["expected"], bound=bool(row["bound"])),
        proof=Proof(
            region=_corners(row["region"]),
            earlier_region=_corners(row["earlier_region"]),
            lies=_lies(row["map"]),
            scale=row["scale"],
            inliers=row["inliers"],
            agreement=row["agreement"],
        ),
        view=views.read(row),
        earlier_view=views.read(row, "earlier_"),
        earlier_view_id=row["earlier_view_id"],
        exhibit_id=row["exhibit_id"],
    )


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()
