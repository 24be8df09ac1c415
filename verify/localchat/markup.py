"""What may hang below a message: an inline keyboard, or a wish for a reply."""

from __future__ import annotations

from typing import Any

from verify.localchat.limits import BUTTONS, BUTTONS_IN_ROW, CALLBACK_DATA_BYTES
from verify.localchat.refusals import Refused

Json = dict[str, Any]
_LINKS = ("http://", "https://", "tg://")


def read_markup(markup: Any) -> tuple[Json | None, Json]:
    """Check a reply_markup.

    Returns the inline keyboard, which becomes part of the message, and what only the
    person's screen is told: `force_reply` with its placeholder.
    """
    if markup is None or markup == "":
        return None, {}
    if not isinstance(markup, dict):
        raise Refused("object expected as reply markup")
    if markup.get("inline_keyboard"):
        return {"inline_keyboard": _inline(markup["inline_keyboard"])}, {}
    if markup.get("force_reply"):
        return None, {"force_reply": str(markup.get("input_field_placeholder") or "")[:64]}
    return None, {}


def _inline(rows: Any) -> list[list[Json]]:
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise Refused(
            'field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays'
        )
    keyboard = [[_button(button) for button in row] for row in rows if row]
    if sum(map(len, keyboard)) > BUTTONS or any(len(row) > BUTTONS_IN_ROW for row in keyboard):
        raise Refused("reply markup is too long")
    return keyboard


def _button(button: Any) -> Json:
    if not isinstance(button, dict):
        raise Refused("can't parse inline keyboard button: InlineKeyboardButton must be an Object")
    text = button.get("text")
    if not isinstance(text, str) or not text.strip():
        raise Refused("can't parse inline keyboard button: Can't find field \"text\"")
    read: Json = {"text": text}
    if "callback_data" in button:
        data = button["callback_data"]
        if not isinstance(data, str) or not 1 <= len(data.encode()) <= CALLBACK_DATA_BYTES:
            raise Refused("BUTTON_DATA_INVALID")
        read["callback_data"] = data
    elif "url" in button:
        read["url"] = str(button["url"])
        if not read["url"].lower().startswith(_LINKS):
            raise Refused("BUTTON_URL_INVALID")
    else:
        raise Refused(
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
        )
    return read
