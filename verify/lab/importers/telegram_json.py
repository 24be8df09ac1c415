"""Telegram Desktop's export as JSON: `result.json` of one chat or of a whole account.

Source: telegramdesktop/tdesktop, Telegram/SourceFiles/export/output/export_output_json.cpp.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from verify.lab.importers import Source
from verify.lab.importers._bounds import bounded
from verify.lab.importers._json_stream import BrokenError, Event, events, value_of
from verify.lab.importers._media import attached
from verify.lab.importers._moments import Moment, first_field_of, of_iso, of_unix
from verify.lab.importers._once import Once
from verify.lab.importers._reasons import CUT_OFF, MALFORMED, NOT_EXPORTED, TWICE
from verify.records import Attachment, PlaceKind, Post, Unread

NAME = "Telegram Desktop, JSON"

_KINDS = {
    "public_channel": PlaceKind.CHANNEL,
    "private_channel": PlaceKind.CHANNEL,
    "public_supergroup": PlaceKind.GROUP,
    "private_supergroup": PlaceKind.CLOSED_GROUP,
    "private_group": PlaceKind.CLOSED_GROUP,
    "personal_chat": PlaceKind.PRIVATE,
    "saved_messages": PlaceKind.PRIVATE,
    "bot_chat": PlaceKind.PRIVATE,
    "replies": PlaceKind.PRIVATE,
    "verification_codes": PlaceKind.PRIVATE,
}
_CHATS = {("",), ("", "chats", "list", ""), ("", "left_chats", "list", "")}
_HEAD = 512 << 10
_BEGUN = (
    rb'\{\s*(?:"name"\s*:\s*(?:"(?:[^"\\]|\\.)*"|null)\s*,\s*)?"type"\s*:\s*"(?:'
    + "|".join(_KINDS).encode()
    + rb')"'
)
_DAMAGED = re.compile(_BEGUN)
_ONE_CHAT = re.compile(_BEGUN + rb'\s*,\s*"id"\s*:\s*\d+\s*,\s*"messages"\s*:')
_ACCOUNT = re.compile(
    rb'\{\s*"about"\s*:\s*"(?:[^"\\]|\\.)*"\s*,\s*'
    rb'"(?:personal_information|profile_pictures|stories|profile_music|contacts|frequent_contacts'
    rb'|sessions|web_sessions|other_data|chats|left_chats)"\s*:|'
    rb'\{\s*"(?:chats|left_chats)"\s*:\s*\{\s*"about"\s*:\s*"(?:[^"\\]|\\.)*"\s*,\s*"list"\s*:'
)


def recognises(source: Source) -> bool:
    """By what its first values are named, whatever the file is called."""
    if not source.name.lower().endswith(".json"):
        return False
    head = source.content[:_HEAD].removeprefix(b"\xef\xbb\xbf").lstrip()
    own = source.name.lower() == "result.json"  # its beginning is enough: the rest may be cut off
    return bool(_ONE_CHAT.match(head) or _ACCOUNT.match(head) or (own and _DAMAGED.match(head)))


def read(source: Source) -> Iterator[Post | Unread]:
    """The messages of all its chats."""
    stream = events(source.content)
    chat: dict[str, Any] = {}
    path: list[str] = []
    key = ""
    listed = False
    try:
        for event, value in stream:
            if event == "map_key":
                key = value
            elif event == "start_array" and key == "messages" and tuple(path) in _CHATS:
                yield from _messages(stream, chat, source)
                key, listed = "", True
            elif event in ("start_map", "start_array"):
                listed |= event == "start_array" and key == "list"
                path.append(key)
                key = ""
                if event == "start_map" and tuple(path) in _CHATS:
                    chat = {}
            elif event in ("end_map", "end_array"):
                path.pop()
                key = ""
            elif key in ("name", "type", "id") and tuple(path) in _CHATS:
                chat[key] = value
    except BrokenError:
        yield Unread(what=source.name[:300], why=CUT_OFF)
        return
    if not listed:
        yield Unread(what=source.name[:300], why=MALFORMED)


def _messages(
    stream: Iterator[Event], chat: dict[str, Any], source: Source
) -> Iterator[Post | Unread]:
    known = Once()
    place = _text(chat.get("id")) or _text(chat.get("name"))
    number = 0
    for event in stream:
        if event[0] == "end_array":
            return
        number += 1
        message = value_of(stream, event)
        if not isinstance(message, dict) or not isinstance(message.get("id"), int):
            yield Unread(what=f"{place}/[{number}]"[:300], why=MALFORMED)
            continue
        what = f"{place}/{message['id']}"[:300]
        if message.get("type") == "unsupported":
            yield Unread(what=what, why=NOT_EXPORTED)
        elif message.get("type") != "service":
            new = known.new(message["id"])
            yield _post(message, chat, source) if new else Unread(what=what, why=TWICE)


def _post(message: dict[str, Any], chat: dict[str, Any], source: Source) -> Post:
    kind = _KINDS.get(_text(chat.get("type")), PlaceKind.CLOSED_GROUP)
    account = _account(message.get("from_id"))
    at = _moment(message, "date")
    entities = _entities(message)
    elsewhere = "reply_to_peer_id" in message  # its number counts there, not here
    return bounded(
        Post(
            network="telegram",
            id=str(message["id"]),
            place=_text(chat.get("id")),
            place_name=_text(chat.get("name")),
            place_kind=kind,
            account=account,
            name=_text(message.get("from")),
            person=kind is not PlaceKind.CHANNEL and not account.startswith("channel"),
            at=at.at,
            resolution_s=at.resolution_s,
            impossible=at.written,
            edited_at=_moment(message, "edited").at,
            text="".join(text for _, text, _ in entities),
            links=tuple(_links(entities)),
            hashtags=tuple(text.lstrip("#") for kind, text, _ in entities if kind == "hashtag"),
            client=_text(message.get("via_bot")),
            forwarded_from=_text(message.get("forwarded_from"))
            or _text(message.get("forwarded_from_id")),
            reply_to="" if elsewhere else _text(message.get("reply_to_message_id")),
            media=tuple(_media(message, source.beside)),
        )
    )


def _text(value: object) -> str:
    """A name or number as text; "" for what is neither."""
    plain = isinstance(value, str | int) and not isinstance(value, bool)
    return str(value) if plain else ""


def _account(sender: object) -> str:
    """`user1`, `channel2`; before 2021 a number whose upper half said which kind it is of."""
    if isinstance(sender, int) and 0 <= sender < 3 << 32:
        return f"{('user', 'chat', 'channel')[sender >> 32]}{sender & 0xFFFFFFFF}"
    return _text(sender)


def _moment(message: dict[str, Any], key: str) -> Moment:
    """In UTC if the exporter wrote it, else the clock time of whoever exported."""
    return first_field_of(of_unix(message.get(f"{key}_unixtime")), of_iso(message.get(key)))


def _entities(message: dict[str, Any]) -> list[tuple[str, str, str]]:
    """The parts of a text: of which kind, the words, the address behind them."""
    parts = message.get("text_entities") or message.get("text")
    found = []
    for part in parts if isinstance(parts, list) else [parts]:
        if isinstance(part, dict):
            values = [part.get(name) for name in ("type", "text", "href")]
            found.append(tuple(value if isinstance(value, str) else "" for value in values))
        elif isinstance(part, str):
            found.append(("plain", part, ""))
    return found  # type: ignore[return-value]


def _links(entities: list[tuple[str, str, str]]) -> Iterator[str]:
    for kind, text, href in entities:
        if kind == "link":
            yield text if "://" in text else f"http://{text}"
        elif kind == "text_link" and href:
            yield href


def _media(message: dict[str, Any], beside: frozenset[str]) -> Iterator[Attachment]:
    for key in ("photo", "file"):
        named = message.get(key)
        if not isinstance(named, str) or named.endswith("_thumb.jpg"):
            continue
        kind = "photo" if key == "photo" else _text(message.get("media_type"))
        kind = kind or _text(message.get("mime_type"))
        if named.startswith("(File "):
            yield Attachment(missing=named, kind=kind)
        elif named:
            yield attached(named, beside, kind)
