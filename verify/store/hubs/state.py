"""How far the desk followed its hub, and how the last visit went."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

import msgspec

from verify.records import HubStatus, Sentence
from verify.store.database.connection import Row, Store, moment, now, stamp


class Joined(NamedTuple):
    """The hub, and the last row of its log that is here."""

    hub: str = ""
    epoch: str = ""
    desk: str = ""
    era: int = 0
    xid: str = "0"
    upto: int = 0
    round: int = 1


_NOWHERE = Joined()


def joined(store: Store) -> Joined:
    """The hub that the desk last followed."""
    row = store.row("SELECT * FROM hub")
    return Joined(*(row[name] for name in Joined._fields)) if row else _NOWHERE


def join(store: Store, one: Joined) -> None:
    """Note it. Inside a transaction."""
    columns = one._asdict()
    if store.row("SELECT 1 FROM hub") is None:
        store.insert("hub", id=1, behind=0, held_back=0, **columns)
        return
    set_ = ", ".join(f"{name} = ?" for name in columns)
    store.change(f"UPDATE hub SET {set_}", tuple(columns.values()))


def went_well(store: Store, behind: int, held_back: int, since: datetime | None) -> None:
    """Note that all was sent and followed, and what of the log cannot be followed yet."""
    store.change(
        "UPDATE hub SET followed_at = ?, behind = ?, held_back = ?, held_since = ?,"
        " trouble = NULL, failed_at = NULL",
        (stamp(now()), behind, held_back, stamp(since) if since else None),
    )


def went_wrong(store: Store, why: Sentence) -> None:
    """Note why a visit failed; since when is that of the first after one that did not."""
    with store.transaction():
        join(store, joined(store))
        store.change(
            "UPDATE hub SET trouble = ?, failed_at = coalesce(failed_at, ?)",
            (msgspec.json.encode(why).decode(), stamp(now())),
        )


def told(store: Store, status: HubStatus) -> HubStatus:
    """A status with what is known of the last visits."""
    row = store.row("SELECT * FROM hub")
    entries = store.row("SELECT count(*) FROM hub_entry")
    status = msgspec.structs.replace(status, entries=entries[0] if entries else 0)
    return msgspec.structs.replace(status, **_of(row)) if row else status


def _of(row: Row) -> dict[str, object]:
    def at(name: str) -> datetime | None:
        return moment(row[name]) if row[name] else None

    return {
        "desk": row["desk"],
        "followed_at": at("followed_at"),
        "behind": row["behind"],
        "held_back": row["held_back"],
        "held_since": at("held_since"),
        "trouble": msgspec.json.decode(row["trouble"], type=Sentence) if row["trouble"] else None,
        "failed_at": at("failed_at"),
    }
