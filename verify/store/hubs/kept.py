"""What other desks shared: entries as they come, how they are found, what they name here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

import msgspec

from verify.records import Features, HubEntry, Rating, SeenElsewhere
from verify.store.database.connection import LISTED, Row, Store, listed, moment, stamp
from verify.store.packs.kept import Hit, Known
from verify.store.pictures import views

_AT_ONCE = 1_000  # views


def put(
    store: Store, desk: str, key: str, first_seen: datetime, shared_at: datetime, entry: HubEntry,
    round_: int,
) -> int | None:  # fmt: skip
    """Keep an entry of another desk; None where it is here already. Inside a transaction."""
    at = "desk = ? AND key = ?"
    if store.change(f"UPDATE hub_entry SET round = ? WHERE {at}", (round_, desk, key)):
        return None
    entry_id = store.insert(
        "hub_entry",
        desk=desk,
        key=key,
        round=round_,
        first_seen=stamp(first_seen),
        shared_at=stamp(shared_at),
        ask=entry.ask,
        rating=entry.rating.value if entry.rating else "",
        held=0,
    )
    for view in entry.views:
        view_id = store.insert(
            "hub_view",
            entry_id=entry_id,
            kind=view.kind.value,
            at_ms=view.at_ms,
            corners=msgspec.json.encode(view.corners).decode() if view.corners else None,
            number=view.number,
            pdq=view.pdq or None,
        )
        if view.features:
            body = msgspec.msgpack.encode(view.features)
            store.insert("hub_features", view_id=view_id, body=body)
    return entry_id


def with_key(store: Store, desk: str, key: str) -> int | None:
    """The entry that a desk shared under a key."""
    row = store.row("SELECT id FROM hub_entry WHERE desk = ? AND key = ?", (desk, key))
    return row["id"] if row else None


def stands(store: Store, entry_id: int) -> bool:
    """Whether an entry is here."""
    return store.row("SELECT 1 FROM hub_entry WHERE id = ?", (entry_id,)) is not None


def left_behind(store: Store, round_: int) -> list[int]:
    """The entries that the log had in earlier rounds and not in this one."""
    return [row["id"] for row in store.rows("SELECT id FROM hub_entry WHERE round <> ?", (round_,))]


def remove(store: Store, entry_ids: Iterable[int]) -> tuple[set[int], list[int]]:
    """Take entries out; gives the exhibits that they named, and the views that were theirs. Inside
    a transaction."""
    ids = listed(entry_ids)
    named = store.rows(f"SELECT exhibit_id FROM hub_hit WHERE entry_id IN {LISTED}", (ids,))
    seen = store.rows(f"SELECT id FROM hub_view WHERE entry_id IN {LISTED}", (ids,))
    gone = listed(row["id"] for row in seen)
    for sql, values in (
        (f"DELETE FROM hub_hit WHERE entry_id IN {LISTED}", ids),
        (f"DELETE FROM hub_features WHERE view_id IN {LISTED}", gone),
        (f"DELETE FROM hub_view WHERE entry_id IN {LISTED}", ids),
        (f"DELETE FROM hub_entry WHERE id IN {LISTED}", ids),
    ):
        store.change(sql, (values,))
    return {row["exhibit_id"] for row in named}, [row["id"] for row in seen]


def any_(store: Store) -> bool:
    """Whether anything of other desks is here."""
    return store.row("SELECT 1 FROM hub_entry LIMIT 1") is not None


def hashes(store: Store, entry_ids: Iterable[int] | None = None) -> list[Row]:
    """The hashes of all views, or of those of some entries: rows of id and pdq."""
    if entry_ids is None:
        return store.rows("SELECT id, pdq FROM hub_view WHERE pdq IS NOT NULL")
    return store.rows(
        f"SELECT id, pdq FROM hub_view WHERE pdq IS NOT NULL AND entry_id IN {LISTED}",
        (listed(entry_ids),),
    )


def described(store: Store, but: set[int]) -> Iterator[tuple[int, int, Features]]:
    """The views that have features, with their entries; without some views."""
    last = 0
    while rows := store.rows(
        "SELECT v.id, v.entry_id, f.body FROM hub_view v JOIN hub_features f ON f.view_id = v.id"
        " WHERE v.id > ? ORDER BY v.id LIMIT ?",
        (last, _AT_ONCE),
    ):
        last = rows[-1]["id"]
        yield from ((r["id"], r["entry_id"], _features(r)) for r in rows if r["id"] not in but)


def known_views(store: Store) -> Iterator[int]:
    """The views that have features."""
    yield from (row["view_id"] for row in store.rows("SELECT view_id FROM hub_features"))


def described_of(store: Store, entry_id: int) -> list[tuple[int, Features]]:
    """The views of an entry that have features."""
    rows = store.rows(
        "SELECT v.id, f.body FROM hub_view v JOIN hub_features f ON f.view_id = v.id"
        " WHERE v.entry_id = ? ORDER BY v.id",
        (entry_id,),
    )
    return [(row["id"], _features(row)) for row in rows]


def features_of(store: Store, view_id: int) -> Features | None:
    """The features of a view."""
    row = store.row("SELECT body FROM hub_features WHERE view_id = ?", (view_id,))
    return _features(row) if row else None


def is_described(store: Store, entry_id: int) -> bool:
    """Whether any view of an entry has features."""
    sql = "SELECT 1 FROM hub_features f JOIN hub_view v ON v.id = f.view_id WHERE v.entry_id = ?"
    return store.row(sql, (entry_id,)) is not None


def known(store: Store, view_ids: Iterable[int]) -> dict[int, Known]:
    """Views by their ids."""
    rows = store.rows(f"SELECT * FROM hub_view WHERE id IN {LISTED}", (listed(view_ids),))
    return {row["id"]: Known(row["entry_id"], views.read(row)) for row in rows}


def to_hold(store: Store, most: int) -> list[int]:
    """Entries that what is here was not held against, the oldest first."""
    rows = store.rows("SELECT id FROM hub_entry WHERE NOT held ORDER BY id LIMIT ?", (most,))
    return [row["id"] for row in rows]


def held(store: Store, entry_ids: Iterable[int]) -> None:
    """Note that what is here was held against entries."""
    store.change(f"UPDATE hub_entry SET held = 1 WHERE id IN {LISTED}", (listed(entry_ids),))


def unlooked(store: Store, most: int) -> list[int]:
    """Exhibits that were not held against what was here of the hub then, the latest first."""
    rows = store.rows(
        "SELECT e.id FROM exhibit e LEFT JOIN hub_looked l ON l.exhibit_id = e.id"
        " WHERE l.exhibit_id IS NULL"
        " AND EXISTS (SELECT 1 FROM examination x WHERE x.exhibit_id = e.id)"
        " AND NOT EXISTS (SELECT 1 FROM withheld w WHERE w.exhibit_id = e.id)"
        " ORDER BY e.id DESC LIMIT ?",
        (most,),
    )
    return [row["id"] for row in rows]


def looked(store: Store, exhibit_id: int, found: Mapping[int, Hit]) -> set[int]:
    """Keep which entries show what an exhibit shows, beside those that are known; gives the new
    ones. Inside a transaction."""
    store.insert_once("hub_looked", exhibit_id=exhibit_id)
    there = store.rows(f"SELECT id FROM hub_entry WHERE id IN {LISTED}", (listed(found),))
    new = set()
    for entry_id in (row["id"] for row in there):  # it may have been taken back meanwhile
        body = msgspec.json.encode(found[entry_id]).decode()
        sql = "SELECT 1 FROM hub_hit WHERE exhibit_id = ? AND entry_id = ?"
        if store.row(sql, (exhibit_id, entry_id)) is None:
            store.insert("hub_hit", exhibit_id=exhibit_id, entry_id=entry_id, body=body)
            new.add(entry_id)
    return new


def told_in(store: Store, entry_id: int, case_id: int, but: int) -> bool:
    """Whether an entry shows another exhibit of a case than this one."""
    row = store.row(
        "SELECT 1 FROM hub_hit h JOIN submission s ON s.exhibit_id = h.exhibit_id"
        " WHERE h.entry_id = ? AND s.case_id = ? AND h.exhibit_id <> ?",
        (entry_id, case_id, but),
    )
    return row is not None


def hits(store: Store, exhibit_ids: Iterable[int]) -> dict[int, tuple[SeenElsewhere, ...]]:
    """What other desks say of exhibits, by exhibit, whoever saw it first before the others."""
    rows = store.rows(
        "SELECT h.exhibit_id, h.body, e.* FROM hub_hit h JOIN hub_entry e ON e.id = h.entry_id"
        f" WHERE h.exhibit_id IN {LISTED} ORDER BY e.first_seen, e.id",
        (listed(exhibit_ids),),
    )
    found: dict[int, tuple[SeenElsewhere, ...]] = {}
    for row in rows:
        hit = msgspec.json.decode(row["body"], type=Hit)
        found[row["exhibit_id"]] = (*found.get(row["exhibit_id"], ()), _seen(row, hit))
    return found


def told(store: Store, found: Mapping[int, Hit]) -> tuple[SeenElsewhere, ...]:
    """What other desks say by these entries, in the same order."""
    rows = store.rows(
        f"SELECT * FROM hub_entry WHERE id IN {LISTED} ORDER BY first_seen, id", (listed(found),)
    )
    return tuple(_seen(row, found[row["id"]]) for row in rows)


def _seen(row: Row, hit: Hit) -> SeenElsewhere:
    return SeenElsewhere(
        entry=row["id"],
        desk=row["desk"],
        first_seen=moment(row["first_seen"]),
        shared_at=moment(row["shared_at"]),
        ask=row["ask"],
        rating=Rating(row["rating"]) if row["rating"] else None,
        **msgspec.structs.asdict(hit),
    )


def _features(row: Row) -> Features:
    return msgspec.msgpack.decode(row["body"], type=Features)
