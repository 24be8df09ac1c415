"""The sounds of exhibits, and which of them run in others: derived from originals, made again."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass

import msgspec

from verify.records import Passage, Sound
from verify.store.database.connection import Row, Store, now, stamp

Passages = tuple[Passage, ...]


@dataclass(frozen=True)
class Same:
    """Two exhibits with the same sound, the later one first."""

    exhibit_id: int
    earlier_exhibit_id: int
    passages: Passages


def keep(store: Store, exhibit_id: int, sound: Sound, found: Mapping[int, Passages]) -> None:
    """Record the sound of an exhibit, and the others in which it was found, by their ids.

    What was known of both before is replaced. Inside a transaction.
    """
    drop(store, exhibit_id)
    store.insert("sound", exhibit_id=exhibit_id, **msgspec.structs.asdict(sound))
    for other, passages in found.items():
        later, earlier = max(exhibit_id, other), min(exhibit_id, other)  # as they came
        lies = passages if later == exhibit_id else tuple(map(_from_there, passages))
        store.insert(
            "same_sound",
            exhibit_id=later,
            earlier_exhibit_id=earlier,
            passages=msgspec.json.encode(lies).decode(),
            found_at=stamp(now()),
        )


def _from_there(passage: Passage) -> Passage:
    """A passage as the other sound has it."""
    return Passage(
        begins=passage.earlier_begins,
        ends=passage.earlier_ends,
        earlier_begins=passage.begins,
        earlier_ends=passage.ends,
        speed=round(1 / passage.speed, 3),
    )


def drop(store: Store, exhibit_id: int) -> None:
    """Forget the sound of an exhibit, and where it was found. Inside a transaction."""
    store.change("DELETE FROM sound WHERE exhibit_id = ?", (exhibit_id,))
    store.change(
        "DELETE FROM same_sound WHERE exhibit_id = ?1 OR earlier_exhibit_id = ?1", (exhibit_id,)
    )


def of(store: Store, exhibit_id: int) -> Sound | None:
    """The sound of an exhibit."""
    row = store.row("SELECT * FROM sound WHERE exhibit_id = ?", (exhibit_id,))
    return _sound(row) if row else None


def heard(store: Store, exhibit_id: int, version: int) -> bool:
    """Whether an exhibit was listened to in this way."""
    row = store.row(
        "SELECT 1 FROM sound WHERE exhibit_id = ? AND version = ?", (exhibit_id, version)
    )
    return row is not None


def unheard(store: Store, version: int, media_types: Collection[str]) -> list[int]:
    """The exhibits of these kinds that were not listened to in this way, oldest first; without
    those that are still to be compared."""
    rows = store.rows(
        "SELECT e.exhibit_id FROM examination e WHERE e.id = (SELECT max(id) FROM examination"
        " WHERE exhibit_id = e.exhibit_id) AND json_extract(e.body, '$.media_type') IN"
        " (SELECT value FROM json_each(?)) AND NOT EXISTS (SELECT 1 FROM sound s"
        " WHERE s.exhibit_id = e.exhibit_id AND s.version = ?)"
        " AND e.exhibit_id NOT IN (SELECT exhibit_id FROM withheld)"
        " AND e.exhibit_id NOT IN (SELECT exhibit_id FROM uncompared WHERE compared = 0)"
        " ORDER BY e.exhibit_id",
        (json.dumps(sorted(media_types)), version),
    )
    return [row["exhibit_id"] for row in rows]


def listened(store: Store, exhibit_id: int) -> tuple[bool | None, bool]:
    """Whether an exhibit has a sound, None where it was not listened to; whether nothing is heard
    in it."""
    row = store.row("SELECT seconds, silent FROM sound WHERE exhibit_id = ?", (exhibit_id,))
    return (
        (row["seconds"] > 0, row["seconds"] > 0 and bool(row["silent"])) if row else (None, False)
    )


def seconds(store: Store, exhibit_id: int) -> float:
    """How long an exhibit was heard, in seconds; 0 where it was not."""
    row = store.row("SELECT seconds FROM sound WHERE exhibit_id = ?", (exhibit_id,))
    return float(row["seconds"]) if row else 0.0


def known(store: Store, version: int) -> list[int]:
    """The exhibits in whose sound of this version something can be found, in order."""
    rows = store.rows(
        "SELECT exhibit_id FROM sound WHERE version = ? AND times <> x'' ORDER BY exhibit_id",
        (version,),
    )
    return [row["exhibit_id"] for row in rows]


def same(store: Store, exhibit_id: int) -> list[Same]:
    """The exhibits with which one shares its sound, whichever came first."""
    rows = store.rows(
        "SELECT * FROM same_sound WHERE exhibit_id = ?1 OR earlier_exhibit_id = ?1"
        " ORDER BY earlier_exhibit_id, exhibit_id",
        (exhibit_id,),
    )
    return [
        Same(
            row["exhibit_id"],
            row["earlier_exhibit_id"],
            msgspec.json.decode(row["passages"], type=Passages),
        )
        for row in rows
    ]


def _sound(row: Row) -> Sound:
    return Sound(
        version=row["version"],
        seconds=row["seconds"],
        silent=bool(row["silent"]),
        wholly=bool(row["wholly"]),
        times=row["times"],
        tones=row["tones"],
    )
