"""The groups in which the desk may answer."""

from __future__ import annotations

from verify.store.database.connection import Store, now, stamp


def enabled(store: Store, service: str, chat_id: int) -> bool:
    """Whether an owner enabled this group."""
    row = store.row(
        "SELECT 1 FROM chat_group WHERE service = ? AND chat_id = ? AND moved_to IS NULL",
        (service, chat_id),
    )
    return row is not None


def number_now(store: Store, service: str, chat_id: int) -> int:
    """The number that a group has by now; its own where it did not become a supergroup."""
    row = store.row(
        "SELECT moved_to FROM chat_group WHERE service = ? AND chat_id = ?"
        " AND moved_to IS NOT NULL",
        (service, chat_id),
    )
    return int(row["moved_to"]) if row else chat_id


def move(store: Store, service: str, old: int, new: int) -> int | None:
    """Take an enabled group along to the supergroup that it became. Inside a transaction.

    Gives who enabled it; None for a group that is not enabled, or was taken along before. Open
    cases, buttons and sealing go with it. Messages stay where they are: the supergroup numbers its
    own from 1, and nothing in the old group can be changed any more.
    """
    row = store.row(
        "SELECT enabled_by, at FROM chat_group WHERE service = ? AND chat_id = ?"
        " AND moved_to IS NULL",
        (service, old),
    )
    if row is None:
        return None
    store.insert_once("chat_group", service=service, chat_id=new, **dict(row))
    store.change(
        "UPDATE chat_group SET moved_to = ? WHERE service = ? AND chat_id = ?",
        (new, service, old),
    )
    for table in ("open_case", "button", "sealed_chat"):
        store.change(f"UPDATE OR IGNORE {table} SET chat_id = ? WHERE chat_id = ?", (new, old))
    return int(row["enabled_by"])


def enable(store: Store, person_id: int, service: str, chat_id: int, enable: bool) -> None:
    """Enable or disable a group. Inside a transaction."""
    store.change("DELETE FROM chat_group WHERE service = ? AND chat_id = ?", (service, chat_id))
    if enable:
        store.insert(
            "chat_group",
            service=service,
            chat_id=chat_id,
            enabled_by=person_id,
            at=stamp(now()),
        )
