"""What the chat must remember across a kill: updates, what was sent, buttons, open cases."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from verify.errors import DiskRefused
from verify.records import About
from verify.store.casework import sealed
from verify.store.database.connection import Store, now, stamp

_MOST_FAILURES = 3
_NOTHING = About()
_MARK_SEALED = (
    "INSERT OR IGNORE INTO sealed_arrival (bot_id, update_id) SELECT i.bot_id, i.update_id"
    " FROM inbox i JOIN sealed_chat c ON c.chat_id = coalesce("
    "json_extract(i.body, '$.message.chat.id'), json_extract(i.body, '$.edited_message.chat.id'),"
    " json_extract(i.body, '$.callback_query.message.chat.id')) WHERE i.bot_id = ?"
    " AND i.update_id IN (SELECT value FROM json_each(?))"
)
_BUTTONS_LAST = timedelta(days=14)


@dataclass(frozen=True)
class Pressable:
    """A button: who may press it, in which chat, what it does (JSON), whether it still does."""

    person_id: int
    chat_id: int
    action: str
    expired: bool = False


@dataclass(frozen=True)
class Placed:
    """A message of the bot's and what it is about. purpose: JSON, the chat's own business."""

    message_id: int
    case_id: int
    exhibit_id: int | None
    purpose: str


class ChatState:
    """The chat's tables. Usable from several threads, as `Store` is."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._unwritten: dict[tuple[int, int, str], int] = {}

    # --- inbox ---

    def keep_updates(self, bot_id: int, updates: Iterable[tuple[int, str]]) -> list[int]:
        """Commit raw updates (id and JSON); gives the ids of those that were not there yet."""
        at = stamp(now())
        with self._store.transaction():
            fresh = [
                number
                for number, body in updates
                if self._store.change(
                    "INSERT INTO inbox (bot_id, update_id, body, received_at)"
                    " VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
                    (bot_id, number, body, at),
                )
            ]
            if fresh:
                self._store.change(_MARK_SEALED, (bot_id, json.dumps(fresh)))
            return fresh

    def waiting(self, bot_id: int) -> list[tuple[int, str]]:
        """The updates that are neither done nor set aside, in order."""
        rows = self._store.rows(
            "SELECT update_id, body FROM inbox WHERE bot_id = ? AND done_at IS NULL"
            " AND failures < ? ORDER BY update_id",
            (bot_id, _MOST_FAILURES),
        )
        return [(row["update_id"], row["body"]) for row in rows]

    def files_behind(self, bot_id: int, update_id: int, chat_id: int) -> int:
        """How many files that came to a chat after this update wait to be worked off."""
        row = self._store.row(
            "SELECT count(*) AS files FROM inbox WHERE bot_id = ? AND done_at IS NULL"
            " AND failures < ? AND update_id > ? AND json_extract(body, '$.message.chat.id') = ?"
            " AND coalesce(json_extract(body, '$.message.document'),"
            " json_extract(body, '$.message.photo')) IS NOT NULL",
            (bot_id, _MOST_FAILURES, update_id, chat_id),
        )
        return int(row["files"]) if row else 0

    def seconds_apart(self, bot_id: int, first: int, second: int) -> float | None:
        """How long after one update another came; None where either is not known."""
        row = self._store.row(
            "SELECT (julianday(b.received_at) - julianday(a.received_at)) * 86400 AS seconds"
            " FROM inbox a, inbox b WHERE a.bot_id = ?1 AND a.update_id = ?2"
            " AND b.bot_id = ?1 AND b.update_id = ?3",
            (bot_id, first, second),
        )
        return row["seconds"] if row else None

    def finish_update(self, bot_id: int, update_id: int) -> None:
        """Mark an update done and drop its text: what matters of it is in the case now.

        Of one from a sealed chat nothing stays but that it came.
        """
        with self._store.transaction():
            self._store.change(
                "UPDATE inbox SET done_at = ?, body = '{}' WHERE bot_id = ? AND update_id = ?",
                (stamp(now()), bot_id, update_id),
            )
            forgotten = self._unmark(bot_id, update_id)
        if forgotten:
            self._store.empty_log()

    def _unmark(self, bot_id: int, update_id: int) -> bool:
        """Forget what was sent in answer to an update from a sealed chat; whether it was one."""
        key = (bot_id, update_id)
        where = "bot_id = ? AND update_id = ?"
        if not self._store.change(f"DELETE FROM sealed_arrival WHERE {where}", key):
            return False
        self._store.change(f"DELETE FROM sent WHERE {where}", key)
        return True

    def fail_update(self, bot_id: int, update_id: int) -> bool:
        """Count a failure. True when it was the last one allowed: the update is set aside."""
        with self._store.transaction():
            self._store.change(
                "UPDATE inbox SET failures = failures + 1 WHERE bot_id = ? AND update_id = ?",
                (bot_id, update_id),
            )
        row = self._store.row(
            "SELECT failures FROM inbox WHERE bot_id = ? AND update_id = ?", (bot_id, update_id)
        )
        last = row is not None and row["failures"] >= _MOST_FAILURES
        if last and sealed.marked(self._store, bot_id, update_id):
            self.finish_update(bot_id, update_id)  # not even a failed one is kept
        return last

    # --- what was sent ---

    def sent(self, bot_id: int, update_id: int, step: str, chat_id: int) -> int | None:
        """The message that this step of the answer to an update became, if it was sent.

        0 where its number is not known, or it went to the group that this chat was before.
        """
        row = self._store.row(
            "SELECT iif(chat_id = ?, message_id, 0) AS message_id FROM sent"
            " WHERE bot_id = ? AND update_id = ? AND step = ?",
            (chat_id, bot_id, update_id, step),
        )
        return row["message_id"] if row else self._unwritten.get((bot_id, update_id, step))

    def last_of_notices(self, bot_id: int, update_id: int) -> int:
        """The last notice of those that went out together under the number of the first; 0 where
        they did not."""
        row = self._store.row(
            "SELECT max(CAST(substr(step, 8) AS INTEGER)) AS last FROM sent"
            " WHERE bot_id = ? AND update_id = ? AND step LIKE 'notice %'",
            (bot_id, update_id),
        )
        return (row and row["last"]) or 0

    def remember_sent(
        self,
        bot_id: int,
        update_id: int,
        step: str,
        chat_id: int,
        message_id: int,
        about: About = _NOTHING,
    ) -> None:
        """Keep that a step was sent, so that a repeat sends nothing, and what the message shows.

        While the disk refuses it is kept in memory: what was said is not said with every try.
        """
        try:
            with self._store.transaction():
                self._store.insert_once(
                    "sent",
                    bot_id=bot_id,
                    update_id=update_id,
                    step=step,
                    chat_id=chat_id,
                    message_id=message_id,
                    sent_at=stamp(now()),
                )
                self.note_about(bot_id, chat_id, message_id, about)
            self._unwritten.pop((bot_id, update_id, step), None)
        except DiskRefused:
            self._unwritten[bot_id, update_id, step] = message_id

    def note_about(self, bot_id: int, chat_id: int, message_id: int, about: About) -> None:
        """Keep what a message shows or speaks of, beside what was known of it.

        message_id: 0 where the service did not tell it; then nothing can be kept.
        """
        with self._store.transaction():
            for kind, number in about.rows() if message_id else ():
                self._store.insert_once(
                    "message_about",
                    bot_id=bot_id,
                    chat_id=chat_id,
                    message_id=message_id,
                    kind=kind,
                    number=number,
                )

    # --- buttons ---

    def buttons(self, person_id: int, chat_id: int, actions: Iterable[str]) -> list[str]:
        """An opaque id for each action; the same action keeps its id for that person and chat.

        It is good for two weeks from the last time it was given out.
        """
        with self._store.transaction():
            return [self._button(person_id, chat_id, action) for action in actions]

    def _button(self, person_id: int, chat_id: int, action: str) -> str:
        row = self._store.row(
            "SELECT token FROM button WHERE person_id = ? AND chat_id = ? AND action = ?",
            (person_id, chat_id, action),
        )
        if row:
            self._store.change(
                "UPDATE button SET made_at = ? WHERE token = ?", (stamp(now()), row["token"])
            )
            return str(row["token"])
        token = secrets.token_urlsafe(12)
        self._store.insert(
            "button",
            token=token,
            person_id=person_id,
            chat_id=chat_id,
            action=action,
            made_at=stamp(now()),
        )
        return token

    def button(self, token: str) -> Pressable | None:
        """The button with this id."""
        row = self._store.row("SELECT * FROM button WHERE token = ?", (token,))
        if row is None:
            return None
        expired = row["made_at"] < stamp(now() - _BUTTONS_LAST)
        return Pressable(row["person_id"], row["chat_id"], row["action"], expired)

    # --- the bot's messages ---

    def place(
        self,
        bot_id: int,
        chat_id: int,
        message_id: int,
        case_id: int,
        exhibit_id: int | None,
        purpose: str,
    ) -> None:
        """Keep what a message of the bot's is about; the last word counts."""
        with self._store.transaction():
            self._store.change(
                "INSERT INTO bot_message VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET"
                " case_id = excluded.case_id, exhibit_id = excluded.exhibit_id,"
                " purpose = excluded.purpose",
                (bot_id, chat_id, message_id, case_id, exhibit_id, purpose),
            )

    def placed(self, bot_id: int, chat_id: int, message_id: int) -> Placed | None:
        """What a message of the bot's is about."""
        row = self._store.row(
            "SELECT message_id, case_id, exhibit_id, purpose FROM bot_message"
            " WHERE bot_id = ? AND chat_id = ? AND message_id = ?",
            (bot_id, chat_id, message_id),
        )
        return Placed(*row) if row else None

    def latest_placed(self, bot_id: int, chat_id: int, case_id: int, purpose: str) -> int | None:
        """The latest message about a case in this chat that has this purpose."""
        row = self._store.row(
            "SELECT max(message_id) AS message_id FROM bot_message"
            " WHERE bot_id = ? AND chat_id = ? AND case_id = ? AND purpose = ?",
            (bot_id, chat_id, case_id, purpose),
        )
        return row["message_id"] if row else None

    # --- open cases ---

    def open_case(self, person_id: int, chat_id: int) -> int | None:
        """The case that this person last opened in this chat."""
        row = self._store.row(
            "SELECT case_id FROM open_case WHERE person_id = ? AND chat_id = ?",
            (person_id, chat_id),
        )
        return row["case_id"] if row else None

    def set_open_case(self, person_id: int, chat_id: int, case_id: int) -> None:
        """Keep which case this person opened last in this chat."""
        with self._store.transaction():
            self._store.change(
                "INSERT INTO open_case VALUES (?, ?, ?)"
                " ON CONFLICT DO UPDATE SET case_id = excluded.case_id",
                (person_id, chat_id, case_id),
            )
