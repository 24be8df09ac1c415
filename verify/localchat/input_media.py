"""InputMedia: a photo, document or animation described in JSON, in an album or an edit."""

from __future__ import annotations

from typing import Any

from verify.localchat import content, media
from verify.localchat.exchange import Exchange, Json
from verify.localchat.refusals import Refused
from verify.localchat.requests import Call


async def read(exchange: Exchange, call: Call, item: Any) -> Json:
    """The content that an InputMedia stands for."""
    if not isinstance(item, dict):
        raise Refused("can't parse InputMedia: expected an Object")
    kind = item.get("type")
    if kind not in ("photo", "document", "animation"):
        raise Refused(f'can\'t parse InputMedia: type "{kind}" is unsupported')
    words = content.caption(
        str(item.get("caption") or ""),
        str(item.get("parse_mode") or ""),
        item.get("caption_entities"),
    )
    source = media.named(call, str(item.get("media") or ""))
    if not source:
        raise Refused("can't parse InputMedia: media not found")
    if kind == "document":
        return {**await media.document(exchange, source), **words}
    if kind == "animation":
        return {**await media.clip(exchange, source, Call(item).number("duration")), **words}
    spoiler = {"has_media_spoiler": True} if item.get("has_spoiler") else {}
    return {**await media.photo(exchange, source, from_bot=True), **words, **spoiler}
