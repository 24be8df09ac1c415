"""Photos, documents, albums and sounds that the bot sends; files that it fetches."""

from __future__ import annotations

from verify.localchat import content, input_media, media
from verify.localchat.exchange import Exchange, Json
from verify.localchat.limits import ALBUM_FILES, DOWNLOAD_BYTES
from verify.localchat.refusals import Refused
from verify.localchat.requests import Call


async def send_photo(exchange: Exchange, call: Call) -> Json:
    """Send a photo, recompressed as Telegram would."""
    source = media.attached(call, "photo")
    caption = content.called_caption(call)
    about = content.about(call)
    spoiler = {"has_media_spoiler": True} if call.flag("has_spoiler") else {}
    chat = content.chat_id(exchange, call)
    below, aside = content.markup(call)
    reply = content.reply(exchange, chat, call)
    photo = await media.photo(exchange, source, from_bot=True)
    body = {**photo, **caption, **spoiler, **below}
    return exchange.post(chat, body, {**aside, **reply}, from_bot=True, about=about)


async def send_document(exchange: Exchange, call: Call) -> Json:
    """Send a file as it is."""
    source = media.attached(call, "document")
    caption = content.called_caption(call)
    about = content.about(call)
    chat = content.chat_id(exchange, call)
    below, aside = content.markup(call)
    reply = content.reply(exchange, chat, call)
    document = await media.document(exchange, source)
    body = {**document, **caption, **below}
    return exchange.post(chat, body, {**aside, **reply}, from_bot=True, about=about)


async def send_voice(exchange: Exchange, call: Call) -> Json:
    """Send a sound."""
    source = media.attached(call, "voice")
    caption = content.called_caption(call)
    about = content.about(call)
    chat = content.chat_id(exchange, call)
    below, aside = content.markup(call)
    reply = content.reply(exchange, chat, call)
    voice = await media.voice(exchange, source, call.number("duration"))
    body = {**voice, **caption, **below}
    return exchange.post(chat, body, {**aside, **reply}, from_bot=True, about=about)


async def send_media_group(exchange: Exchange, call: Call) -> list[Json]:
    """Send two to ten photos, or documents, as an album."""
    items = call.json("media")
    if not isinstance(items, list):
        raise Refused("expected an Array of InputMedia")
    if len(items) > ALBUM_FILES:
        raise Refused("too many messages to send as an album")
    if not items:
        raise Refused("there are no messages to send")
    if any(isinstance(item, dict) and item.get("type") == "animation" for item in items):
        raise Refused("can't use the media of the specified type in the album")
    chat, about = content.chat_id(exchange, call), content.about(call)
    reply = content.reply(exchange, chat, call)
    contents = [await input_media.read(exchange, call, item) for item in items]
    if len({"photo" in body for body in contents}) > 1:
        raise Refused("document can't be mixed with other media types")
    album = {"media_group_id": exchange.store.new_album()} if len(contents) > 1 else {}
    return [
        exchange.post(chat, {**body, **album}, reply, from_bot=True, about=about)
        for body in contents
    ]


async def get_file(exchange: Exchange, call: Call) -> Json:
    """Where to download a file of at most 20 MiB, which is Telegram's limit. A bot on the same
    computer is told where the file lies, as by a Bot API server of one's own; then any may be.
    """
    file_id = call.text("file_id")
    if not file_id:
        raise Refused("file_id not specified")
    file = exchange.store.files.by_id(file_id)
    if file is None:
        raise Refused("wrong file_id or the file is temporarily unavailable")
    if file.size > DOWNLOAD_BYTES and not exchange.by_path:
        raise Refused("file is too big")
    return {
        "file_id": file.file_id,
        "file_unique_id": file.unique_id,
        "file_size": file.size,
        "file_path": str(exchange.store.files.content(file)) if exchange.by_path else file.path,
    }
