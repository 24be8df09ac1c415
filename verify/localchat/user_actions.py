"""What people do in the chat: write, send files, forward, edit, press buttons.

Page and tests call the same functions. What cannot be done raises BadInput with a
sentence for the person, before anything of it is kept.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any

from verify.errors import BadInput, NotFound
from verify.localchat.entities import with_detected
from verify.localchat.exchange import Exchange, Json
from verify.localchat.kinds import albums, content_of
from verify.localchat.limits import (
    CAPTION_UNITS,
    TEXT_UNITS,
    utf16_units,
)
from verify.localchat.origins import forward_origin
from verify.localchat.requests import Upload
from verify.records import Origin, say
from verify.store.localchat.files import named_in


async def send_text(
    exchange: Exchange,
    person_id: int,
    text: str,
    *,
    reply_to: int | None = None,
    origin: Origin | None = None,
) -> Json:
    """Write a message. Returns it as the bot gets it."""
    body = _words(text, "text", "entities", TEXT_UNITS)
    if not body:
        raise BadInput(say("There is nothing to send: write something first."))
    return exchange.post(
        person_id,
        {**_forwarded(exchange, origin), **body},
        _replying(exchange, person_id, reply_to),
        from_bot=False,
    )


async def send_files(
    exchange: Exchange,
    person_id: int,
    uploads: Sequence[Upload],
    *,
    as_photo: bool,
    caption: str = "",
    reply_to: int | None = None,
    origin: Origin | None = None,
    spoiler: bool = False,
) -> list[Json]:
    """Send files; several of a kind become albums of at most ten, the caption on the first.

    as_photo: pictures are recompressed and lose their metadata, as Telegram does; else every
    byte stays. Returns the messages as the bot gets them.
    """
    if not uploads:
        raise BadInput(say("There is nothing to send: choose a file first."))
    words = _words(caption, "caption", "caption_entities", CAPTION_UNITS)
    aside = _replying(exchange, person_id, reply_to)
    forwarded = _forwarded(exchange, origin)
    exchange.store.require_room(sum(len(upload.content) for upload in uploads))
    contents: list[Json] = []
    try:
        for upload in uploads:
            contents.append(await content_of(exchange, upload, as_photo=as_photo))
    except BaseException:
        exchange.store.files.drop_unshown(named_in(contents))
        raise
    if spoiler:
        contents = [
            {**body, "has_media_spoiler": True} if "document" not in body else body
            for body in contents
        ]
    contents = [{**forwarded, **body} for body in albums(exchange, contents)]
    contents[0].update(words)
    with exchange.store.transaction():
        return [exchange.post(person_id, body, aside, from_bot=False) for body in contents]


async def edit(exchange: Exchange, person_id: int, message_id: int, text: str) -> Json:
    """Edit the text or caption of one's own message."""
    stored = exchange.store.message(person_id, message_id)
    if stored is None or stored.from_bot or "forward_origin" in stored.body:
        raise NotFound(say("This message cannot be edited."))
    if "text" in stored.body:
        words = _words(text, "text", "entities", TEXT_UNITS)
        if not words:
            raise BadInput(say("A message cannot be empty."))
    else:
        words = _words(text, "caption", "caption_entities", CAPTION_UNITS)
    gone = {"text", "entities", "caption", "caption_entities", "edit_date"}
    kept = {name: value for name, value in stored.body.items() if name not in gone}
    body = {**kept, **words, "edit_date": int(time.time())}
    with exchange.store.transaction():
        exchange.store.change_message(message_id, body, stored.aside)
        message = exchange.message(person_id, message_id)
        exchange.queue("edited_message", message)
    exchange.feed.tell(person_id, "changed")
    return message


async def press(exchange: Exchange, person_id: int, message_id: int, data: str) -> int:
    """Press the button that carries this callback data. Returns the id of the press."""
    stored = exchange.store.message(person_id, message_id)
    keyboard = stored.body.get("reply_markup", {}) if stored else {}
    buttons = [button for row in keyboard.get("inline_keyboard", []) for button in row]
    if stored is None or not any(button.get("callback_data") == data for button in buttons):
        raise NotFound(say("This button is no longer there."))
    with exchange.store.transaction():
        callback_id = exchange.store.updates.add_callback(person_id, message_id)
        query: Json = {
            "id": str(callback_id),
            "from": exchange.person(person_id),
            "message": exchange.shown(stored),
            "chat_instance": str(person_id),
            "data": data,
        }
        exchange.queue("callback_query", query)
    return callback_id


def _words(text: str, name: str, entities_name: str, limit: int) -> Json:
    """A person's words as they travel: trimmed, control characters gone, links found."""
    cleaned = "".join(c for c in text if c >= " " or c == "\n").encode("utf-8", "replace")
    words = cleaned.decode().strip()
    if utf16_units(words) > limit:
        raise BadInput(
            say(
                "This holds {count} characters; at most {limit} are possible. Send it in parts.",
                count=utf16_units(words),
                limit=limit,
            )
        )
    if not words:
        return {}
    found = with_detected(words, [])
    return {name: words, entities_name: found} if found else {name: words}


def _replying(exchange: Exchange, person_id: int, reply_to: int | None) -> Json:
    if not reply_to:
        return {}
    if exchange.store.message(person_id, reply_to) is None:
        raise NotFound(say("The message that you answer is no longer there."))
    return {"reply_to": reply_to}


def _forwarded(exchange: Exchange, origin: Origin | None) -> dict[str, Any]:
    if origin is None:
        return {}
    described = forward_origin(exchange.store, origin)
    return {"forward_origin": described}
