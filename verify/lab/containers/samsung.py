"""What Samsung's phones keep behind the end of a picture, each part by its name.

Source: ExifTool's documentation of the trailer (exiftool.org/TagNames/Samsung.html), and files; the
maker documents nothing. Each part begins with its kind and its name; a directory at the end, `SEFH`
to `SEFT`, counts them. What it says of their places is often off by bytes, so they are looked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

HEAD = 8
"""Bytes before the name of a part."""
DIRECTORY, END = b"SEFH", b"SEFT"
MAX_PARTS = 100
MAX_WORDS = 16 << 10
_PART = re.compile(rb"\0\0[^\0][\x08-\x0f]([\x04-\x40])\0\0\0([A-Za-z][\w ]{3,63})", re.DOTALL)


def parts(data: bytes, start: int) -> Iterator[tuple[str, int, int]]:
    """Name, start and end of each part from `start` on, where the file ends with a directory."""
    directory = data.rfind(DIRECTORY, start)
    if not data.endswith(END) or directory < 0:
        return
    found = [match for match in _PART.finditer(data, start, directory) if _named(match)]
    places = [*(match.start() for match in found[:MAX_PARTS]), directory]
    for match, (_, end) in zip(found, pairwise(places), strict=False):
        length = match[1][0]
        yield match[2][:length].decode("ascii"), match.start(2) + length, end


def _named(match: re.Match[bytes]) -> bool:
    return len(match[2]) >= match[1][0]


def words(data: bytes, start: int) -> dict[str, str]:
    """The parts from `start` on that are short texts, by their names."""
    return {
        name: data[start:end].decode("utf-8", "replace")
        for name, start, end in parts(data, start)
        if end - start <= MAX_WORDS and b"\0" not in data[start:end]
    }
