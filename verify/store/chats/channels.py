"""Channels that the bot is a member of, and whose posts the desk keeps."""

from __future__ import annotations

from verify.records import Channel
from verify.store.database.connection import Store, now, stamp

_MOST_HEARD = 20  # whose posts nobody had kept: anybody can put a bot into a channel


def hear(store: Store, service: str, chat_id: int, title: str) -> bool:
    """Note that the bot is in a channel; whether its posts are kept."""
    row = store.row(
        "SELECT title, enabled_by FROM channel WHERE service = ? AND chat_id = ?",
        (service, chat_id),
    )
    if row is None or row["title"] != title:
        with store.transaction():
            store.change(
                "INSERT INTO channel (service, chat_id, title, heard_at) VALUES (?, ?, ?, ?)"
                " ON CONFLICT DO UPDATE SET title = excluded.title",
                (service, chat_id, title, stamp(now())),
            )
            store.change(
                "DELETE FROM channel WHERE enabled_by IS NULL AND service = ?1 AND chat_id NOT IN"
                " (SELECT chat_id FROM channel WHERE enabled_by IS NULL AND service = ?1"
                f" ORDER BY heard_at DESC LIMIT {_MOST_HEARD})",
                (service,),
            )
    return row is not None and row["enabled_by"] is not None


def enabled_by(store: Store, service: str, chat_id: int) -> int | None:
    """Who had the posts of a channel kept; None where nobody did."""
    row = store.row(
        "SELECT enabled_by FROM channel WHERE service = ? AND chat_id = ?", (service, chat_id)
    )
    return row["enabled_by"] if row else None


def enable(store: Store, person_id: int | None, service: str, chat_id: int) -> bool:
    """Keep the posts of a channel, or, for None, no longer. False where it is unknown. Inside a
    transaction."""
    return bool(
        store.change(
            "UPDATE channel SET enabled_by = ?1, enabled_at = iif(?1 IS NULL, NULL, ?2)"
            " WHERE service = ?3 AND chat_id = ?4",
            (person_id, stamp(now()), service, chat_id),
        )
    )


def every(store: Store, service: str) -> list[Channel]:
    """All channels that the bot was heard to be in, those whose posts are kept first."""
    rows = store.rows(
        "SELECT * FROM channel WHERE service = ? ORDER BY enabled_by IS NULL, title, chat_id",
        (service,),
    )
    return [
        Channel(chat_id=row["chat_id"], title=row["title"], kept=row["enabled_by"] is not None)
        for row in rows
    ]
