"""What AVI and WAV files say of themselves, no frame or sample of them.

Sources: Microsoft and IBM, "Multimedia Programming Interface and Data Specifications 1.0" (INFO);
EBU Tech 3285 (`bext`); XMP part 3 (`_PMX`); ExifTool's documentation of RIFF (`IDIT`).
"""

from __future__ import annotations

from collections.abc import Iterator
from struct import unpack

from verify.lab.containers.blocks import Blocks
from verify.lab.containers.movie import keep
from verify.lab.reading_at import Content

_INFO = {
    b"INAM": "title",
    b"IART": "artist",
    b"ICMT": "comment",
    b"ICOP": "copyright",
    b"ICRD": "day",
    b"ISFT": "software",
    b"IKEY": "keywords",
    b"ISBJ": "description",
    b"ISRC": "source",
    b"IDIT": "creationdate",
}


def walk(data: Content, blocks: Blocks) -> None:
    """Fill in `movie` and XMP."""
    blocks.container = "RIFF"
    for kind, start, stop in _chunks(data, 12, len(data)):
        if kind == b"LIST" and data[start : start + 4] in (b"INFO", b"hdrl"):
            for inner, first, last in _chunks(data, start + 4, stop):
                if inner in _INFO:
                    keep(blocks.movie, _INFO[inner], data[first:last].rstrip(b"\0\n "))
        elif kind == b"IDIT":
            keep(blocks.movie, "creationdate", data[start:stop].rstrip(b"\0\n "))
        elif kind == b"_PMX":
            blocks.xmp = blocks.xmp or data[start:stop]
        elif kind == b"bext" and stop - start >= 338:
            keep(blocks.movie, "description", data[start : start + 256])
            keep(blocks.movie, "artist", data[start + 256 : start + 288])
            day, clock = data[start + 320 : start + 330], data[start + 330 : start + 338]
            keep(blocks.movie, "creationdate", day.strip(b"\0 ") + b" " + clock.strip(b"\0 "))


def _chunks(data: Content, start: int, stop: int) -> Iterator[tuple[bytes, int, int]]:
    """Kind, start and end of each chunk; the last may be cut off."""
    at = start
    while at + 8 <= stop:
        kind, size = unpack("<4sI", data[at : at + 8])
        yield kind, at + 8, min(at + 8 + size, stop)
        at += 8 + (size + 1) // 2 * 2
