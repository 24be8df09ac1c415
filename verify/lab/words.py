"""Text from outside: decoded, freed of control characters, and bounded."""

from __future__ import annotations

import re

MAX_CAPTION = 4000
MAX_WORD = 200
MAX_RAW = 300

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")


def decode(raw: bytes) -> str | None:
    """UTF-8 where the bytes are that, else Windows' Latin-1; None when nothing is left."""
    raw = raw[: 4 << 20]
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        text = raw.decode("cp1252", "replace")
    return text.strip("\0 \t\r\n") or None


def clean(text: str | None, limit: int) -> str | None:
    """Text without control characters, line ends made one kind, cut to a limit of characters."""
    if not text:
        return None
    text = text[: 2 * limit + 100].replace("\r\n", "\n").replace("\r", "\n")
    text = _CONTROL.sub("", text).strip()
    if len(text) > limit:
        text = text[: limit - 1] + "…"
    return text or None


def raw(value: object) -> str:
    """A value as read, made fit for `Finding.raw`."""
    return clean(str(value), MAX_RAW) or ""
