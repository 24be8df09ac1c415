"""A page that SingleFile kept: HTML with its address and date in a comment."""

from __future__ import annotations

import re
from collections.abc import Iterator

from verify.lab.importers import Source
from verify.lab.importers._moments import first_of, of_iso, of_script
from verify.lab.importers._pages import page, without_files
from verify.lab.importers._reasons import MALFORMED
from verify.records import Post, Unread

NAME = "SingleFile"

_HEAD = 16 << 10
_COMMENT = re.compile(
    r"<!--\s*(?:Page saved with|Archive processed by) SingleFile\s*\n(.{0,8000}?)-->", re.DOTALL
)
_LINK = re.compile(r"^\s*url:\s*(https?://\S+)", re.MULTILINE)
_DATE = re.compile(r"^\s*saved date:\s*(.{4,100}?)\s*$", re.MULTILINE)


def recognises(source: Source) -> bool:
    """By its comment."""
    return source.name.lower().endswith((".html", ".htm")) and _comment(source) is not None


def _comment(source: Source) -> str | None:
    found = _COMMENT.search(source.content[:_HEAD].decode("utf-8", "replace"))
    return found[1] if found else None


def read(source: Source) -> Iterator[Post | Unread]:
    """One page."""
    told = _comment(source) or ""
    link, date = _LINK.search(told), _DATE.search(told)
    if not link:
        yield Unread(what=source.name[:300], why=MALFORMED)
        return
    saved = date[1] if date else ""
    at = first_of(of_script(saved), of_iso(saved))
    yield page(link[1], without_files(source.content), at)
