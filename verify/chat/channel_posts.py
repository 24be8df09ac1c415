"""What stands in a channel that the bot is a member of, as a post of the archive.

It has the place, number and account with which Telegram Desktop exports it: both are one post.
"""

from __future__ import annotations

import asyncio
import logging
from pathlib import Path

from telegram import Message, MessageEntity

from verify.chat.door import Door
from verify.chat.intake import read_attachment, read_links, read_origin
from verify.chat.service import is_service
from verify.desk import Desk
from verify.errors import BadInput, Unavailable
from verify.records import Attachment, Person, PlaceKind, Post, Receipt, possible

_MARKED = -1_000_000_000_000  # less a channel's number is its chat in the Bot API

_log = logging.getLogger(__name__)
_TITLE = 300  # characters, as in the archive


async def keep_post(door: Door, message: Message) -> None:
    """Keep a post, or what it is by now, with its file, which is examined then. Raises what went
    wrong, so that it is tried again."""
    service, chat_id = door.access.service, message.chat_id
    person = await asyncio.to_thread(door.desk.channels.kept_for, service, chat_id)
    if person is None or is_service(message, door.bot.id):
        return
    file = await _file(door, message)
    files: dict[int, Path | bytes] = {} if file is None else {0: file}
    post = read_post(message)
    taken = await asyncio.to_thread(door.desk.channels.take, person, service, chat_id, post, files)
    if taken.media:
        receipts = [*taken.media.values()]
        await asyncio.to_thread(_described, door.desk, person, receipts)


def _described(desk: Desk, person: Person, receipts: list[Receipt]) -> None:
    """Have files described after whoever waits for an answer, and the rest done behind all else."""
    each = desk.examining.examine_each(person, receipts, lambda one: one.exhibit_id)
    for _, wrong in each:
        if wrong:  # the post is kept, and the file with it
            _log.error("a file of a channel: %s", type(wrong).__name__, exc_info=wrong)
    desk.second_pass.go_on()


async def _file(door: Door, message: Message) -> bytes | Path | None:
    """The file of a post; None where it has none, or it cannot be had: then it is missing."""
    attachment = read_attachment(message)
    if attachment is None:
        return None
    try:
        return await door.files.fetch(attachment)
    except (BadInput, Unavailable):
        return None


def read_post(message: Message) -> Post:
    """A message of a channel, as an export of it has it."""
    chat, number = message.chat, str(_MARKED - message.chat_id)
    origin, attachment = read_origin(message), read_attachment(message)
    title = (chat.title or "")[:_TITLE]
    tags: list[str | None] = [MessageEntity.HASHTAG]
    found = message.parse_entities(tags) if message.text else message.parse_caption_entities(tags)
    named = attachment.filename or f"{message.message_id}" if attachment else ""
    answered = message.reply_to_message
    return Post(
        network="telegram",
        id=str(message.message_id),
        place=number,
        place_name=title,
        place_kind=PlaceKind.CHANNEL,
        account=f"channel{number}",
        name=title,
        handle=chat.username or "",
        at=message.date.strftime("%Y-%m-%dT%H:%M:%SZ") if possible(message.date) else "",
        edited_at=message.edit_date.strftime("%Y-%m-%dT%H:%M:%SZ") if message.edit_date else "",
        text=message.text or message.caption or "",
        links=read_links(message),
        hashtags=tuple(dict.fromkeys(one.lstrip("#＃") for one in found.values())),
        client=message.via_bot.username or "" if message.via_bot else "",
        forwarded_from=origin.name if origin else "",
        reply_to=str(answered.message_id) if answered else "",
        link=f"https://t.me/{chat.username}/{message.message_id}" if chat.username else "",
        media=(Attachment(path=named, kind=attachment.sent_as.value),) if attachment else (),
    )
