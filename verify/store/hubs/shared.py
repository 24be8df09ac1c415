"""What the desk shared with its hub, and what waits to be sent: an outbox that loses nothing."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from verify.records import HubShared, Rating
from verify.store.database.connection import LISTED, Row, Store, listed, moment, now, stamp

_LIVES = "withdrawn_at IS NULL"


class Waiting(NamedTuple):
    """What the hub has not had. body: b"" for a withdrawal."""

    id: int
    key: str
    first_seen: datetime
    body: bytes


def add(store: Store, exhibit_id: int, person_id: int, first_seen: datetime, body: bytes) -> None:
    """Have an exhibit sent, in the place of what was shared of it before. Inside a transaction."""
    withdraw(store, [exhibit_id])
    store.insert(
        "hub_shared",
        key=str(uuid.uuid4()),
        hub="",
        exhibit_id=exhibit_id,
        first_seen=stamp(first_seen),
        body=body,
        person_id=person_id,
        shared_at=stamp(now()),
    )


def stands(store: Store, exhibit_id: int, body: bytes) -> bool:
    """Whether just this was shared of an exhibit, or waits to be."""
    sql = f"SELECT 1 FROM hub_shared WHERE exhibit_id = ? AND body = ? AND {_LIVES}"
    return store.row(sql, (exhibit_id, body)) is not None


def withdraw(store: Store, exhibit_ids: Iterable[int]) -> int:
    """Take back what was shared of exhibits; gives of how many. Inside a transaction."""
    return store.change(
        f"UPDATE hub_shared SET withdrawn_at = ?, body = x'' WHERE {_LIVES}"
        f" AND exhibit_id IN {LISTED}",
        (stamp(now()), listed(exhibit_ids)),
    )


def waiting(store: Store, hub: str, most: int) -> list[Waiting]:
    """What is to be sent to a hub next, in the order in which it was shared.

    What was taken back before it was sent is sent all the same, for a hub may have had it while
    its answer was lost.
    """
    rows = store.rows(
        "SELECT id, key, first_seen, body FROM hub_shared WHERE hub IN ('', ?)"
        f" AND (({_LIVES} AND sent_at IS NULL) OR (NOT ({_LIVES}) AND gone_at IS NULL))"
        " ORDER BY id LIMIT ?",
        (hub, most),
    )
    return [
        Waiting(row["id"], row["key"], moment(row["first_seen"]), bytes(row["body"]))
        for row in rows
    ]


def sent(store: Store, one: Waiting, hub: str) -> None:
    """Note that the hub has it."""
    column = "sent_at" if one.body else "gone_at"
    store.change(
        f"UPDATE hub_shared SET hub = ?, {column} = ? WHERE id = ?", (hub, stamp(now()), one.id)
    )


def send_again(store: Store, hub: str) -> None:
    """Have all sent again that a hub had, for it was restored. Inside a transaction."""
    store.change("UPDATE hub_shared SET sent_at = NULL, gone_at = NULL WHERE hub = ?", (hub,))


def count_waiting(store: Store) -> int:
    """How much is to be sent."""
    row = store.row(
        "SELECT count(*) FROM hub_shared s WHERE s.hub IN ('', coalesce((SELECT hub FROM hub), ''))"
        f" AND (({_LIVES} AND sent_at IS NULL) OR (NOT ({_LIVES}) AND gone_at IS NULL))"
    )
    return row[0] if row else 0


def every(store: Store) -> tuple[HubShared, ...]:
    """All that was shared, the latest first."""
    rows = store.rows(
        "SELECT s.*, p.name, (SELECT max(b.case_id) FROM submission b"
        " WHERE b.exhibit_id = s.exhibit_id AND b.case_id > 0) AS case_id"
        " FROM hub_shared s JOIN person p ON p.id = s.person_id ORDER BY s.id DESC"
    )
    return tuple(_shared(row) for row in rows)


def published(store: Store, case_id: int, exhibit_id: int) -> Rating | None:
    """What was concluded of an exhibit and published: confirmed, in a concluded case of which a
    report or a bag for everybody was made."""
    row = store.row(
        'SELECT v.rating FROM verdict v JOIN "case" c ON c.id = v.case_id AND c.status ='
        " 'concluded' WHERE v.case_id = ? AND v.exhibit_id = ? AND v.state = 'confirmed'"
        " AND EXISTS (SELECT 1 FROM custody_event e WHERE e.kind IN ('exported', 'reported')"
        " AND json_extract(e.subject, '$.case') = v.case_id"
        " AND json_extract(e.subject, '$.profile') = 'public')"
        " ORDER BY v.id DESC LIMIT 1",
        (case_id, exhibit_id),
    )
    return Rating(row["rating"]) if row else None


def _shared(row: Row) -> HubShared:
    def at(name: str) -> datetime | None:
        return moment(row[name]) if row[name] else None

    return HubShared(
        case_id=row["case_id"] or 0,
        shared_at=moment(row["shared_at"]),
        by=row["name"],
        sent_at=at("sent_at"),
        withdrawn_at=at("withdrawn_at"),
        gone_at=at("gone_at"),
    )
