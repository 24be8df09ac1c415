"""Edits of the bot's own messages. One that changes nothing is refused."""

from __future__ import annotations

import time

from verify.localchat import content, input_media
from verify.localchat.exchange import Exchange, Json
from verify.localchat.refusals import Refused
from verify.localchat.requests import Call
from verify.store.localchat import StoredMessage

_WORDS = ("text", "entities", "link_preview_options")
_CAPTION = ("caption", "caption_entities")
_MEDIA = ("photo", "document", "animation", "video", "audio", "voice", "has_media_spoiler")


async def edit_message_text(exchange: Exchange, call: Call) -> Json:
    """Replace the text and what hangs below."""
    text = content.text(call)
    stored = _editable(exchange, call)
    if "text" not in stored.body:
        raise Refused("there is no text in the message to edit")
    return _change(exchange, call, stored, _WORDS, text)


async def edit_message_caption(exchange: Exchange, call: Call) -> Json:
    """Replace the caption of a media message and what hangs below."""
    caption = content.called_caption(call)
    stored = _editable(exchange, call)
    if "text" in stored.body:
        raise Refused("there is no caption in the message to edit")
    return _change(exchange, call, stored, _CAPTION, caption)


async def edit_message_media(exchange: Exchange, call: Call) -> Json:
    """Replace photo or document, its caption and what hangs below."""
    stored = _editable(exchange, call)
    replacement = await input_media.read(exchange, call, call.json("media"))
    return _change(exchange, call, stored, (*_WORDS, *_CAPTION, *_MEDIA), replacement)


def _editable(exchange: Exchange, call: Call) -> StoredMessage:
    chat = content.chat_id(exchange, call)
    stored = exchange.store.message(chat, call.number("message_id"))
    if stored is None:
        raise Refused("message to edit not found")
    if not stored.from_bot:
        raise Refused("message can't be edited")
    return stored


def _change(
    exchange: Exchange,
    call: Call,
    stored: StoredMessage,
    replaced: tuple[str, ...],
    replacement: Json,
) -> Json:
    below, _ = content.markup(call)
    gone = {*replaced, "reply_markup", "edit_date"}
    kept = {name: value for name, value in stored.body.items() if name not in gone}
    body = {**kept, **replacement, **below}
    if body == {name: value for name, value in stored.body.items() if name != "edit_date"}:
        raise Refused(
            "message is not modified: specified new message content and reply markup are "
            "exactly the same as a current content and reply markup of the message"
        )
    body["edit_date"] = int(time.time())
    return exchange.change(stored, body, stored.aside, content.about(call))
