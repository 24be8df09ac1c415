"""A film in one picture: some of its pictures with their times, and where they lie in it."""

from __future__ import annotations

import io
from collections.abc import Sequence

from PIL import Image, ImageDraw, ImageFont

from verify.records import Pixels, film_time

_COLUMNS, _CELL = 4, (300, 226)  # pixels
_MARGIN, _GAP, _LABEL, _BAR = 28, 12, 30, 14
_BACKGROUND, _TEXT, _LINE = (236, 236, 233), (60, 60, 58), (198, 198, 194)
_MARK = (214, 92, 0)
_FIGURE = 20  # pixels high


def draw(
    frames: Sequence[tuple[float, Pixels]],
    seconds: float,
    *,
    colour: bool,
    right_to_left: bool = False,
) -> bytes:
    """A JPEG, grey unless `colour`: the pictures in rows, each under its time; below, the film.

    frames: seconds from the beginning, and the picture then, in their order. seconds: how long
    the film is. right_to_left: as the reader reads; the film begins on the right.
    """
    rows = -(-len(frames) // _COLUMNS)
    columns = min(_COLUMNS, len(frames))
    width = 2 * _MARGIN + columns * (_CELL[0] + _GAP) - _GAP
    height = 2 * _MARGIN + rows * (_LABEL + _CELL[1] + _GAP) + _BAR + _LABEL
    strip = Image.new("RGB", (width, height), _BACKGROUND)
    pen, font = ImageDraw.Draw(strip), ImageFont.load_default(_FIGURE)
    for number, (at, pixels) in enumerate(frames):
        row, column = divmod(number, _COLUMNS)
        column = columns - 1 - column if right_to_left else column
        left = _MARGIN + column * (_CELL[0] + _GAP)
        top = _MARGIN + row * (_LABEL + _CELL[1] + _GAP)
        pen.text((left, top), _time(at), _TEXT, font)
        picture = _fitted(pixels, colour)
        across = left + (_CELL[0] - picture.width) // 2
        strip.paste(picture, (across, top + _LABEL + (_CELL[1] - picture.height) // 2))
    _bar(pen, [at / seconds for at, _ in frames if seconds], width, height, right_to_left)
    ends = (seconds, 0.0) if right_to_left else (0.0, seconds)
    pen.text((_MARGIN, height - _MARGIN), film_time(ends[0]), _TEXT, font, anchor="ls")
    pen.text((width - _MARGIN, height - _MARGIN), film_time(ends[1]), _TEXT, font, anchor="rs")
    stream = io.BytesIO()
    strip.save(stream, "JPEG", quality=88)
    return stream.getvalue()


def jpeg(pixels: Pixels) -> bytes:
    """One picture as a JPEG."""
    stream = io.BytesIO()
    picture = Image.frombytes("RGB", (pixels.width, pixels.height), pixels.rgb)
    picture.save(stream, "JPEG", quality=92)
    return stream.getvalue()


def _time(seconds: float) -> str:
    """With tenths of a second: several pictures may be of the same one."""
    return f"{film_time(seconds)}.{int(seconds * 10) % 10}"


def _fitted(pixels: Pixels, colour: bool) -> Image.Image:
    picture = Image.frombytes("RGB", (pixels.width, pixels.height), pixels.rgb)
    picture.thumbnail(_CELL, Image.Resampling.LANCZOS)
    return picture if colour else picture.convert("L").convert("RGB")


def _bar(
    pen: ImageDraw.ImageDraw, shares: Sequence[float], width: int, height: int, mirrored: bool
) -> None:
    """The length of the film, with a mark for each picture; shares: of that length, 0 to 1."""
    top = height - _MARGIN - _LABEL - _BAR
    pen.rectangle([_MARGIN, top, width - _MARGIN, top + _BAR], fill=_LINE)
    for share in shares:
        along = min(1.0, 1 - share if mirrored else share)
        at = _MARGIN + along * (width - 2 * _MARGIN)
        pen.rectangle([at - 2, top - 3, at + 2, top + _BAR + 3], fill=_MARK)
