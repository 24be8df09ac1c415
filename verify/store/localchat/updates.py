"""What waits for the bot: updates until it confirms them, pressed buttons until it answers."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from typing import Any

from verify.store.database.connection import Store

Json = dict[str, Any]
_A_DAY = 86_400.0


class ChatUpdates:
    """The updates and button presses of a home."""

    def __init__(self, database: Store) -> None:
        self._db = database

    def add(self, kind: str, body: Json) -> int:
        """Queue an update for the bot until the bot confirms it."""
        text = json.dumps({kind: body}, ensure_ascii=False)
        return self._db.insert("update_queue", body=text)

    def since(self, offset: int, limit: int) -> list[Json]:
        """Unconfirmed updates from an id on, oldest first."""
        rows = self._db.rows(
            "SELECT id, body FROM update_queue WHERE id >= ? ORDER BY id LIMIT ?", (offset, limit)
        )
        return [{"update_id": row[0], **json.loads(row[1])} for row in rows]

    def last(self) -> int:
        """The highest update id ever given."""
        rows = self._db.rows("SELECT seq FROM sqlite_sequence WHERE name = 'update_queue'")
        return int(rows[0][0]) if rows else 0

    def pending(self) -> int:
        """How many updates wait for confirmation."""
        return int(self._db.rows("SELECT count(*) FROM update_queue")[0][0])

    def confirm(self, below: int) -> None:
        """Forget the updates with an id below this one: the bot has them."""
        self._db.change("DELETE FROM update_queue WHERE id < ?", (below,))

    def keep_last(self, count: int) -> None:
        """Forget all updates but the last few."""
        self._db.change(
            "DELETE FROM update_queue WHERE id NOT IN "
            "(SELECT id FROM update_queue ORDER BY id DESC LIMIT ?)",
            (count,),
        )

    def change(self, changed: Callable[[Json], Json | None]) -> None:
        """Replace each update that waits by what `changed` makes of it; None is none."""
        for number, body in self._db.rows("SELECT id, body FROM update_queue"):
            update = json.loads(body)
            if (after := changed(update)) is None:
                self._db.change("DELETE FROM update_queue WHERE id = ?", (number,))
            elif after != update:
                text = json.dumps(after, ensure_ascii=False)
                self._db.change("UPDATE update_queue SET body = ? WHERE id = ?", (text, number))

    def add_callback(self, chat_id: int, message_id: int) -> int:
        """Note that somebody pressed a button. Presses of more than a day ago are forgotten."""
        self._db.change("DELETE FROM callback WHERE pressed_at < ?", (time.time() - _A_DAY,))
        return self._db.insert(
            "callback", chat_id=chat_id, message_id=message_id, pressed_at=time.time()
        )

    def answer_callback(self, callback_id: int, longest_seconds: float) -> tuple[int, int] | None:
        """Chat and message of a press that still waits for its answer; it is answered now."""
        with self._db.transaction():
            row = self._db.row(
                "SELECT chat_id, message_id FROM callback "
                "WHERE id = ? AND NOT answered AND pressed_at > ?",
                (callback_id, time.time() - longest_seconds),
            )
            self._db.change("UPDATE callback SET answered = 1 WHERE id = ?", (callback_id,))
        return (row[0], row[1]) if row else None
