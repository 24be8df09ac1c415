"""An update as it came, in JSON: made fit to be stored and read, whatever stands in it."""

from __future__ import annotations

import json
from typing import Any

from verify.chat.answers import Raw

FILES = (
    *("photo", "document", "video", "animation", "audio", "voice", "video_note", "sticker"),
    "live_photo",
)
TOPIC = ("message_thread_id", "is_topic_message")  # where in a group a message stands
MOVED = ("migrate_to_chat_id", "migrate_from_chat_id")  # a group became a supergroup
POSTED = ("channel_post", "edited_channel_post")
KINDS = ("message", "edited_message", "callback_query")
_DATES = {"date", "edit_date", "forward_date"}
_LATEST = 2**31
_NEVER = 1  # no date that a message has, and none that the client library takes for another thing


def whole(update: Raw) -> Raw:
    """The update without half characters, which JSON can carry and the store cannot, and without
    dates that no calendar holds. Raises RecursionError where it is nested too deeply."""
    made: Raw = _dated(
        json.loads(json.dumps(update, ensure_ascii=False).encode("utf-8", "replace"))
    )
    return made


def _dated(value: Any) -> Any:
    if isinstance(value, dict):
        return {
            name: _NEVER if name in _DATES and not _is_date(one) else _dated(one)
            for name, one in value.items()
        }
    return [_dated(one) for one in value] if isinstance(value, list) else value


def _is_date(value: Any) -> bool:
    return type(value) is int and 0 <= value < _LATEST


def topic_in(message: Raw) -> int | None:
    """The topic of a forum in which a message stands."""
    return message.get("message_thread_id") if message.get("is_topic_message") else None


def outline(update: Raw) -> Raw:
    """Who sent it and where, as far as that can be read: enough to answer with a sentence."""
    thing: Raw = next((update[kind] for kind in KINDS if isinstance(update.get(kind), dict)), {})
    message = thing.get("message") or thing
    sender = {"id": thing["from"]["id"], "is_bot": False, "first_name": ""}
    chat = {"id": message["chat"]["id"], "type": message["chat"]["type"]}
    stands = {key: message[key] for key in TOPIC if key in message}
    told = {**stands, "message_id": 0, "date": _NEVER, "chat": chat, "from": sender}
    return {"update_id": update["update_id"], "message": told}
