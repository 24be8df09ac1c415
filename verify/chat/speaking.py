"""How the bot speaks to the service, and what of its refusals is none."""

from __future__ import annotations

import logging
from collections.abc import Awaitable

from telegram import Bot, LinkPreviewOptions, ReplyParameters
from telegram.constants import ParseMode
from telegram.error import BadRequest, ChatMigrated, Forbidden

from verify.chat.pages import ANSWER_UNITS, Page, cut, head

_log = logging.getLogger(__name__)
NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
_GONE = ("message to edit not found", "message can't be edited", "message_id_invalid")


async def acknowledge(bot: Bot, query_id: str, text: str) -> None:
    """Stop a pressed button's clock; text is shown for a moment, what fits of it."""
    try:
        await bot.answer_callback_query(query_id, head(text, ANSWER_UNITS))
    except BadRequest as error:
        if "query is too old" not in error.message.lower():
            raise


async def say_once(bot: Bot, chat_id: int, text: str, topic: int | None = None) -> None:
    """Send HTML that answers no update and is not repeated, as to strangers and owners.

    topic: of the forum in which it is said. Who blocked the bot, or never spoke to it, is logged.
    """
    try:
        for page in cut(Page(text)):
            await bot.send_message(
                chat_id,
                page.text,
                parse_mode=ParseMode.HTML,
                link_preview_options=NO_PREVIEW,
                message_thread_id=topic,
            )
    except (Forbidden, BadRequest, ChatMigrated) as error:
        _log.warning("not sent: %s", type(error).__name__)


async def edited(edit: Awaitable[object]) -> bool:
    """Make an edit. False when the message can no longer be edited; one that changes nothing,
    or that a person who blocked the bot would not see, counts as made."""
    try:
        await edit
    except Forbidden as error:
        _log.warning("not edited: %s", error.message)
    except BadRequest as error:
        if _is_gone(error):
            return False
        if not _is_same(error):
            raise
    return True


def replying(message_id: int | None) -> ReplyParameters | None:
    """What makes a message a reply to another, if that is still there."""
    if message_id is None:
        return None
    return ReplyParameters(message_id, allow_sending_without_reply=True)


def _is_same(error: BadRequest) -> bool:
    return "message is not modified" in error.message.lower()


def _is_gone(error: BadRequest) -> bool:
    return any(words in error.message.lower() for words in _GONE)
