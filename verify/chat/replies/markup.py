"""Telegram's HTML around rendered sentences. Values are escaped where they are rendered."""

from __future__ import annotations

from verify.language import Reader, clean, escape, html
from verify.records import Value

FULL_TEXT = 4096  # what people wrote is shown whole: pages are cut, text is not


def bold(value: Value, reader: Reader) -> str:
    """A heading."""
    return f"<b>{html(value, reader)}</b>"


def italic(value: Value, reader: Reader) -> str:
    """An aside: what a finding cannot show, where something comes from."""
    return f"<i>{html(value, reader)}</i>"


def code(raw: str) -> str:
    """Something to copy: a hash, a value as read. A line of its own, so it needs no isolates,
    which would be copied along."""
    return f"<code>{escape(clean(raw))}</code>"


def link(address: str) -> str:
    """An address on a line of its own, shown whole and never made to look like another one."""
    return escape(clean(address, FULL_TEXT))


def bullet(value: Value, reader: Reader, *, limit: int = 300) -> str:
    """One line of a list. limit: for each hostile string in it, in characters."""
    return f"• {html(value, reader, limit=limit)}"
