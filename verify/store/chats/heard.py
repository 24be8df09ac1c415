"""When a chat service last answered a request for updates."""

from __future__ import annotations

from datetime import datetime

from verify.store.database.connection import Store, moment, stamp


def last_heard(store: Store, bot_id: int) -> datetime | None:
    """The moment that was written down last, aware; None before the first."""
    row = store.row("SELECT at FROM heard WHERE bot_id = ?", (bot_id,))
    return moment(row["at"]) if row else None


def heard(store: Store, bot_id: int, at: datetime) -> None:
    """Write down that the service answered. Raises Unavailable."""
    with store.transaction():
        store.change(
            "INSERT INTO heard VALUES (?, ?) ON CONFLICT DO UPDATE SET at = excluded.at",
            (bot_id, stamp(at)),
        )
