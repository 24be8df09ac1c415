"""Text from outside: decoded, freed of control characters, and bounded."""

from __future__ import annotations

import codecs
import re

from verify.lab.letters import encoding_of

MAX_CAPTION = 4000
MAX_WORD = 200
MAX_RAW = 300

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")


def decode(raw: bytes) -> str | None:
    """UTF-8 where the bytes are that, else the likeliest letters; None when nothing is left."""
    raw = raw[: 4 << 20]
    text = raw.decode(encoding_of(raw) or "utf-8", "replace")
    return text.strip("\0 \t\r\n") or None


def decode_mixed(raw: bytes) -> str:
    """UTF-8, and each byte that is none as Windows' Latin-1: for texts of some hundred KiB."""
    return raw.decode("utf-8", "cp1252")


def _as_cp1252(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeDecodeError)  # noqa: S101 - registered for decoding alone
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


codecs.register_error("cp1252", _as_cp1252)


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
