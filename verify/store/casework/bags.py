"""Bags of other desks that were taken in, each once."""

from __future__ import annotations

import msgspec

from verify.lab.wire import Bag
from verify.records import FromBag, TheirWords
from verify.store.database.connection import Row, Store, moment, now, stamp

_BAGS = "SELECT b.*, p.name AS person_name FROM bag b JOIN person p ON p.id = b.person_id WHERE "
# What people put into a case, by which it holds more than a bag brought.
_WORKED_IN = ("claim", "note", "answer", "verdict", "consent", "stated_contradiction", "emblem")


def add(
    store: Store,
    person_id: int,
    number: int,
    case_id: int,
    digest: str,
    bag: Bag,
    *,
    key_known: bool,
) -> None:
    """Keep what a bag says and is. Inside a transaction. number: of the import."""
    store.insert(
        "bag",
        shelf_id=number,
        case_id=case_id,
        digest=digest,
        made_on=bag.made_on,
        their_case=bag.case,
        profile=bag.profile,
        head=bag.head,
        signed_by=bag.signed_by,
        key_known=int(key_known),
        stamps=bag.stamps,
        files=len(bag.files),
        tags=bag.tags,
        signature=bag.signature,
        record=bag.record,
        words=msgspec.json.encode(bag.words).decode(),
        person_id=person_id,
        at=stamp(now()),
    )


def with_digest(store: Store, digest: str) -> FromBag | None:
    """The bag with this tag manifest, where it is here."""
    row = store.row(f"{_BAGS} b.digest = ?", (digest,))
    return _bag(row) if row else None


def of_import(store: Store, number: int) -> FromBag | None:
    """The bag that an import brought; None where it brought something else."""
    row = store.row(f"{_BAGS} b.shelf_id = ?", (number,))
    return _bag(row) if row else None


def of_case(store: Store, case_id: int) -> tuple[FromBag, ...]:
    """Those by which exhibits of a case came, oldest first."""
    return tuple(map(_bag, store.rows(f"{_BAGS} b.case_id = ? ORDER BY b.shelf_id", (case_id,))))


def whole(store: Store, number: int) -> bool:
    """Whether all of a bag came in: no kill cut it short."""
    return bool(store.row("SELECT 1 FROM shelf WHERE id = ? AND ended_at NOT NULL", (number,)))


def worked_in(store: Store, case_id: int, chat_id: int) -> bool:
    """Whether a case holds what no bag with these numbers of submissions brought."""
    other = store.row(
        "SELECT 1 FROM submission WHERE case_id = ? AND (chat_id <> ? OR bot_id <> 0)",
        (case_id, chat_id),
    )
    return bool(other) or any(
        store.row(f"SELECT 1 FROM {table} WHERE case_id = ?", (case_id,)) for table in _WORKED_IN
    )


def _bag(row: Row) -> FromBag:
    return FromBag(
        number=row["shelf_id"],
        case_id=row["case_id"],
        digest=row["digest"],
        their_case=row["their_case"],
        made_on=row["made_on"],
        profile=row["profile"],
        head=row["head"],
        signed_by=row["signed_by"],
        key_known=bool(row["key_known"]),
        stamps=row["stamps"],
        files=row["files"],
        by=row["person_name"],
        at=moment(row["at"]),
        words=msgspec.json.decode(row["words"], type=tuple[TheirWords, ...]),
    )
