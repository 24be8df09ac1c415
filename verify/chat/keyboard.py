"""The buttons under a message, as Telegram takes them."""

from __future__ import annotations

import asyncio

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from verify.chat.action import encode
from verify.chat.pages import Button, Page, Rows
from verify.store.chats.chat_state import ChatState

_MOST = 100
_MOST_IN_ROW = 8
_LABEL_CHARACTERS = 64  # more is not seen on a telephone; none at all is refused
_UNNAMED = "…"


async def keyboard(
    memory: ChatState, person_id: int, chat_id: int, page: Page
) -> InlineKeyboardMarkup | None:
    """The keyboard for who reads the page in this chat; each button's action is kept."""
    rows = _fitting(page.rows)
    if not rows:
        return None
    actions = [encode(button.action) for row in rows for button in row if not button.url]
    tokens = iter(await asyncio.to_thread(memory.buttons, person_id, chat_id, actions))
    return InlineKeyboardMarkup(
        [
            [
                InlineKeyboardButton(_label(button), url=button.url)
                if button.url
                else InlineKeyboardButton(_label(button), callback_data=next(tokens))
                for button in row
            ]
            for row in rows
        ]
    )


def _fitting(rows: Rows) -> Rows:
    """The rows, none too wide. Of too many the last one stays: it leads back."""
    narrow = [row[i : i + _MOST_IN_ROW] for row in rows for i in range(0, len(row), _MOST_IN_ROW)]
    while sum(map(len, narrow)) > _MOST:
        del narrow[-2]
    return tuple(narrow)


def _label(button: Button) -> str:
    words = button.label.strip() or _UNNAMED
    return words if len(words) <= _LABEL_CHARACTERS else f"{words[: _LABEL_CHARACTERS - 1]}…"
