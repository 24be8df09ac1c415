"""What a desk says to a hub and hears of it, call by call."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    import psycopg

    Connection = psycopg.Connection[Any]

VERSION = 1
"""Of schema.sql and functions.sql, and of what an entry holds."""
AT_ONCE = 200  # rows of the log


class Place(NamedTuple):
    """A place in the log; behind the row that it names."""

    era: int = 0
    xid: str = "0"
    id: int = 0


class Greeting(NamedTuple):
    """version, hub: its own, and which it is. epoch: another one after a restore. desk: the name
    of this desk there. known: whether the hub still has the row that was followed to."""

    version: int
    hub: str
    epoch: str
    desk: str
    known: bool


class Followed(NamedTuple):
    """A row of the log. body: None of own ones, withdrawals, and what was withdrawn."""

    place: Place
    desk: str
    key: str
    at: datetime
    withdrawal: bool
    first_seen: datetime | None
    body: bytes | None


class Behind(NamedTuple):
    """entries: how many rows lie ahead, counted to 100,000. held_back: of these, how many wait for
    somebody's transaction to end; since: the oldest."""

    entries: int
    held_back: int
    since: datetime | None


def greet(hub: Connection, upto: Place) -> Greeting:
    """What has to be known before all else."""
    row = _row(hub, "SELECT * FROM verify_hub.greet(%s)", upto.id)
    return Greeting(row[0], str(row[1]), str(row[2]), row[3], row[4])


def share(
    hub: Connection, key: str, first_seen: datetime, body: bytes, hashes: Iterable[bytes]
) -> None:
    """Share an entry, once under its key."""
    _row(
        hub,
        "SELECT verify_hub.share(%s, %s, %s, %s::bytea[])",
        uuid.UUID(key),
        first_seen,
        body,
        list(hashes),
    )


def withdraw(hub: Connection, key: str) -> None:
    """Take back what this desk shared under a key, if it did."""
    _row(hub, "SELECT verify_hub.withdraw(%s)", uuid.UUID(key))


def follow(
    hub: Connection, behind: Place, *, withdrawals_alone: bool, most: int = AT_ONCE
) -> list[Followed]:
    """The next rows, in the order of the log."""
    rows = hub.execute(
        "SELECT * FROM verify_hub.follow(%s, %s, %s, %s, %s)",
        (*behind, withdrawals_alone, most),
    ).fetchall()
    return [
        Followed(Place(*row[:3]), row[3], str(row[4]), row[5], row[6], row[7], row[8])
        for row in rows
    ]


def behind(hub: Connection, place: Place) -> Behind:
    """How much of the log lies ahead."""
    return Behind(*_row(hub, "SELECT * FROM verify_hub.behind(%s, %s, %s)", *place))


def near(hub: Connection, hashes: Sequence[bytes]) -> list[Followed]:
    """What others shared within 31 bits of any of these hashes; the hub learns them."""
    rows = hub.execute("SELECT * FROM verify_hub.near(%s::bytea[])", (list(hashes),)).fetchall()
    return [
        Followed(Place(id=row[0]), row[1], str(row[2]), row[3], False, row[4], row[5])
        for row in rows
    ]


def tidy(hub: Connection) -> None:
    """Have the bodies of what was taken back forgotten, once a night."""
    _row(hub, "SELECT verify_hub.tidy()")


def unblock(hub: Connection) -> None:
    """End transactions of desks for which all others wait."""
    _row(hub, "SELECT verify_hub.unblock()")


def _row(hub: Connection, sql: str, *values: object) -> tuple[Any, ...]:
    row: tuple[Any, ...] | None = hub.execute(sql, values).fetchone()
    assert row is not None  # noqa: S101 - each function gives one
    return row
