"""Looks into the local chat of a home, also while it is served, and changes nothing."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from verify.errors import Unavailable
from verify.store.database.connection import Store
from verify.store.database.schema import LOCALCHAT


def bot_id(home: Path) -> int:
    """The number of the local chat's bot; 0 where there was never one."""
    token = _value(home, "SELECT value FROM setting WHERE name = 'token'")
    return int(token.partition(":")[0]) if token else 0


def unnoted(home: Path) -> int:
    """How many of the bot's messages are from before it was noted what they are about."""
    return int(
        _value(
            home,
            "SELECT count(*) FROM message WHERE from_bot AND NOT deleted"
            " AND id <= (SELECT value + 0 FROM setting WHERE name = 'unnoted')",
        )
        or 0
    )


def _value(home: Path, sql: str) -> Any:
    """The first value of a query; None where there is none, or no chat that can be read."""
    path = home / "localchat.db"
    if not path.is_file():
        return None
    try:
        with closing(Store(path, LOCALCHAT, reading=True)) as database:
            row = database.row(sql)
    except (Unavailable, sqlite3.Error):
        return None
    return row[0] if row else None
