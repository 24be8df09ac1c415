"""What is remembered of a sealed chat: nothing, once an update is worked off.

Until then a step that was sent is known, so that it is not sent again after a kill.
"""

from __future__ import annotations

from collections.abc import Iterable

from verify.records import About
from verify.store.chats.chat_state import ChatState
from verify.store.database.connection import now, stamp

_NOTHING = About()


class Fleeting(ChatState):
    """The chat's tables, without a row that would lead from a case to this chat."""

    def remember_sent(
        self,
        bot_id: int,
        update_id: int,
        step: str,
        chat_id: int,
        message_id: int,
        about: About = _NOTHING,
    ) -> None:
        """Keep that a step was sent, as long as the update is not worked off."""
        with self._store.transaction():
            self._store.change(
                "INSERT OR IGNORE INTO sent (bot_id, update_id, step, chat_id, message_id, sent_at)"
                " SELECT bot_id, update_id, ?, ?, ?, ? FROM sealed_arrival"
                " WHERE bot_id = ? AND update_id = ?",
                (step, chat_id, message_id, stamp(now()), bot_id, update_id),
            )

    def note_about(self, bot_id: int, chat_id: int, message_id: int, about: About) -> None:
        """Nothing: what a message shows is not kept."""

    def buttons(self, person_id: int, chat_id: int, actions: Iterable[str]) -> list[str]:
        """None: a button would be a row with chat, person and case."""
        raise NotImplementedError("a sealed chat has no buttons")

    def place(
        self,
        bot_id: int,
        chat_id: int,
        message_id: int,
        case_id: int,
        exhibit_id: int | None,
        purpose: str,
    ) -> None:
        """Nothing: what a message is about is not kept."""

    def set_open_case(self, person_id: int, chat_id: int, case_id: int) -> None:
        """Nothing: no case is open here."""
