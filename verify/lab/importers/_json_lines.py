"""JSON objects, one a line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from verify.lab.importers._json_stream import mended
from verify.lab.importers._lines import lines
from verify.lab.importers._reasons import MALFORMED, TOO_LARGE
from verify.lab.reading_at import ReadAt
from verify.records import Sentence

_LINE = 8 << 20  # bytes; a page of five hundred posts has three million
_HEAD = 2 << 20


def objects_in(content: ReadAt) -> Iterator[tuple[int, dict[str, Any] | Sentence]]:
    """Each line's number, and its object or why there is none. Empty lines are passed over."""
    for line in lines(content, _LINE):
        if not line.data.strip():
            continue
        found = parsed(line.data) if line.whole else None
        yield line.number, found or (MALFORMED if line.whole else TOO_LARGE)


def parsed(data: bytes) -> dict[str, Any] | None:
    """The object that is written there, if it is one."""
    try:
        found = json.loads(mended(data).decode("utf-8", "replace"), strict=False)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def first_object(content: ReadAt) -> dict[str, Any] | None:
    """What the first line holds; None if it is too long to look at, or no object."""
    head = content[:_HEAD].removeprefix(b"\xef\xbb\xbf").lstrip()
    line, ended, _ = head.partition(b"\n")
    return parsed(line) if ended or len(content) <= _HEAD else None
