"""Telegram's limits, as its documentation and its server's source give them."""

from __future__ import annotations

TEXT_UNITS = 4096  # UTF-16 units, after entities
CAPTION_UNITS = 1024
RAW_TEXT_BYTES = 32_768
ENTITIES = 100
CALLBACK_DATA_BYTES = 64
BUTTONS = 100
BUTTONS_IN_ROW = 8
ALBUM_FILES = 10
CALLBACK_TEXT_UNITS = 200
CALLBACK_SECONDS = 60.0
COMMANDS = 100
COMMAND_NAME = 32
COMMAND_DESCRIPTION = 256
DOWNLOAD_BYTES = 20 * 1024 * 1024
UPLOAD_BYTES = 50 * 1000 * 1000
PHOTO_BYTES = 10 * 1000 * 1000
PHOTO_SIDES_SUM = 10_000
PHOTO_RATIO = 20
PHOTO_SIDE = 1280
POLL_UPDATES = 100
POLL_SECONDS = 50


def utf16_units(text: str) -> int:
    """The length of a text as Telegram counts it."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
