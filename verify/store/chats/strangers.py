"""Accounts that are no members: counted, answered seldom, blocked when an owner says so."""

from __future__ import annotations

from datetime import timedelta

from verify.records import Stranger
from verify.store.database.connection import Store, moment, now, stamp

_QUIET = timedelta(minutes=10)


def knock(store: Store, service: str, external_id: str, name: str) -> bool:
    """Count what a stranger does. True when it is to be answered: the first in ten minutes."""
    at = now()
    with store.transaction():
        store.change(
            "INSERT INTO stranger VALUES (?, ?, ?, ?, ?, 1, NULL, NULL) ON CONFLICT DO UPDATE"
            " SET messages = messages + 1, last_at = excluded.last_at, name = excluded.name",
            (service, external_id, name, stamp(at), stamp(at)),
        )
        return bool(
            store.change(
                "UPDATE stranger SET answered_at = ? WHERE service = ? AND external_id = ?"
                " AND blocked_at IS NULL"
                " AND (answered_at IS NULL OR answered_at < ? OR answered_at > ?)",
                (stamp(at), service, external_id, stamp(at - _QUIET), stamp(at)),
            )
        )


def blocked(store: Store, service: str, external_id: str) -> bool:
    """Whether this account is blocked: neither answered nor counted further."""
    row = store.row(
        "SELECT 1 FROM stranger WHERE service = ? AND external_id = ? AND blocked_at IS NOT NULL",
        (service, external_id),
    )
    return row is not None


def block(store: Store, service: str, external_id: str, block: bool) -> bool:
    """Block or unblock an account. False when it never wrote. Inside a transaction."""
    return bool(
        store.change(
            "UPDATE stranger SET blocked_at = ? WHERE service = ? AND external_id = ?",
            (stamp(now()) if block else None, service, external_id),
        )
    )


def strangers(store: Store, limit: int) -> list[Stranger]:
    """Who knocked, latest first."""
    rows = store.rows("SELECT * FROM stranger ORDER BY last_at DESC LIMIT ?", (limit,))
    return [
        Stranger(
            service=row["service"],
            external_id=row["external_id"],
            name=row["name"],
            messages=row["messages"],
            last_at=moment(row["last_at"]),
            blocked=row["blocked_at"] is not None,
        )
        for row in rows
    ]
