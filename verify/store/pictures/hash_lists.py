"""Lists of hashes that others share, and the exhibits that they name.

A list counts once all of it is here: an import that was cut goes on with it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

import msgspec

from verify.records import ListedHash, ListHit
from verify.store.database.connection import LISTED, Store, listed

_BYTES = ("sha256", "sha1", "md5")
_STANDING = "JOIN hash_list l ON l.id = h.list_id AND l.upto IS NOT NULL"


@dataclass(frozen=True)
class Frame:
    """A frame of a film on a list, and the hash that it belongs to. seconds: when it is shown."""

    hash_id: int
    pdq: bytes
    seconds: float


class Hit(msgspec.Struct, frozen=True):
    """What of a `ListHit` is not in the list."""

    distance: int | None = None
    view: str = "whole"
    at: tuple[float, ...] = ()
    frames: int = 0
    of: int = 0
    listed_at: tuple[float, ...] = ()
    laid: str = "original"


def begin(store: Store, shelf_id: int, name: str, sha256: str) -> int:
    """A list of an import, or the one that it began before it was cut. Inside a transaction."""
    store.insert_once("hash_list", shelf_id=shelf_id, name=name, sha256=sha256)
    row = store.row(
        "SELECT id FROM hash_list WHERE shelf_id = ? AND name = ? AND sha256 = ?",
        (shelf_id, name, sha256),
    )
    if row is None:
        raise LookupError
    return int(row["id"])


def add(store: Store, list_id: int, several: Iterable[ListedHash]) -> int:
    """Put hashes on a list, each once; gives how many no list had. Inside a transaction."""
    new = 0
    for one in several:
        digest = bytes.fromhex(one.digits) if one.digits else _of_frames(one)
        known = store.row(
            "SELECT 1 FROM listed_hash WHERE kind = ? AND digest = ?", (one.kind, digest)
        )
        hash_id = store.insert_once(
            "listed_hash",
            list_id=list_id,
            kind=one.kind,
            digest=digest,
            label=one.label,
            source=one.source,
        )
        new += known is None
        if hash_id is not None:
            store.insert_all(
                "listed_frame",
                [
                    {
                        "hash_id": hash_id,
                        "number": frame.number,
                        "quality": frame.quality,
                        "pdq": bytes.fromhex(frame.pdq),
                        "seconds": frame.seconds,
                    }
                    for frame in one.frames
                ],
            )
    return new


def _of_frames(one: ListedHash) -> bytes:
    return hashlib.sha256(msgspec.json.encode(one.frames)).digest()


def end(store: Store, list_id: int) -> int:
    """Note that all of a list is here; gives how many hashes it has. Inside a transaction."""
    store.change(
        "UPDATE hash_list SET upto ="
        " (SELECT coalesce(max(id), 0) FROM listed_hash WHERE list_id = ?1) WHERE id = ?1",
        (list_id,),
    )
    row = store.row("SELECT count(*) AS n FROM listed_hash WHERE list_id = ?", (list_id,))
    return int(row["n"]) if row else 0


def newest(store: Store) -> int:
    """The last hash of all lists; 0 where there is none."""
    row = store.row("SELECT max(upto) AS n FROM hash_list")
    return int((row and row["n"]) or 0)


def count(store: Store) -> int:
    """How many lists there are."""
    row = store.row("SELECT count(*) AS n FROM hash_list WHERE upto IS NOT NULL")
    return int(row["n"]) if row else 0


def kinds(store: Store) -> set[str]:
    """Which kinds of hashes stand on lists."""
    found = set()
    for kind in (*_BYTES, "pdq", "vpdq"):
        if store.row(f"SELECT 1 FROM listed_hash h {_STANDING} WHERE h.kind = ? LIMIT 1", (kind,)):
            found.add(kind)
    return found


def of_bytes(store: Store, digests: Mapping[str, bytes]) -> list[int]:
    """The hashes on lists that these are. digests: by kind."""
    return [
        row["id"]
        for kind, digest in digests.items()
        for row in store.rows(
            f"SELECT h.id FROM listed_hash h {_STANDING} WHERE h.kind = ? AND h.digest = ?",
            (kind, digest),
        )
    ]


def pictures(store: Store) -> list[tuple[int, bytes]]:
    """The PDQ hashes of pictures on lists, by their ids."""
    rows = store.rows(f"SELECT h.id, h.digest FROM listed_hash h {_STANDING} WHERE h.kind = 'pdq'")
    return [(row["id"], row["digest"]) for row in rows]


def frames(store: Store, least_quality: int) -> list[Frame]:
    """The frames of films on lists that tell pictures apart, film by film in their order."""
    rows = store.rows(
        "SELECT f.hash_id, f.pdq, f.seconds FROM listed_frame f"
        f" JOIN listed_hash h ON h.id = f.hash_id {_STANDING}"
        " WHERE f.quality >= ? ORDER BY f.hash_id, f.seconds",
        (least_quality,),
    )
    return [Frame(*row) for row in rows]


def unlooked(store: Store, most: int) -> list[tuple[int, str]]:
    """Exhibits that were not held against all lists, with their digests, the latest first."""
    rows = store.rows(
        "SELECT e.id, e.sha256 FROM exhibit e LEFT JOIN list_looked l ON l.exhibit_id = e.id"
        " WHERE coalesce(l.upto, 0) < (SELECT coalesce(max(upto), 0) FROM hash_list)"
        " AND NOT EXISTS (SELECT 1 FROM withheld w WHERE w.exhibit_id = e.id)"
        " ORDER BY e.id DESC LIMIT ?",
        (most,),
    )
    return [(row["id"], row["sha256"]) for row in rows]


def digests(store: Store, exhibit_id: int) -> tuple[bytes, bytes] | None:
    """MD5 and SHA-1 of an original; None where nobody needed them yet."""
    row = store.row("SELECT md5, sha1 FROM original_digest WHERE exhibit_id = ?", (exhibit_id,))
    return (row["md5"], row["sha1"]) if row else None


def looked(
    store: Store,
    exhibit_id: int,
    upto: int,
    hits: Mapping[int, Hit],
    digests: tuple[bytes, bytes] | None,
) -> tuple[bool, set[int]]:
    """Keep what the lists name of an exhibit, by the ids of hashes, in place of what they did;
    whether that is another, and the hashes that are new. digests: its MD5 and SHA-1, where they are
    known. Inside a transaction."""
    rows = store.rows("SELECT hash_id, body FROM list_hit WHERE exhibit_id = ?", (exhibit_id,))
    before = {row["hash_id"]: row["body"] for row in rows}
    told = store.rows(
        f"SELECT id FROM listed_hash WHERE id IN {LISTED}", (listed(hits),)
    )  # its list may have gone meanwhile
    now = {row["id"]: msgspec.json.encode(hits[row["id"]]).decode() for row in told}
    store.change("DELETE FROM list_looked WHERE exhibit_id = ?", (exhibit_id,))
    store.insert("list_looked", exhibit_id=exhibit_id, upto=upto)
    if digests:
        md5, sha1 = digests
        store.insert_once("original_digest", exhibit_id=exhibit_id, md5=md5, sha1=sha1)
    if now != before:
        store.change("DELETE FROM list_hit WHERE exhibit_id = ?", (exhibit_id,))
        for hash_id, body in now.items():
            store.insert("list_hit", exhibit_id=exhibit_id, hash_id=hash_id, body=body)
    return now != before, now.keys() - before.keys()


def hits(store: Store, exhibit_ids: Iterable[int]) -> dict[int, tuple[ListHit, ...]]:
    """What the lists name of exhibits, by exhibit, in the order of the lists."""
    found: dict[int, tuple[ListHit, ...]] = {}
    for exhibit_id, one in _hits(store, f"t.exhibit_id IN {LISTED}", (listed(exhibit_ids),)):
        found[exhibit_id] = (*found.get(exhibit_id, ()), one)
    return found


def of_hashes(store: Store, exhibit_id: int, hash_ids: Collection[int]) -> list[ListHit]:
    """The same of these hashes alone."""
    where = f"t.exhibit_id = ? AND t.hash_id IN {LISTED}"
    return [one for _, one in _hits(store, where, (exhibit_id, listed(hash_ids)))]


def _hits(store: Store, where: str, values: tuple[int | str, ...]) -> Iterator[tuple[int, ListHit]]:
    rows = store.rows(
        "SELECT t.exhibit_id, t.body, l.name, h.kind, h.digest, h.label, h.source FROM list_hit t"
        f" JOIN listed_hash h ON h.id = t.hash_id {_STANDING} WHERE {where}"
        " ORDER BY t.exhibit_id, l.id, h.id",
        values,
    )
    for row in rows:
        hit = msgspec.json.decode(row["body"], type=Hit)
        known = msgspec.structs.asdict(hit)
        named = {name: row[name] for name in ("name", "kind", "label", "source")}
        digits = "" if row["kind"] == "vpdq" else row["digest"].hex()
        yield row["exhibit_id"], msgspec.convert({**known, **named, "digits": digits}, ListHit)


def named_by(store: Store, shelf_id: int) -> set[int]:
    """The cases of what the lists of an import name."""
    rows = store.rows(
        "SELECT DISTINCT s.case_id FROM hash_list l JOIN listed_hash h ON h.list_id = l.id"
        " JOIN list_hit t ON t.hash_id = h.id JOIN submission s ON s.exhibit_id = t.exhibit_id"
        " WHERE l.shelf_id = ? AND s.case_id > 0",
        (shelf_id,),
    )
    return {row["case_id"] for row in rows}
