"""What a call wants a message to hold: text, caption, what it replies to, what hangs below."""

from __future__ import annotations

from typing import Any

import msgspec

from verify.localchat.entities import Entity, trim, with_detected
from verify.localchat.exchange import Exchange
from verify.localchat.html import parse_html
from verify.localchat.limits import CAPTION_UNITS, RAW_TEXT_BYTES, TEXT_UNITS, utf16_units
from verify.localchat.markup import read_markup
from verify.localchat.refusals import Refused
from verify.localchat.requests import Call
from verify.records import About

Json = dict[str, Any]
_PREVIEW = ("is_disabled", "url", "prefer_small_media", "prefer_large_media", "show_above_text")


def chat_id(exchange: Exchange, call: Call) -> int:
    """The chat that a call names. Raises Refused when there is none such."""
    if not call.text("chat_id").strip():
        raise Refused("chat_id is empty")
    number = call.number("chat_id")
    exchange.chat(number)
    return number


def text(call: Call) -> Json:
    """The text of a text message with its entities, and what to do about links."""
    words, entities = _formatted(call.text("text"), call.text("parse_mode"), call.json("entities"))
    if not words:
        raise Refused("message text is empty")
    if utf16_units(words) > TEXT_UNITS:
        raise Refused("message is too long")
    content: Json = {"text": words}
    if entities:
        content["entities"] = entities
    preview = call.json("link_preview_options")
    if isinstance(preview, dict):
        kept = {name: preview[name] for name in _PREVIEW if preview.get(name)}
        if kept:
            content["link_preview_options"] = kept
    elif call.flag("disable_web_page_preview"):
        content["link_preview_options"] = {"is_disabled": True}
    return content


def caption(raw: str, parse_mode: str, entities: Any) -> Json:
    """The caption of a media message with its entities; empty when there is none."""
    words, found = _formatted(raw, parse_mode, entities)
    if utf16_units(words) > CAPTION_UNITS:
        raise Refused("message caption is too long")
    if not words:
        return {}
    return {"caption": words, "caption_entities": found} if found else {"caption": words}


def called_caption(call: Call) -> Json:
    """The caption that a call gives."""
    return caption(call.text("caption"), call.text("parse_mode"), call.json("caption_entities"))


def markup(call: Call) -> tuple[Json, Json]:
    """What hangs below: the part in the message, and the part for the screen alone."""
    keyboard, aside = read_markup(call.json("reply_markup"))
    return ({"reply_markup": keyboard} if keyboard else {}), aside


def about(call: Call) -> About:
    """What the bot says that a message shows or speaks of, in a field that Telegram lacks."""
    try:
        return msgspec.convert(call.json("about") or {}, About)
    except msgspec.ValidationError as error:
        raise Refused("can't parse what the message is about") from error


def reply(exchange: Exchange, chat: int, call: Call) -> Json:
    """Which message a call replies to, checked; empty for none."""
    parameters = call.json("reply_parameters") or {}
    if not isinstance(parameters, dict):
        raise Refused("object expected as reply parameters")
    wanted = Call(parameters).number("message_id") or call.number("reply_to_message_id")
    if not wanted:
        return {}
    lenient = parameters.get("allow_sending_without_reply") or call.flag(
        "allow_sending_without_reply"
    )
    if str(parameters.get("chat_id") or chat) == str(chat) and exchange.store.message(chat, wanted):
        return {"reply_to": wanted}
    if lenient:
        return {}
    raise Refused("message to be replied not found")


def _formatted(raw: str, parse_mode: str, given: Any) -> tuple[str, list[Entity]]:
    if len(raw.encode()) > RAW_TEXT_BYTES:
        raise Refused("text is too long")
    mode = parse_mode.lower()
    if mode == "html":
        words, entities = parse_html(raw)
    elif mode in ("", "none"):
        words, entities = raw, _given(given)
    else:
        raise Refused("unsupported parse_mode")
    words, entities = trim(words, entities)
    return words, with_detected(words, entities)


def _given(entities: Any) -> list[Entity]:
    if not entities:
        return []
    if not isinstance(entities, list) or not all(isinstance(e, dict) for e in entities):
        raise Refused("can't parse entities: expected an Array of MessageEntity")
    return [
        {name: e[name] for name in ("type", "offset", "length", "url", "language") if e.get(name)}
        | {"offset": Call(e).number("offset"), "length": Call(e).number("length")}
        for e in entities
    ]
