"""What a Matroska or WebM file says of itself: its information and its tags, no frame of it.

Source: RFC 8794 (EBML); RFC 9559 (Matroska), 5.1.2 and 5.1.8; its registry of tags.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from verify.lab.containers.blocks import Blocks
from verify.lab.containers.movie import keep
from verify.lab.reading_at import Content

MAX_ELEMENTS = 100_000
"""Of one file, clusters included."""

_SEGMENT, _INFO, _TAGS, _TAG, _SIMPLE = 0x18538067, 0x1549A966, 0x1254C367, 0x7373, 0x67C8
_TITLE, _DATE, _WRITER, _NAME, _STRING = 0x7BA9, 0x4461, 0x5741, 0x45A3, 0x4487
_EPOCH = datetime(2001, 1, 1)
_CALLED = {
    "date": "day",
    "date_released": "day",
    "date_recorded": "creationdate",
    "date_digitized": "creationdate",
    "purl": "source",
    "url": "source",
    "summary": "synopsis",
    "encoder": "encoder",
    "location": "location",
    "recording_location": "location",
}


def walk(data: Content, blocks: Blocks) -> None:
    """Fill in `movie` from the information and the tags of the first segment."""
    blocks.container = "Matroska"
    for number, start, stop in _elements(data, 0, len(data)):
        if number == _SEGMENT:
            for inner, first, last in _elements(data, start, stop):
                if inner == _INFO:
                    _information(data, first, last, blocks.movie)
                elif inner == _TAGS:
                    _tags(data, first, last, blocks.movie)
            return


def _elements(data: Content, start: int, stop: int) -> Iterator[tuple[int, int, int]]:
    """Number, start of content and end of each element; one of unknown size goes to the end."""
    at = start
    for _ in range(MAX_ELEMENTS):
        if at >= stop or not data[at]:
            return
        width = 9 - data[at].bit_length()
        number, at = int.from_bytes(data[at : at + width], "big"), at + width
        if at >= stop or not data[at]:
            return
        width = 9 - data[at].bit_length()
        most = (1 << 7 * width) - 1
        size, at = int.from_bytes(data[at : at + width], "big") & most, at + width
        end = stop if size == most else at + size
        if end > stop:
            return
        yield number, at, end
        at = end


def _information(data: Content, start: int, stop: int, found: dict[str, str]) -> None:
    for number, first, last in _elements(data, start, stop):
        if number == _TITLE:
            keep(found, "title", data[first:last])
        elif number == _WRITER:
            keep(found, "encoder", data[first:last])
        elif number == _DATE and last - first == 8:
            since = int.from_bytes(data[first:last], "big", signed=True) // 1000
            if abs(since) < 1 << 52:
                at = _EPOCH + timedelta(microseconds=since)
                keep(found, "created", at.isoformat(timespec="seconds").encode() + b"Z")


def _tags(data: Content, start: int, stop: int, found: dict[str, str]) -> None:
    for number, first, last in _elements(data, start, stop):
        if number != _TAG:
            continue
        for kind, at, end in _elements(data, first, last):
            if kind == _SIMPLE:
                parts = {one: data[a:b] for one, a, b in _elements(data, at, end)}
                name = parts.get(_NAME, b"").decode("utf-8", "replace").lower()[:60]
                keep(found, _CALLED.get(name, name), parts.get(_STRING, b""))
