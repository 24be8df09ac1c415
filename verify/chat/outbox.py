"""The bot's messages: each step of an answer is sent once, then edited.

A step is named within the update that it answers. When an update is worked off again after
a kill, the steps that were sent are found and not sent again.
"""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass

from telegram import (
    Bot,
    ForceReply,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaPhoto,
    LinkPreviewOptions,
    ReplyParameters,
)
from telegram.constants import ParseMode
from telegram.error import BadRequest, Forbidden

from verify.chat.action import encode
from verify.chat.pages import MESSAGE_UNITS, Page, paginate, units
from verify.store.memory import Memory

_log = logging.getLogger(__name__)
NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
_GONE = ("message to edit not found", "message can't be edited", "message_id_invalid")


@dataclass(frozen=True)
class Outbox:
    """Where the answer to one update goes: one person in one chat. quiet: without a sound."""

    bot: Bot
    memory: Memory
    update_id: int
    person_id: int
    chat_id: int
    quiet: bool = False

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
        Gives the number of the last message, or None when the person blocked the bot.
        """
        *first, last = paginate([page.text], MESSAGE_UNITS) if _too_long(page) else [page.text]
        for number, text in enumerate(first):
            await self._send(f"{step}.{number}", Page(text), reply_to)
        message_id = await self._send(step, Page(last, page.rows, page.asks), reply_to)
        if message_id and case_id:
            await self._place(message_id, case_id, exhibit_id, purpose)
        return message_id

    async def _send(self, step: str, page: Page, reply_to: int | None) -> int | None:
        if sent := await self._sent(step):
            return sent
        try:
            message = await self.bot.send_message(
                self.chat_id,
                page.text,
                parse_mode=ParseMode.HTML,
                link_preview_options=NO_PREVIEW,
                reply_parameters=_reply(reply_to),
                reply_markup=ForceReply() if page.asks else await self._keyboard(page),
                disable_notification=self.quiet,
            )
        except Forbidden as error:
            _log.warning("not sent: %s", error.message)
            return None
        await self._remember(step, message.message_id)
        return message.message_id

    async def edit(
        self,
        message_id: int,
        page: Page,
        *,
        case_id: int = 0,
        exhibit_id: int = 0,
        purpose: str = "",
    ) -> bool:
        """Replace a message's text and buttons. False when it can no longer be edited."""
        try:
            await self.bot.edit_message_text(
                page.text,
                self.chat_id,
                message_id,
                parse_mode=ParseMode.HTML,
                link_preview_options=NO_PREVIEW,
                reply_markup=await self._keyboard(page),
            )
        except Forbidden as error:
            _log.warning("not edited: %s", error.message)
        except BadRequest as error:
            if _is_gone(error):
                return False
            if not _is_same(error):
                raise
        if case_id:
            await self._place(message_id, case_id, exhibit_id, purpose)
        return True

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
        """Send a picture unless this step was sent. spoiler: hidden until it is tapped."""
        if await self.was_sent(step):
            return
        try:
            message = await self.bot.send_photo(
                self.chat_id,
                jpeg,
                caption=page.text,
                parse_mode=ParseMode.HTML,
                has_spoiler=spoiler,
                reply_parameters=_reply(reply_to),
                reply_markup=await self._keyboard(page),
            )
        except Forbidden as error:
            _log.warning("not sent: %s", error.message)
            return
        await self._remember(step, message.message_id)
        await self._place(message.message_id, case_id, exhibit_id, purpose)

    async def replace_photo(self, message_id: int, jpeg: bytes, page: Page) -> None:
        """Put another picture and caption into a message."""
        media = InputMediaPhoto(jpeg, caption=page.text, parse_mode=ParseMode.HTML)
        try:
            await self.bot.edit_message_media(
                media, self.chat_id, message_id, reply_markup=await self._keyboard(page)
            )
        except Forbidden as error:
            _log.warning("not edited: %s", error.message)
        except BadRequest as error:
            if not (_is_same(error) or _is_gone(error)):
                raise

    async def caption(self, message_id: int, page: Page) -> None:
        """Replace the words and buttons under a picture."""
        try:
            await self.bot.edit_message_caption(
                self.chat_id,
                message_id,
                caption=page.text,
                parse_mode=ParseMode.HTML,
                reply_markup=await self._keyboard(page),
            )
        except Forbidden as error:
            _log.warning("not edited: %s", error.message)
        except BadRequest as error:
            if not (_is_same(error) or _is_gone(error)):
                raise

    async def acknowledge(self, query_id: str, text: str = "") -> None:
        """Stop the pressed button's clock; text is shown for a moment, at most 200 characters."""
        try:
            await self.bot.answer_callback_query(query_id, text[:200])
        except BadRequest as error:
            if "query is too old" not in error.message.lower():
                raise

    async def _keyboard(self, page: Page) -> InlineKeyboardMarkup | None:
        rows = [row for row in page.rows if row]
        if not rows:
            return None
        actions = [encode(button.action) for row in rows for button in row if not button.url]
        tokens = iter(
            await asyncio.to_thread(self.memory.buttons, self.person_id, self.chat_id, actions)
        )
        return InlineKeyboardMarkup(
            [
                [
                    InlineKeyboardButton(button.label, url=button.url)
                    if button.url
                    else InlineKeyboardButton(button.label, callback_data=next(tokens))
                    for button in row
                ]
                for row in rows
            ]
        )

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


def _too_long(page: Page) -> bool:
    return units(page.text) > MESSAGE_UNITS


def _reply(message_id: int | None) -> ReplyParameters | None:
    if message_id is None:
        return None
    return ReplyParameters(message_id, allow_sending_without_reply=True)


def _is_same(error: BadRequest) -> bool:
    return "message is not modified" in error.message.lower()


def _is_gone(error: BadRequest) -> bool:
    return any(words in error.message.lower() for words in _GONE)
