"""The bot's messages: each step of an answer is sent once, then edited.

A step is named within the update that it answers. When an update is worked off again after
a kill, the steps that were sent are found and not sent again.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace

from telegram import Bot, ForceReply, InlineKeyboardMarkup, InputMediaPhoto, Message
from telegram.constants import ParseMode
from telegram.error import Forbidden

from verify.chat.answers import AnsweredWrongly
from verify.chat.keyboard import keyboard
from verify.chat.pages import Page, captioned, cut
from verify.chat.speaking import NO_PREVIEW, acknowledge, edited, replying
from verify.store.memory import Memory

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Outbox:
    """Where the answer to one update goes: one person in one chat. quiet: without a sound.

    withheld: the names of what this person may not do, for which no button is offered.
    """

    bot: Bot
    memory: Memory
    update_id: int
    person_id: int
    chat_id: int
    quiet: bool = False
    withheld: frozenset[str] = frozenset()

    async def was_sent(self, step: str) -> bool:
        """Whether this step of the answer went out before a kill."""
        return await self._sent(step) is not None

    async def _sent(self, step: str) -> int | None:
        return await asyncio.to_thread(self.memory.sent, self.bot.id, self.update_id, step)

    async def send(
        self,
        step: str,
        page: Page,
        *,
        reply_to: int | None = None,
        case_id: int = 0,
        exhibit_id: int = 0,
        purpose: str = "",
    ) -> int | None:
        """Send a message unless this step was sent; longer text goes on in further messages.

        case_id, exhibit_id, purpose: what the message is about, kept for replies to it.
        Gives the number of the last message: 0 where the service did not tell it, None when
        the person blocked the bot.
        """
        *first, last = cut(page)
        for number, one in enumerate(first):
            await self._send(f"{step}.{number}", one, reply_to)
        message_id = await self._send(step, last, reply_to)
        if message_id and case_id:
            await self._place(message_id, case_id, exhibit_id, purpose)
        return message_id

    async def _send(self, step: str, page: Page, reply_to: int | None = None) -> int | None:
        async def send() -> Message:
            return await self.bot.send_message(
                self.chat_id,
                page.text,
                parse_mode=ParseMode.HTML,
                link_preview_options=NO_PREVIEW,
                reply_parameters=replying(reply_to),
                reply_markup=ForceReply() if page.asks else await self._keyboard(page),
                disable_notification=self.quiet,
            )

        return await self._once(step, send)

    async def _once(self, step: str, send: Callable[[], Awaitable[Message]]) -> int | None:
        """Take a step, unless it was taken. Gives the message's number: 0 where the service
        did not tell it, None when the person blocked the bot.

        Where something answered that cannot be read, the message may stand in the chat or not.
        It is sent once more, when the service has answered something else properly; a third
        time would be worse than none.
        """
        if (sent := await self._sent(step)) is not None:
            return sent
        unclear = f"{step}?"
        if again := await self.was_sent(unclear):
            await self.bot.get_me()
        try:
            message_id = (await send()).message_id
        except Forbidden as error:
            _log.warning("not sent: %s", error.message)
            return None
        except AnsweredWrongly as error:
            if error.perhaps_done and not again:
                await self._remember(unclear, 0)
            if not (error.perhaps_done and again):
                raise
            message_id = 0
        await self._remember(step, message_id)
        return message_id

    async def edit(
        self,
        message_id: int,
        page: Page,
        *,
        case_id: int = 0,
        exhibit_id: int = 0,
        purpose: str = "",
    ) -> bool:
        """Replace a message's text and buttons. False when it can no longer be edited.

        Longer text goes on in further messages, and the buttons stand under the last.
        """
        first, *rest = cut(page)
        edit = self.bot.edit_message_text(
            first.text,
            self.chat_id,
            message_id,
            parse_mode=ParseMode.HTML,
            link_preview_options=NO_PREVIEW,
            reply_markup=await self._keyboard(first),
        )
        if not await edited(edit):
            return False
        last = await self._go_on(message_id, rest)
        if case_id:
            for one in {message_id, last}:
                await self._place(one, case_id, exhibit_id, purpose)
        return True

    async def _go_on(self, message_id: int, rest: list[Page]) -> int:
        """Send what did not fit into a message; gives the number of the last."""
        last = message_id
        for number, page in enumerate(rest):
            last = await self._send(f"{message_id} goes on.{number}", page) or last
        return last

    async def photo(
        self,
        step: str,
        jpeg: bytes,
        page: Page,
        *,
        reply_to: int | None,
        case_id: int,
        exhibit_id: int,
        purpose: str,
        spoiler: bool = True,
    ) -> None:
        """Send a picture unless this step was sent. spoiler: hidden until it is tapped.

        Words that a caption cannot hold go on in further messages.
        """
        caption, rest = captioned(page)
        message_id = await self._photo(step, jpeg, caption, reply_to=reply_to, spoiler=spoiler)
        if message_id:
            await self._go_on(message_id, rest)
            await self._place(message_id, case_id, exhibit_id, purpose)

    async def _photo(
        self, step: str, jpeg: bytes, page: Page, *, reply_to: int | None, spoiler: bool
    ) -> int | None:
        async def send() -> Message:
            return await self.bot.send_photo(
                self.chat_id,
                jpeg,
                caption=page.text,
                parse_mode=ParseMode.HTML,
                has_spoiler=spoiler,
                reply_parameters=replying(reply_to),
                reply_markup=await self._keyboard(page),
            )

        return await self._once(step, send)

    async def replace_photo(self, message_id: int, jpeg: bytes, page: Page) -> None:
        """Put another picture and caption into a message."""
        caption, rest = captioned(page)
        media = InputMediaPhoto(jpeg, caption=caption.text, parse_mode=ParseMode.HTML)
        below = await self._keyboard(caption)
        edit = self.bot.edit_message_media(media, self.chat_id, message_id, reply_markup=below)
        if await edited(edit):
            await self._go_on(message_id, rest)

    async def caption(self, message_id: int, page: Page) -> None:
        """Replace the words and buttons under a picture."""
        caption, rest = captioned(page)
        edit = self.bot.edit_message_caption(
            self.chat_id,
            message_id,
            caption=caption.text,
            parse_mode=ParseMode.HTML,
            reply_markup=await self._keyboard(caption),
        )
        if await edited(edit):
            await self._go_on(message_id, rest)

    async def acknowledge(self, query_id: str, text: str = "") -> None:
        """Stop the pressed button's clock; text is shown for a moment."""
        await acknowledge(self.bot, query_id, text)

    async def _keyboard(self, page: Page) -> InlineKeyboardMarkup | None:
        rows = tuple(
            tuple(one for one in row if one.action.name not in self.withheld) for row in page.rows
        )
        page = replace(page, rows=tuple(row for row in rows if row))
        return await keyboard(self.memory, self.person_id, self.chat_id, page)

    async def _remember(self, step: str, message_id: int) -> None:
        await asyncio.to_thread(
            self.memory.remember_sent,
            self.bot.id,
            self.update_id,
            step,
            self.chat_id,
            message_id,
        )

    async def _place(self, message_id: int, case_id: int, exhibit_id: int, purpose: str) -> None:
        await asyncio.to_thread(
            self.memory.place,
            self.bot.id,
            self.chat_id,
            message_id,
            case_id,
            exhibit_id or None,
            purpose,
        )
