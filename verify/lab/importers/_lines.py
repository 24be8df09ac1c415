"""The lines of a file of any size, none of them longer than what fits."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from verify.lab.reading_at import ReadAt

_PIECE = 64 << 10


class Line(NamedTuple):
    """number: from 1; data: without its end; whole: whether nothing of it was cut."""

    number: int
    data: bytes
    whole: bool


def lines(content: ReadAt, most: int) -> Iterator[Line]:
    """Each line, at most so many bytes of it; the mark that starts UTF-8 files is left out."""
    number, held, whole = 1, b"", True
    for at in range(0, len(content), _PIECE):
        piece = content[at : at + _PIECE]
        *ended, rest = (piece if at else piece.removeprefix(b"\xef\xbb\xbf")).split(b"\n")
        for part in ended:
            yield _line(number, held + part if whole else held, most, whole)
            number, held, whole = number + 1, b"", True
        if whole:
            held += rest
            whole = len(held) <= most
    if held:
        yield _line(number, held, most, whole)


def _line(number: int, data: bytes, most: int, whole: bool) -> Line:
    return Line(number, data[:most].removesuffix(b"\r"), whole and len(data) <= most)
