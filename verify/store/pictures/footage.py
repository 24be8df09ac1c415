"""What was seen of films from beginning to end: derived from originals, made again by `reindex`.

The frames that local features find again are views of the film, with features of their own.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

import msgspec

from verify.records import Film, Finding, Footage, Sample, ViewKind
from verify.store.database.connection import LISTED, Row, Store, listed
from verify.store.pictures import features, views

_Kept = list[tuple[int, int, bytes, bytes]]  # time, quality, hash, that of the inner picture


def keep(store: Store, exhibit_id: int, footage: Footage, *, searched: bool) -> None:
    """Keep what was seen of a film, in the place of what was. Inside a transaction.

    searched: whether it was looked for in what was there before.
    """
    drop(store, exhibit_id)
    store.insert(
        "footage",
        exhibit_id=exhibit_id,
        version=footage.version,
        seconds=footage.seconds,
        wholly=footage.wholly,
        shots=msgspec.json.encode(footage.shots).decode(),
        gaps=msgspec.json.encode(footage.gaps).decode(),
        samples=msgspec.msgpack.encode([_packed(one) for one in footage.samples]),
        searched=searched,
        findings=msgspec.json.encode(footage.findings).decode(),
        thumbnails=msgspec.msgpack.encode([one.thumbnail for one in footage.samples]),
    )
    views.keep_frames(store, exhibit_id, footage.keys)
    features.keep(store, exhibit_id, footage.keys)


def drop(store: Store, exhibit_id: int) -> None:
    """Forget it; its frames go or stay with the exhibit's other views. Inside a transaction."""
    store.change("DELETE FROM footage WHERE exhibit_id = ?", (exhibit_id,))


def of(store: Store, exhibit_id: int) -> Footage | None:
    """What was seen of a film, each sample with its first orientation alone, without features and
    thumbnails."""
    row = store.row(
        "SELECT version, seconds, samples, shots, wholly, gaps FROM footage WHERE exhibit_id = ?",
        (exhibit_id,),
    )
    return _footage(row) if row else None


def thumbnails(store: Store, exhibit_id: int) -> list[bytes]:
    """The thumbnails of a film's samples, coded, in their order; b"" of those that have none."""
    row = store.row("SELECT thumbnails FROM footage WHERE exhibit_id = ?", (exhibit_id,))
    return msgspec.msgpack.decode(row["thumbnails"], type=list[bytes]) if row else []


def told(store: Store, exhibit_id: int) -> tuple[Film | None, tuple[Finding, ...]]:
    """What a reader is told of a film, and what was found when all of it was decoded; None where
    it was not looked at from end to end."""
    row = store.row(
        "SELECT seconds, wholly, shots, gaps, findings FROM footage WHERE exhibit_id = ?",
        (exhibit_id,),
    )
    if row is None:
        return None, ()
    begins = [at_ms / 1000 for at_ms in msgspec.json.decode(row["shots"], type=list[int])]
    gaps = msgspec.json.decode(row["gaps"], type=list[tuple[int, int]])
    film = Film(
        seconds=row["seconds"],
        wholly=bool(row["wholly"]),
        shots=tuple(pairwise((*begins, row["seconds"]))) if begins else (),
        gaps=tuple((begin / 1000, end / 1000) for begin, end in gaps),
    )
    return film, msgspec.json.decode(row["findings"], type=tuple[Finding, ...])


def searched(store: Store, exhibit_id: int, version: int) -> bool:
    """Whether a film was watched by this version of the lab, and looked for."""
    row = store.row(
        "SELECT searched FROM footage WHERE exhibit_id = ? AND version = ?", (exhibit_id, version)
    )
    return bool(row and row["searched"])


def watched(store: Store) -> list[int]:
    """The exhibits of which there is footage, oldest first."""
    rows = store.rows("SELECT exhibit_id FROM footage ORDER BY exhibit_id")
    return [row["exhibit_id"] for row in rows]


def unwatched(store: Store, exhibit_ids: Iterable[int]) -> set[int]:
    """Those of these exhibits that move, and were not looked at from end to end."""
    rows = store.rows(
        f"SELECT e.id FROM exhibit e WHERE e.id IN {LISTED}"
        " AND NOT EXISTS (SELECT 1 FROM footage WHERE exhibit_id = e.id)"
        " AND (EXISTS (SELECT 1 FROM view WHERE exhibit_id = e.id AND kind = ?)"
        " OR EXISTS (SELECT 1 FROM examination WHERE exhibit_id = e.id"
        " AND json_extract(body, '$.media_type') LIKE 'video/%'))",
        (listed(exhibit_ids), ViewKind.FRAME),
    )
    return {row["id"] for row in rows}


def _packed(sample: Sample) -> tuple[int, int, bytes, bytes]:
    inner = sample.inner[0] if sample.inner else b""
    return sample.at_ms, sample.quality, sample.pdq[0], inner


def _footage(row: Row) -> Footage:
    samples = msgspec.msgpack.decode(row["samples"], type=_Kept)
    return Footage(
        version=row["version"],
        seconds=row["seconds"],
        samples=tuple(
            Sample(at_ms, quality, (pdq,), (inner,) if inner else ())
            for at_ms, quality, pdq, inner in samples
        ),
        shots=msgspec.json.decode(row["shots"], type=tuple[int, ...]),
        wholly=bool(row["wholly"]),
        gaps=msgspec.json.decode(row["gaps"], type=tuple[tuple[int, int], ...]),
    )
