"""Telegram's HTML around rendered sentences. Values are escaped where they are rendered."""

from __future__ import annotations

from verify.language import Reader, html
from verify.records import Value

FULL_TEXT = 4096  # what people wrote is shown whole: pages are cut, text is not


def bold(value: Value, reader: Reader) -> str:
    """A heading."""
    return f"<b>{html(value, reader)}</b>"


def italic(value: Value, reader: Reader) -> str:
    """An aside: what a finding cannot show, where something comes from."""
    return f"<i>{html(value, reader)}</i>"


def code(value: Value, reader: Reader) -> str:
    """Something to copy: a hash, a raw value, a command."""
    return f"<code>{html(value, reader)}</code>"


def bullet(value: Value, reader: Reader) -> str:
    """One line of a list."""
    return f"• {html(value, reader, limit=FULL_TEXT)}"
