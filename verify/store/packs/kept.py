"""What the desk keeps of packs: their entries, how these are found, and what they name here.

A pack counts once all of it is here, until it expires or is removed.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import NamedTuple

import msgspec

from verify.records import (
    CheckedElsewhere,
    Corners,
    Features,
    Pack,
    PackEntry,
    PackHeader,
    Rating,
    SharedEntry,
    View,
    ViewKind,
)
from verify.store.database.connection import LISTED, Row, Store, listed, moment, now, stamp
from verify.store.packs.file import Read
from verify.store.pictures import views

_STANDING = "JOIN pack p ON p.id = e.pack_id AND p.whole AND p.expires_at > "
AT_ONCE = 1_000
"""Views, or entries."""


class Hit(msgspec.Struct, frozen=True):
    """What of a `CheckedElsewhere` is not in the pack."""

    method: str
    distance: int | None = None
    view: ViewKind = ViewKind.WHOLE
    at_ms: int | None = None
    region: Corners | None = None


class Known(NamedTuple):
    """A view of a pack."""

    entry_id: int
    view: View


def begin(store: Store, header: PackHeader, key: str, digest: str) -> int:
    """A pack that is to come. Inside a transaction."""
    return store.insert(
        "pack",
        name=header.name,
        publisher=header.publisher,
        key=key,
        digest=digest,
        made_at=stamp(header.made_at),
        expires_at=stamp(header.expires_at),
        added_at=stamp(now()),
        entries=0,
        whole=0,
        unpublished=header.unpublished,
    )


def add(store: Store, pack_id: int, key: str, several: Iterable[Read]) -> None:
    """Put entries into it, without those that who holds the key withdrew. Inside a transaction."""
    for one in several:
        if is_withdrawn(store, key, one.digest):
            continue
        entry_id = store.insert(
            "pack_entry", pack_id=pack_id, digest=one.digest, **_words(one.entry)
        )
        for view in one.entry.views:
            view_id = store.insert(
                "pack_view",
                entry_id=entry_id,
                kind=view.kind.value,
                at_ms=view.at_ms,
                corners=msgspec.json.encode(view.corners).decode() if view.corners else None,
                number=view.number,
                pdq=view.pdq or None,
            )
            if view.features:
                body = msgspec.msgpack.encode(view.features)
                store.insert("pack_features", view_id=view_id, body=body)


def _words(entry: PackEntry | SharedEntry) -> dict[str, str]:
    if isinstance(entry, SharedEntry):
        return {
            "rating": "", "checked_by": "", "published": "", "link": "", "claim": "",
            "ask": entry.ask,
        }  # fmt: skip
    return {
        "rating": entry.rating.value,
        "checked_by": entry.by,
        "published": entry.on.isoformat(),
        "link": entry.link,
        "claim": entry.claim,
    }


def end(store: Store, pack_id: int) -> None:
    """Note that all of it is here and can be found. Inside a transaction."""
    store.change("UPDATE pack SET whole = 1 WHERE id = ?", (pack_id,))
    _count(store, [pack_id])


def _count(store: Store, pack_ids: Iterable[int]) -> None:
    store.change(
        "UPDATE pack SET entries = (SELECT count(*) FROM pack_entry WHERE pack_id = pack.id)"
        f" WHERE id IN {LISTED}",
        (listed(pack_ids),),
    )


def retire(store: Store, pack_id: int) -> None:
    """Have a pack count no more and name nothing; `remove` does the rest. Inside a transaction."""
    store.change(
        "DELETE FROM pack_hit WHERE entry_id IN (SELECT id FROM pack_entry WHERE pack_id = ?)",
        (pack_id,),
    )
    store.change("UPDATE pack SET whole = 0 WHERE id = ?", (pack_id,))


def remove(store: Store, pack_id: int) -> bool:
    """Take some entries of a retired pack out, and last itself; whether something is left. Inside
    a transaction, and again, so that nobody waits long for it."""
    rows = store.rows("SELECT id FROM pack_entry WHERE pack_id = ? LIMIT ?", (pack_id, AT_ONCE))
    if not rows:
        store.change("DELETE FROM pack WHERE id = ?", (pack_id,))
        return False
    _delete(store, (row["id"] for row in rows))
    return True


def _delete(store: Store, entry_ids: Iterable[int]) -> None:
    """Delete entries that name no exhibit."""
    ids = listed(entry_ids)
    for sql in (
        "DELETE FROM pack_features WHERE view_id IN"
        f" (SELECT id FROM pack_view WHERE entry_id IN {LISTED})",
        f"DELETE FROM pack_view WHERE entry_id IN {LISTED}",
        f"DELETE FROM pack_entry WHERE id IN {LISTED}",
    ):
        store.change(sql, (ids,))


def unfinished(store: Store) -> list[int]:
    """Packs that do not count: whoever added or removed them was stopped, or is at it."""
    return [row["id"] for row in store.rows("SELECT id FROM pack WHERE NOT whole")]


def withdraw(store: Store, key: str, digests: Iterable[str]) -> list[Pack]:
    """Note that a publisher withdrew packs, or entries; gives those packs that are here. Inside a
    transaction."""
    for digest in digests:
        store.insert_once("pack_withdrawn", key=key, digest=digest)
    rows = store.rows(
        "SELECT p.* FROM pack p JOIN pack_withdrawn w ON w.key = p.key AND w.digest = p.digest"
        " WHERE p.whole"
    )
    return [_pack(row) for row in rows]


def take_back(store: Store, key: str, digests: Iterable[str]) -> tuple[set[int], set[int]]:
    """Take out the entries that a publisher withdrew one by one; gives the packs that they were in
    and the exhibits that they named. Inside a transaction."""
    rows = store.rows(
        "SELECT e.id, e.pack_id FROM pack_entry e JOIN pack p ON p.id = e.pack_id"
        " WHERE p.key = ? AND p.whole AND e.digest IN (SELECT value FROM json_each(?))",
        (key, json.dumps([*digests])),
    )
    ids, packs = {row["id"] for row in rows}, {row["pack_id"] for row in rows}
    hit = store.rows(
        f"SELECT DISTINCT exhibit_id FROM pack_hit WHERE entry_id IN {LISTED}", (listed(ids),)
    )
    store.change(f"DELETE FROM pack_hit WHERE entry_id IN {LISTED}", (listed(ids),))
    _delete(store, ids)
    _count(store, packs)
    return packs, {row["exhibit_id"] for row in hit}


def is_withdrawn(store: Store, key: str, digest: str) -> bool:
    """Whether its publisher withdrew a pack, or an entry of one."""
    sql = "SELECT 1 FROM pack_withdrawn WHERE key = ? AND digest = ?"
    return store.row(sql, (key, digest)) is not None


def every(store: Store) -> list[Pack]:
    """The packs that are here, expired ones too."""
    return [_pack(row) for row in store.rows("SELECT * FROM pack WHERE whole ORDER BY id")]


def standing(store: Store) -> list[int]:
    """The packs that count now."""
    sql = "SELECT id FROM pack WHERE whole AND expires_at > ? ORDER BY id"
    return [row["id"] for row in store.rows(sql, (stamp(now()),))]


def expired(store: Store) -> set[int]:
    """Exhibits that packs name which count no more."""
    rows = store.rows(
        "SELECT DISTINCT h.exhibit_id FROM pack_hit h JOIN pack_entry e ON e.id = h.entry_id"
        " JOIN pack p ON p.id = e.pack_id WHERE p.expires_at <= ?",
        (stamp(now()),),
    )
    return {row["exhibit_id"] for row in rows}


def hashes(store: Store, pack_ids: Iterable[int]) -> list[Row]:
    """The hashes of packs' views: rows of id and pdq."""
    return store.rows(
        "SELECT v.id, v.pdq FROM pack_view v JOIN pack_entry e ON e.id = v.entry_id"
        f" WHERE v.pdq IS NOT NULL AND e.pack_id IN {LISTED}",
        (listed(pack_ids),),
    )


def described(store: Store, pack_id: int) -> Iterator[list[tuple[int, int, Features]]]:
    """The views of a pack that have features, with their entries, some at a time."""
    last = 0
    while rows := store.rows(
        "SELECT v.id, v.entry_id, f.body FROM pack_view v JOIN pack_entry e ON e.id = v.entry_id"
        " JOIN pack_features f ON f.view_id = v.id WHERE e.pack_id = ? AND v.id > ?"
        " ORDER BY v.id LIMIT ?",
        (pack_id, last, AT_ONCE),
    ):
        last = rows[-1]["id"]
        yield [(row["id"], row["entry_id"], _features(row)) for row in rows]


def features_of(store: Store, view_id: int) -> Features | None:
    """The features of a pack's view."""
    row = store.row("SELECT body FROM pack_features WHERE view_id = ?", (view_id,))
    return _features(row) if row else None


def is_described(store: Store, entry_id: int) -> bool:
    """Whether any view of an entry has features."""
    sql = "SELECT 1 FROM pack_features f JOIN pack_view v ON v.id = f.view_id WHERE v.entry_id = ?"
    return store.row(sql, (entry_id,)) is not None


def known(store: Store, view_ids: Iterable[int]) -> dict[int, Known]:
    """Views of packs by their ids."""
    rows = store.rows(f"SELECT * FROM pack_view WHERE id IN {LISTED}", (listed(view_ids),))
    return {row["id"]: Known(row["entry_id"], views.read(row)) for row in rows}


def forget_expired(store: Store) -> None:
    """Name nothing by packs that count no more. Inside a transaction."""
    store.change(
        "DELETE FROM pack_hit WHERE entry_id IN (SELECT e.id FROM pack_entry e"
        " JOIN pack p ON p.id = e.pack_id WHERE p.expires_at <= ?)",
        (stamp(now()),),
    )


def told_in(store: Store, entry_id: int, case_id: int, but: int) -> bool:
    """Whether an entry shows another exhibit of a case than this one."""
    row = store.row(
        "SELECT 1 FROM pack_hit h JOIN submission s ON s.exhibit_id = h.exhibit_id"
        " WHERE h.entry_id = ? AND s.case_id = ? AND h.exhibit_id <> ?",
        (entry_id, case_id, but),
    )
    return row is not None


def unlooked(store: Store, most: int) -> list[int]:
    """Exhibits that were not held against all packs, the latest first."""
    rows = store.rows(
        "SELECT e.id FROM exhibit e LEFT JOIN pack_looked l ON l.exhibit_id = e.id"
        " WHERE coalesce(l.upto, 0) < (SELECT coalesce(max(id), 0) FROM pack"
        " WHERE whole AND expires_at > ?)"
        " AND EXISTS (SELECT 1 FROM examination x WHERE x.exhibit_id = e.id)"
        " AND NOT EXISTS (SELECT 1 FROM withheld w WHERE w.exhibit_id = e.id)"
        " ORDER BY e.id DESC LIMIT ?",
        (stamp(now()), most),
    )
    return [row["id"] for row in rows]


def looked(store: Store, exhibit_id: int, upto: int, found: Mapping[int, Hit]) -> set[int]:
    """Keep which entries show what an exhibit shows, beside those that are known; gives the new
    ones. Inside a transaction."""
    store.change("DELETE FROM pack_looked WHERE exhibit_id = ?", (exhibit_id,))
    store.insert("pack_looked", exhibit_id=exhibit_id, upto=upto)
    there = store.rows(f"SELECT id FROM pack_entry WHERE id IN {LISTED}", (listed(found),))
    new = set()
    for entry_id in (row["id"] for row in there):  # its pack may have gone meanwhile
        body = msgspec.json.encode(found[entry_id]).decode()
        sql = "SELECT 1 FROM pack_hit WHERE exhibit_id = ? AND entry_id = ?"
        if store.row(sql, (exhibit_id, entry_id)) is None:
            store.insert("pack_hit", exhibit_id=exhibit_id, entry_id=entry_id, body=body)
            new.add(entry_id)
    return new


def named(store: Store, pack_id: int) -> set[int]:
    """The exhibits that a pack names."""
    rows = store.rows(
        "SELECT DISTINCT h.exhibit_id FROM pack_hit h JOIN pack_entry e ON e.id = h.entry_id"
        " WHERE e.pack_id = ?",
        (pack_id,),
    )
    return {row["exhibit_id"] for row in rows}


def hits(store: Store, exhibit_ids: Iterable[int]) -> dict[int, tuple[CheckedElsewhere, ...]]:
    """What packs that count now say of exhibits, by exhibit, the latest published first."""
    rows = store.rows(
        "SELECT h.exhibit_id, h.body, e.*, p.name, p.publisher FROM pack_hit h"
        f" JOIN pack_entry e ON e.id = h.entry_id {_STANDING} ?"
        f" WHERE h.exhibit_id IN {LISTED} ORDER BY e.published DESC, e.id",
        (stamp(now()), listed(exhibit_ids)),
    )
    found: dict[int, tuple[CheckedElsewhere, ...]] = {}
    for row in rows:
        hit = msgspec.json.decode(row["body"], type=Hit)
        there = found.get(row["exhibit_id"], ())
        found[row["exhibit_id"]] = (*there, _checked(row, hit))
    return found


def told(store: Store, found: Mapping[int, Hit]) -> tuple[CheckedElsewhere, ...]:
    """What packs that count now say by these entries, the latest published first."""
    rows = store.rows(
        f"SELECT e.*, p.name, p.publisher FROM pack_entry e {_STANDING} ?"
        f" WHERE e.id IN {LISTED} ORDER BY e.published DESC, e.id",
        (stamp(now()), listed(found)),
    )
    return tuple(_checked(row, found[row["id"]]) for row in rows)


def _checked(row: Row, hit: Hit) -> CheckedElsewhere:
    return CheckedElsewhere(
        entry=row["id"],
        pack=row["name"],
        publisher=row["publisher"],
        rating=Rating(row["rating"]) if row["rating"] else None,
        by=row["checked_by"],
        on=date.fromisoformat(row["published"]) if row["published"] else None,
        link=row["link"],
        claim=row["claim"],
        ask=row["ask"],
        **msgspec.structs.asdict(hit),
    )


def _features(row: Row) -> Features:
    return msgspec.msgpack.decode(row["body"], type=Features)


def _pack(row: Row) -> Pack:
    return Pack(
        number=row["id"],
        name=row["name"],
        publisher=row["publisher"],
        key=row["key"],
        digest=row["digest"],
        made_at=moment(row["made_at"]),
        expires_at=moment(row["expires_at"]),
        added_at=moment(row["added_at"]),
        entries=row["entries"],
        unpublished=bool(row["unpublished"]),
    )
