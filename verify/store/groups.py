"""The groups in which the desk may answer."""

from __future__ import annotations

from verify.store.store import Store, now, stamp


def enabled(store: Store, platform: str, chat_id: int) -> bool:
    """Whether an owner enabled this group."""
    row = store.row(
        "SELECT 1 FROM chat_group WHERE platform = ? AND chat_id = ?", (platform, chat_id)
    )
    return row is not None


def enable(store: Store, person_id: int, platform: str, chat_id: int, enable: bool) -> None:
    """Enable or disable a group. Inside a transaction."""
    store.change("DELETE FROM chat_group WHERE platform = ? AND chat_id = ?", (platform, chat_id))
    if enable:
        store.insert(
            "chat_group",
            platform=platform,
            chat_id=chat_id,
            enabled_by=person_id,
            at=stamp(now()),
        )
