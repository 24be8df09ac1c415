"""The pictures of a clip: of one film, or the same moments of two beside each other.

They hold the times in each film, no words. What part of one shows what part of the other is
outlined.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from PIL import Image, ImageDraw, ImageFont

from verify.clips import CLIP_SECONDS, RATE
from verify.matching.filmstrip import fitted, tenths
from verify.matching.stretch_card import Moment, earlier_course, outlined
from verify.records import Corners, Pixels, Stretch

_ONE, _TWO = (480, 480), (400, 400)  # pixels
_GAP, _LABEL, _FIGURE = 8, 30, 22
_BACKGROUND, _TEXT = (236, 236, 233), (60, 60, 58)
_BESIDE = 0.001  # seconds, to which times are rounded


def times(begins: float, ends: float) -> list[float]:
    """From one moment on to the other, RATE a second, in seconds; of a longest clip at most."""
    count = max(1, round(min(ends - begins, CLIP_SECONDS) * RATE))
    return [begins + number / RATE for number in range(count)]


def moments(stretch: Stretch, since: float = 0.0) -> list[tuple[float, float]]:
    """Times of both films at which they show the same, RATE a second of the incoming one.

    since: what of the stretch is left out, in seconds from its beginning.
    """
    first, last = stretch.begins or 0.0, stretch.ends or 0.0
    earlier, earlier_last = earlier_course(stretch)
    speed = (earlier_last - earlier) / (last - first) if last > first else 0.0
    here = times(min(first + since, last), last)
    return [(at, earlier + (at - first) * speed) for at in here]


def held(found: Sequence[tuple[int, Pixels]], wanted: Sequence[float]) -> list[Moment]:
    """For each of these times, in seconds, the picture that is shown then.

    found: pictures, at least one, with when each begins, in milliseconds and in their order.
    """
    begins = [at_ms / 1000 for at_ms, _ in found]
    numbers = [max(0, bisect_right(begins, at + _BESIDE) - 1) for at in wanted]
    return [(at, found[number][1]) for at, number in zip(wanted, numbers, strict=True)]


def draw(
    rows: Sequence[Sequence[Moment]],
    *,
    colour: bool,
    regions: Sequence[Corners | None] = (None, None),
) -> list[Image.Image]:
    """Pictures in RGB, grey unless `colour`, of one size, which is even.

    rows: the moments of one film, or as many of each of two. regions: which part of each is seen in
    the other. Wide films stand one above the other, others side by side.
    """
    cell = _ONE if len(rows) == 1 else _TWO
    shown = [[fitted(pixels, cell, colour) for _, pixels in row] for row in rows]
    sizes = [(max(one.width for one in row), max(one.height for one in row)) for row in shown]
    stacked = all(width >= height for width, height in sizes)
    places, right, bottom = [], 0, 0
    for across, down in sizes:
        left, top = (0, bottom and bottom + _GAP) if stacked else (right and right + _GAP, 0)
        places.append((left, top))
        right, bottom = max(right, left + across), max(bottom, top + _LABEL + down)
    size = (right + 1) // 2 * 2, (bottom + 1) // 2 * 2
    return [
        _picture(size, places, [row[n] for row in shown], [row[n][0] for row in rows], regions)
        for n in range(len(rows[0]))
    ]


def _picture(
    size: tuple[int, int],
    places: Sequence[tuple[int, int]],
    pictures: Sequence[Image.Image],
    at: Sequence[float],
    regions: Sequence[Corners | None],
) -> Image.Image:
    whole = Image.new("RGB", size, _BACKGROUND)
    pen, font = ImageDraw.Draw(whole), ImageFont.load_default(_FIGURE)
    for (left, top), one, seconds, region in zip(places, pictures, at, regions, strict=False):
        pen.text((left + 4, top + 2), tenths(seconds), _TEXT, font)
        whole.paste(one, (left, top + _LABEL))
        outlined(pen, region, (left, top + _LABEL), one.size)
    return whole
