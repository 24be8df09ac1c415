"""Stamps on the custody record: what was asked for, and the replies as they were received."""

from __future__ import annotations

from collections.abc import Iterable

from verify.records import Stamp
from verify.store.database.connection import Row, Store, moment, now, stamp
from verify.store.keeping.merkle import Tree


def text(store: Store) -> tuple[int, str, str]:
    """How many events there are, the hash of the last, and the text that is stamped."""
    hashes = _hashes(store)
    count, head = len(hashes), hashes[-1]
    told = f"events {count}\nhead {head}\nroot {Tree(hashes).root}\n"
    return count, head, f"verify-desk custody record\n{told}"


def add(store: Store, events: int, head: str, text: str, request: bytes, authority: str) -> Stamp:
    """Keep what is asked for."""
    number = store.insert(
        "stamp",
        events=events,
        head=head,
        text=text,
        request=request,
        authority=authority,
        asked_at=stamp(now()),
    )
    return Stamp(number, events, head, text, request, authority=authority)


def answer(store: Store, answered: Stamp) -> None:
    """Keep the reply as it was received, and the time in it."""
    store.change(
        "UPDATE stamp SET reply = ?, stamped_at = ? WHERE id = ?",
        (answered.reply, answered.at and stamp(answered.at), answered.id),
    )


def every(store: Store) -> list[Stamp]:
    """All of them, the oldest first."""
    return [_stamp(row) for row in store.rows("SELECT * FROM stamp ORDER BY id")]


def fits(store: Store, kept: Stamp) -> bool:
    """Whether the record still begins with what was stamped."""
    hashes = _hashes(store)[: kept.events]
    root = f"\nroot {Tree(hashes).root}\n" if hashes else ""
    there = len(hashes) == kept.events and hashes[-1] == kept.head
    return there and kept.text.endswith(f"\nhead {kept.head}{root}")


def first_of(store: Store, event_ids: Iterable[int]) -> list[tuple[Stamp, dict[int, list[str]]]]:
    """The earliest stamps that together have as many of these events as any has, each with the
    events that it has, and what leads from each to the root that was stamped."""
    events, found, covered = sorted(event_ids), [], 0
    hashes = _hashes(store)
    answered = [one for one in every(store) if one.at]
    for one in sorted(answered, key=lambda one: (one.events, one.at)):
        within = [number for number in events if number <= one.events]
        if len(within) > covered:
            covered, tree = len(within), Tree(hashes[: one.events])
            found.append((one, {number: tree.path(number - 1) for number in within}))
    return found


def _hashes(store: Store) -> list[str]:
    return [row["hash"] for row in store.rows("SELECT hash FROM custody_event ORDER BY id")]


def _stamp(row: Row) -> Stamp:
    return Stamp(
        id=row["id"],
        events=row["events"],
        head=row["head"],
        text=row["text"],
        request=row["request"],
        reply=row["reply"] or b"",
        authority=row["authority"],
        at=moment(row["stamped_at"]) if row["stamped_at"] else None,
    )
