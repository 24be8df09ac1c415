"""The tracks of a QuickTime or MP4 file: which part of each is played and when, and its size.

Source: ISO 14496-12, 8.6.6 (edit list), 8.2.2, 8.4.2, 8.4.3 (what its numbers are in, and of what),
12.1.3 (width and height of a visual sample entry).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from struct import Struct

from verify.lab.containers.blocks import boxes
from verify.lab.reading_at import Content

_MOST_TRACKS, _MOST_EDITS = 8, 1000
_NARROW, _WIDE = Struct(">Iihh"), Struct(">Qqhh")  # length, media time, rate
_SIZE = Struct(">HH")
_KINDS = {b"vide": "video", b"soun": "audio"}


@dataclass(frozen=True)
class Edit:
    """A part of a track that is played next, for so many seconds; from when on in what is stored,
    in seconds, None where nothing is played meanwhile."""

    seconds: float
    begins: float | None


@dataclass(frozen=True)
class Track:
    """kind: `video` or `audio`. seconds: how long what is stored lasts. edits: () where all of it
    is played. size: of its pictures in pixels, as they are coded; None where there is not one."""

    kind: str
    seconds: float
    edits: tuple[Edit, ...]
    size: tuple[int, int] | None = None


def tracks(data: Content) -> list[Track]:
    """Those with pictures or sound, as far as they can be read."""
    for kind, start, stop in boxes(data, 0, len(data)):
        if kind == b"moov":
            inside = [*boxes(data, start, stop)]
            scale = next((_scale(data, at)[0] for box, at, _ in inside if box == b"mvhd"), 0)
            every = (_track(data, at, end, scale) for box, at, end in inside if box == b"trak")
            return [one for one in islice(every, _MOST_TRACKS) if one] if scale else []
    return []


def _track(data: Content, start: int, stop: int, movie_scale: int) -> Track | None:
    parts = {kind: (at, end) for kind, at, end in boxes(data, start, stop)}
    media = {kind: (at, end) for kind, at, end in boxes(data, *parts.get(b"mdia", (0, 0)))}
    if not {b"mdhd", b"hdlr"} <= media.keys():
        return None
    handler = media[b"hdlr"][0] + 8
    kind = _KINDS.get(data[handler : handler + 4])
    scale, length = _scale(data, media[b"mdhd"][0])
    if kind is None or not scale:
        return None
    lists = dict.fromkeys(
        (at, end) for box, at, end in boxes(data, *parts.get(b"edts", (0, 0))) if box == b"elst"
    )
    edits = tuple(
        Edit(lasts / movie_scale, None if begins < 0 else begins / scale)
        for at, end in lists
        for lasts, begins in _entries(data, at, end)
    )
    size = _size(data, *media.get(b"minf", (0, 0))) if kind == "video" else None
    return Track(kind, length / scale, edits, size)


def _size(data: Content, start: int, stop: int) -> tuple[int, int] | None:
    """What the one sample entry says; None where there are several."""
    for table, first, last in boxes(data, start, stop):
        if table == b"stbl":
            for box, at, end in boxes(data, first, last):
                if box == b"stsd" and end - at >= 44 and data[at + 4 : at + 8] == b"\0\0\0\1":
                    width, height = _SIZE.unpack(data[at + 40 : at + 44])
                    return (width, height) if width and height else None
    return None


def _scale(data: Content, at: int) -> tuple[int, int]:
    """Units a second, and the length in them, of a movie's or a media's header."""
    wide = data[at] == 1
    first, last = (at + 20, at + 32) if wide else (at + 12, at + 20)
    body = data[first:last]
    length = int.from_bytes(body[4:], "big")
    unknown = length in (0xFFFFFFFF, 0xFFFFFFFFFFFFFFFF)
    return int.from_bytes(body[:4], "big"), 0 if unknown else length


def _entries(data: Content, at: int, end: int) -> Iterator[tuple[int, int]]:
    """Nothing where some of them are missing, or they are too many."""
    form = _WIDE if data[at] == 1 else _NARROW
    count = int.from_bytes(data[at + 4 : at + 8], "big")
    if count > min(_MOST_EDITS, (end - at - 8) // form.size):
        return
    for number in range(count):
        place = at + 8 + number * form.size
        lasts, begins, _, _ = form.unpack(data[place : place + form.size])
        yield lasts, begins
