"""The bot's messages: each step of an answer is sent once, then edited.

A step is named within the update that it answers. When an update is worked off again after
a kill, the steps that were sent are found and not sent again.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace

import msgspec
from telegram import (
    Bot,
    ForceReply,
    InlineKeyboardMarkup,
    InputMediaAnimation,
    InputMediaPhoto,
    Message,
)
from telegram.constants import ParseMode
from telegram.error import Forbidden

from verify.chat.answers import AnsweredWrongly
from verify.chat.keyboard import keyboard
from verify.chat.ledger import Ledger
from verify.chat.pages import Page, captioned, cut
from verify.chat.speaking import NO_PREVIEW, acknowledge, edited, replying
from verify.records import About, Clip, Picture, Step, numbers
from verify.store.chats.chat_state import ChatState

_log = logging.getLogger(__name__)
LOCAL = "localchat"  # the service
_NOTHING = About()


@dataclass(frozen=True)
class Outbox:
    """Where the answer to one update goes: one person in one chat. quiet: without a sound.
    topic: of the chat, where that is a forum.

    What each message shows or speaks of is kept with it. local: the service is the local chat,
    which is told it in the same call, so that not even a kill comes between.
    bare: no buttons, each of which would be kept.
    withheld: the names of what this person may not do, for which no button is offered.
    """

    bot: Bot
    memory: ChatState
    update_id: int
    person_id: int
    chat_id: int
    topic: int | None = None
    quiet: bool = False
    withheld: frozenset[str] = frozenset()
    local: bool = False
    bare: bool = False
    ledger: Ledger = field(default_factory=Ledger)

    async def was_sent(self, step: str) -> bool:
        """Whether this step of the answer went out before a kill."""
        return await self._sent(step) is not None

    async def _sent(self, step: str) -> int | None:
        key = self.bot.id, self.update_id, step
        return await asyncio.to_thread(self.memory.sent, *key, self.chat_id)

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
        *first, last = cut(self._knowing(page, case_id, exhibit_id))
        for number, one in enumerate(first):
            await self._send(f"{step}.{number}", one, reply_to)
        message_id = await self._send(step, last, reply_to)
        if message_id:
            await self._place(message_id, case_id, exhibit_id, purpose)
        return message_id

    async def _send(self, step: str, page: Page, reply_to: int | None = None) -> int | None:
        async def send() -> Message:
            return await self.bot.send_message(
                self.chat_id,
                page.text,
                parse_mode=ParseMode.HTML,
                link_preview_options=NO_PREVIEW,
                message_thread_id=self.topic,
                reply_parameters=replying(reply_to),
                reply_markup=ForceReply() if page.asks else await self._keyboard(page),
                disable_notification=self.quiet,
                api_kwargs=self._told(page),
            )

        return await self._once(step, page, send)

    async def _once(
        self, step: str, page: Page, send: Callable[[], Awaitable[Message]]
    ) -> int | None:
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
                await self._remember(unclear, 0, _NOTHING)
            if not (error.perhaps_done and again):
                raise
            message_id = 0
        await self._remember(step, message_id, page.about or _NOTHING)
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
        first, *rest = cut(self._knowing(page, case_id, exhibit_id))
        told = await self._note(message_id, first)
        edit = self.bot.edit_message_text(
            first.text,
            self.chat_id,
            message_id,
            parse_mode=ParseMode.HTML,
            link_preview_options=NO_PREVIEW,
            reply_markup=await self._keyboard(first),
            api_kwargs=told,
        )
        if not await edited(edit):
            return False
        last = await self._go_on(message_id, rest)
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
        picture: Picture,
        page: Page,
        *,
        reply_to: int | None,
        case_id: int,
        exhibit_id: int,
        purpose: str,
        spoiler: bool = True,
    ) -> None:
        """Send a picture unless this step was sent. spoiler: hidden until it is tapped, unless
        it is a line drawing, which somebody asked for.

        Words that a caption cannot hold go on in further messages.
        """
        caption, rest = captioned(self._knowing(page, case_id, exhibit_id))
        message_id = await self._photo(step, picture, caption, reply_to=reply_to, spoiler=spoiler)
        if message_id:
            await self._go_on(message_id, rest)
            await self._place(message_id, case_id, exhibit_id, purpose)

    async def _photo(
        self, step: str, picture: Picture, page: Page, *, reply_to: int | None, spoiler: bool
    ) -> int | None:
        async def send() -> Message:
            return await self.bot.send_photo(
                self.chat_id,
                picture.jpeg,
                caption=page.text,
                parse_mode=ParseMode.HTML,
                has_spoiler=spoiler and picture.step is not Step.DRAWING,
                message_thread_id=self.topic,
                reply_parameters=replying(reply_to),
                reply_markup=ForceReply() if page.asks else await self._keyboard(page),
                api_kwargs=self._told(page),
            )

        return await self._once(step, page, send)

    async def document(
        self, step: str, content: bytes, name: str, page: Page, *, case_id: int
    ) -> None:
        """Send a file as it is, unless this step was sent. name: what it is called there."""
        words = self._knowing(page, case_id)

        async def send() -> Message:
            return await self.bot.send_document(
                self.chat_id,
                content,
                caption=words.text,
                parse_mode=ParseMode.HTML,
                filename=name,
                disable_content_type_detection=True,
                message_thread_id=self.topic,
                api_kwargs=self._told(words),
            )

        if message_id := await self._once(step, words, send):
            await self._place(message_id, case_id, 0, "")

    async def voice(
        self,
        step: str,
        ogg: Clip,
        seconds: float,
        page: Page,
        *,
        reply_to: int | None,
        case_id: int,
        exhibit_id: int,
        purpose: str,
    ) -> None:
        """Send a voice message that lasts so long, unless this step was sent."""
        caption, rest = captioned(self._knowing(page, case_id, exhibit_id))

        async def send() -> Message:
            return await self.bot.send_voice(
                self.chat_id,
                ogg.content,
                duration=max(1, round(seconds)),
                caption=caption.text,
                parse_mode=ParseMode.HTML,
                message_thread_id=self.topic,
                reply_parameters=replying(reply_to),
                reply_markup=await self._keyboard(caption),
                api_kwargs=self._told(caption),
            )

        if message_id := await self._once(step, caption, send):
            await self._go_on(message_id, rest)
            await self._place(message_id, case_id, exhibit_id, purpose)

    async def replace_photo(
        self, message_id: int, picture: Picture, page: Page, *, spoiler: bool = False
    ) -> None:
        """Put another picture and caption into a message. spoiler: as in `photo`; a covered
        picture is always hidden."""
        hidden = (spoiler or bool(picture.covers)) and picture.step is not Step.DRAWING
        await self._replace(
            message_id,
            page,
            lambda words: InputMediaPhoto(picture.jpeg, words, ParseMode.HTML, has_spoiler=hidden),
        )

    async def replace_film(self, message_id: int, clip: Clip, seconds: float, page: Page) -> None:
        """Put a clip without sound, that lasts so long, into a message that shows a picture."""
        await self._replace(
            message_id,
            page,
            lambda words: InputMediaAnimation(
                clip.content,
                caption=words,
                parse_mode=ParseMode.HTML,
                duration=max(1, round(seconds)),
                filename="clip.mp4",
                has_spoiler=bool(clip.covers),
            ),
        )

    async def _replace(
        self,
        message_id: int,
        page: Page,
        media: Callable[[str], InputMediaPhoto | InputMediaAnimation],
    ) -> None:
        caption, rest = captioned(self._knowing(page))
        told = await self._note(message_id, caption)
        below = await self._keyboard(caption)
        edit = self.bot.edit_message_media(
            media(caption.text), self.chat_id, message_id, reply_markup=below, api_kwargs=told
        )
        if await edited(edit):
            await self._go_on(message_id, rest)

    async def caption(self, message_id: int, page: Page) -> None:
        """Replace the words and buttons under a picture."""
        caption, rest = captioned(self._knowing(page))
        told = await self._note(message_id, caption)
        edit = self.bot.edit_message_caption(
            self.chat_id,
            message_id,
            caption=caption.text,
            parse_mode=ParseMode.HTML,
            reply_markup=await self._keyboard(caption),
            api_kwargs=told,
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
        page = replace(page, rows=() if self.bare else tuple(row for row in rows if row))
        return await keyboard(self.memory, self.person_id, self.chat_id, page)

    def _knowing(self, page: Page, case_id: int = 0, exhibit_id: int = 0) -> Page:
        """The page with what it is about."""
        read = self.ledger.all() if page.about is None else page.about
        return replace(page, about=read | numbers(case_id, exhibit_id))

    def _told(self, page: Page) -> dict[str, str] | None:
        """What a message is about, as one more parameter of a call; Telegram is never told."""
        if not self.local or not page.about:
            return None
        return {"about": msgspec.json.encode(page.about).decode()}

    async def _note(self, message_id: int, page: Page) -> dict[str, str] | None:
        """Keep what a message is about to show, before it does."""
        where = self.bot.id, self.chat_id, message_id
        await asyncio.to_thread(self.memory.note_about, *where, page.about or _NOTHING)
        return self._told(page)

    async def _remember(self, step: str, message_id: int, about: About) -> None:
        await asyncio.to_thread(
            self.memory.remember_sent,
            self.bot.id,
            self.update_id,
            step,
            self.chat_id,
            message_id,
            about,
        )

    async def _place(self, message_id: int, case_id: int, exhibit_id: int, purpose: str) -> None:
        """Remember which case a message is about, where it is about one."""
        if not case_id:
            return
        await asyncio.to_thread(
            self.memory.place,
            self.bot.id,
            self.chat_id,
            message_id,
            case_id,
            exhibit_id or None,
            purpose,
        )
