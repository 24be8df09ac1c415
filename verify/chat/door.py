"""The door: who may speak gets a turn; anybody else is told so, in one sentence."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from dataclasses import dataclass, field
from time import monotonic
from zoneinfo import ZoneInfo

from telegram import Bot, Update, User
from telegram.error import BadRequest, Forbidden

from verify.chat.access import Access, pairing_code
from verify.chat.download import Files
from verify.chat.outbox import Outbox
from verify.chat.turn import Menu, Turn
from verify.desk import Desk
from verify.language import Reader, nearest, plain
from verify.records import Sentence, say
from verify.store.memory import Memory

_log = logging.getLogger(__name__)
_QUIET_SECONDS = 5.0
_STRANGER = say("This desk serves only people whom its owners have admitted.")


@dataclass
class Door:
    """Lets people in, update by update. menu: the commands there are."""

    desk: Desk
    bot: Bot
    access: Access
    memory: Memory
    files: Files
    zone: ZoneInfo
    menu: Menu
    _refused_groups: set[int] = field(default_factory=set)
    _refused_at: dict[int, float] = field(default_factory=dict)

    async def enter(self, update: Update) -> Turn | None:
        """The turn of somebody who may speak here; None, once they were told, for others."""
        user, chat, query = update.effective_user, update.effective_chat, update.callback_query
        if user is None:
            return None
        person = await asyncio.to_thread(self.access.person, user)
        if person is None:
            await self._refuse(update, user)
            return None
        if chat is None:
            return None
        if chat.type != chat.PRIVATE:
            await self._refuse_group(chat.id, user)
            return None
        return Turn(
            desk=self.desk,
            memory=self.memory,
            person=person,
            reader=Reader(person.language, self.zone),
            out=Outbox(self.bot, self.memory, update.update_id, person.id, chat.id),
            files=self.files,
            platform=self.access.platform,
            menu=self.menu,
            message=update.message or update.edited_message,
            pressed=query.message.message_id if query and query.message else None,
        )

    async def _refuse(self, update: Update, user: User) -> None:
        """One sentence to a stranger; a pairing code is tried first."""
        reader = Reader(nearest(user.language_code or ""), self.zone)
        if query := update.callback_query:
            with contextlib.suppress(BadRequest):  # too old by now
                await self.bot.answer_callback_query(query.id, plain(_STRANGER, reader)[:200])
            return
        message = update.message
        if message is None or message.chat.type != message.chat.PRIVATE:
            return
        if code := pairing_code(message.text):
            if await asyncio.to_thread(self.access.pair, user, code):
                sentence = say("You are admitted to this desk. Send a picture, or /help.")
            else:
                sentence = say("This code is not right, or no longer valid.")
        elif self._just_refused(user.id):
            return
        else:
            sentence = _STRANGER
        await self._say(message.chat_id, sentence, reader)

    def _just_refused(self, account: int) -> bool:
        """Whether this stranger was told a moment ago: an album, or a flood, gets one sentence."""
        now = monotonic()
        self._refused_at = {
            other: at for other, at in self._refused_at.items() if now - at < _QUIET_SECONDS
        }
        if account in self._refused_at:
            return True
        self._refused_at[account] = now
        return False

    async def _refuse_group(self, chat_id: int, user: User) -> None:
        """One sentence per group, as everybody in it would see what the desk answers."""
        if chat_id not in self._refused_groups:
            self._refused_groups.add(chat_id)
            sentence = say("This desk answers in private chats only, not in groups.")
            await self._say(chat_id, sentence, Reader(nearest(user.language_code or ""), self.zone))

    async def _say(self, chat_id: int, sentence: Sentence, reader: Reader) -> None:
        try:
            await self.bot.send_message(chat_id, plain(sentence, reader))
        except (Forbidden, BadRequest) as error:
            _log.warning("not sent: %s", type(error).__name__)
