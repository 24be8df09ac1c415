"""A film in one picture: frames with their times, its shots, and the stretches that were found.

It holds figures and letters, no words: those stand in the caption, in the reader's language.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from PIL import Image, ImageDraw, ImageFont

from verify.pixels import as_image
from verify.records import Match, Pixels, film_time, lettered, stretch_time

_COLUMNS, _CELL = 3, (320, 240)  # pixels: figures are read on a telephone 360 wide
_MARGIN, _GAP, _LABEL, _BAR, _LANE = 28, 12, 44, 28, 40
_BACKGROUND, _TEXT, _FAINT = (236, 236, 233), (60, 60, 58), (120, 120, 116)
_SHOTS = (198, 198, 194), (168, 168, 164)
_MARK = (176, 76, 0)
# told apart by who does not see red and green alike. Source: Okabe and Ito, Color Universal
# Design (2008).
_FOUND = (0, 114, 178), (0, 130, 96), (204, 121, 167), (213, 94, 0), (86, 150, 200)
_FIGURE, _BETWEEN = 34, 14  # pixels: high, and from one to the next
_INSTANT = 0.1  # seconds
_APART = 170  # pixels between two times of the scale
_SCALE = (1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1800, 3600)  # seconds between two figures


@dataclass(frozen=True)
class Found:
    """A stretch of the film that was seen earlier: its letter, from when to when, in seconds.

    earlier: when what it begins with is seen in the earlier film, in seconds; None where that is a
    still. speed: as in `Stretch`.
    """

    letter: str
    begins: float
    ends: float
    earlier: float | None = None
    speed: float = 1.0

    @property
    def until(self) -> float:
        """When what follows is no longer part of it; a single frame is one."""
        return max(self.ends, self.begins + _INSTANT)

    def label(self, at: float) -> str:
        """The letter, and when in the earlier film this moment is seen."""
        if self.earlier is None:
            return self.letter
        return f"{self.letter} {stretch_time(self.earlier + (at - self.begins) * self.speed)}"


@dataclass(frozen=True)
class Strip:
    """A film as it is drawn: its length in seconds, when its shots begin, what was found."""

    seconds: float
    shots: tuple[float, ...] = ()
    found: tuple[Found, ...] = ()
    right_to_left: bool = False

    def at(self, seconds: float) -> float:
        """Where along the bar a time lies, 0 on the left to 1 on the right."""
        share = min(1.0, max(0.0, seconds / self.seconds)) if self.seconds else 0.0
        return 1 - share if self.right_to_left else share

    def lasts(self, at: float) -> float | None:
        """How long the shot is that a frame is of, in seconds; None where that is not known."""
        for begins, ends in pairwise((*self.shots, self.seconds)):
            if begins <= at < ends:
                return ends - begins
        return None

    def there(self, at: float) -> Found | None:
        """What was found where a frame lies."""
        return next((one for one in self.found if one.begins <= at < one.until), None)


def draw(frames: Sequence[tuple[float, Pixels]], strip: Strip, *, colour: bool) -> Image.Image:
    """In grey unless `colour`: the pictures in rows, below them the film as a bar.

    frames: seconds from the beginning, and the picture then, in their order. Above each stand its
    number and time, and how long its shot is; a coloured frame and a letter mean that it was seen
    earlier, and when there. The film begins on the right where the reader does.
    """
    shown = [fitted(pixels, _CELL, colour) for _, pixels in frames]
    rows, columns = -(-len(frames) // _COLUMNS), min(_COLUMNS, max(2, len(frames)))
    high = _LABEL + max(one.height for one in shown) + _GAP  # of a row
    width = 2 * _MARGIN + columns * (_CELL[0] + _GAP) - _GAP
    height = 2 * _MARGIN + rows * high + 2 * _LABEL + _BAR + len(_letters(strip)) * _LANE
    picture = Image.new("RGB", (width, height), _BACKGROUND)
    pen = ImageDraw.Draw(picture)
    for number, ((at, _), one) in enumerate(zip(frames, shown, strict=True)):
        row, column = divmod(number, _COLUMNS)
        column = columns - 1 - column if strip.right_to_left else column
        left, top = _MARGIN + column * (_CELL[0] + _GAP), _MARGIN + row * high
        place = (
            left + (_CELL[0] - one.width) // 2,
            top + _LABEL + (high - _LABEL - _GAP - one.height) // 2,
        )
        picture.paste(one, place)
        _label(pen, (left, top), number + 1, at, strip)
        if found := strip.there(at):
            corner = place[0] + one.width - 1, place[1] + one.height - 1
            pen.rectangle([place, corner], outline=_colour(found, strip), width=5)
    _bar(pen, [at for at, _ in frames], strip, _MARGIN + rows * high + _LABEL, width)
    return picture


def found(matches: Iterable[Match]) -> tuple[Found, ...]:
    """The stretches of a film that show what came earlier, a letter for each of its matches."""
    return tuple(
        Found(
            letter,
            one.begins,
            one.ends or one.begins,
            one.earlier_ends if one.speed < 0 else one.earlier_begins,
            one.speed,
        )
        for letter, match in lettered(matches)
        for one in match.shown
        if one.begins is not None
    )


def large(pixels: Pixels, *, colour: bool) -> Image.Image:
    """One picture alone, grey unless `colour`."""
    picture = as_image(pixels)
    return picture if colour else picture.convert("L")


def png(pixels: Pixels) -> bytes:
    """One picture as a PNG, which loses nothing of it."""
    stream = io.BytesIO()
    as_image(pixels).save(stream, "PNG")
    return stream.getvalue()


def _label(
    pen: ImageDraw.ImageDraw, place: tuple[int, int], number: int, at: float, strip: Strip
) -> None:
    """Number and time of a frame, how long its shot is, and what it was found as."""
    font, (left, top) = ImageFont.load_default(_FIGURE), place
    figures = [(str(number), _FAINT), (tenths(at), _TEXT)]
    found = strip.there(at)
    if found is None and (lasts := strip.lasts(at)) is not None:
        figures.append((f"{lasts:.1f} s", _MARK))
    for text, colour in figures:
        pen.text((left, top), text, colour, font)
        left += round(font.getlength(text)) + _BETWEEN
    if found:
        right = place[0] + _CELL[0]
        pen.text((right, top), found.label(at), _colour(found, strip), font, anchor="ra")


def _bar(
    pen: ImageDraw.ImageDraw, times: Sequence[float], strip: Strip, top: int, width: int
) -> None:
    """The film from end to end: shots, where the frames lie, what was found, and a scale."""
    font, small = ImageFont.load_default(_FIGURE), ImageFont.load_default(_FIGURE - 6)
    along = width - 2 * _MARGIN

    def x(seconds: float) -> float:
        return _MARGIN + strip.at(seconds) * along

    def band(begins: float, ends: float, y: int, high: int, fill: tuple[int, int, int]) -> None:
        left, right = sorted((x(begins), x(ends)))
        pen.rectangle([left, y, max(right, left + 3), y + high], fill=fill)

    begins = strip.shots or (0.0,)
    for number, (first, last) in enumerate(pairwise((*begins, strip.seconds))):
        band(first, last, top, _BAR, _SHOTS[number % 2])
    taken = -100.0
    for number, at in sorted(enumerate(times, 1), key=lambda one: x(one[1])):
        pen.line([x(at), top - 5, x(at), top + _BAR], fill=_MARK, width=2)
        if x(at) - taken > 40:  # figures do not run into each other
            pen.text((x(at), top - 6), str(number), _MARK, small, anchor="mb")
            taken = x(at)
    for lane, letter in enumerate(_letters(strip)):
        y = top + _BAR + 4 + lane * _LANE
        for one in (one for one in strip.found if one.letter == letter):
            band(one.begins, one.ends, y + 8, _LANE - 20, _colour(one, strip))
            pen.text((min(x(one.begins), x(one.ends)) - 4, y), letter, _TEXT, small, anchor="ra")
    bottom = top + _BAR + len(_letters(strip)) * _LANE + 8
    for seconds in _scale(strip.seconds, along):
        anchor = "mt" if _MARGIN + 50 < x(seconds) < width - _MARGIN - 50 else None
        anchor = anchor or ("lt" if x(seconds) <= _MARGIN + 50 else "rt")
        pen.text((x(seconds), bottom), film_time(seconds), _TEXT, font, anchor=anchor)


def _scale(seconds: float, along: int) -> list[float]:
    """The times that stand below the bar: round ones, far enough apart to be read."""
    step = next((one for one in _SCALE if seconds / one * _APART <= along), 7200)
    rounds = [float(step * number) for number in range(int(seconds // step) + 1)]
    return [one for one in rounds if seconds - one > step * 0.7] + [seconds]


def _letters(strip: Strip) -> list[str]:
    return sorted({one.letter for one in strip.found})


def _colour(found: Found, strip: Strip) -> tuple[int, int, int]:
    return _FOUND[_letters(strip).index(found.letter) % len(_FOUND)]


def tenths(seconds: float) -> str:
    """A time with tenths of a second: several pictures may be of the same one."""
    return f"{film_time(seconds)}.{int(seconds * 10) % 10}"


def fitted(pixels: Pixels, cell: tuple[int, int], colour: bool) -> Image.Image:
    """The picture, no larger than its cell; grey unless `colour`, in RGB either way."""
    picture = as_image(pixels)
    picture.thumbnail(cell, Image.Resampling.LANCZOS)
    return picture if colour else picture.convert("L").convert("RGB")
