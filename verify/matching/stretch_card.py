"""The picture that explains a match of two films: the same moments of both, one above the other.

It holds figures, no words. What part of one frame shows what part of the other is outlined.
"""

from __future__ import annotations

from collections.abc import Sequence

from PIL import Image, ImageDraw, ImageFont

from verify.matching.filmstrip import fitted, tenths
from verify.records import Corners, Pixels, Stretch, area

FRAMES = 5
"""How many moments are shown, at most."""
_CELL = 240, 240  # pixels
_MARGIN, _GAP, _LABEL, _BETWEEN = 28, 12, 30, 26
_BACKGROUND, _TEXT, _SEPARATOR = (236, 236, 233), (60, 60, 58), (198, 198, 194)
_MARK, _CASING = (214, 92, 0), (255, 255, 255)
_FIGURE = 20  # pixels high
_NEARLY_ALL = 0.85  # of a picture's area: an outline around it says nothing

Moment = tuple[float, Pixels]
"""Seconds from the beginning of a film, and its picture then."""


def moments(stretch: Stretch) -> list[tuple[float, float]]:
    """Times of both films at which they show the same, spread over the stretch, in seconds."""
    begins, ends = stretch.begins or 0.0, stretch.ends or 0.0
    earlier, earlier_ends = earlier_course(stretch)
    count = max(1, min(FRAMES, int(ends - begins) + 1))
    shares = [(number + 0.5) / count for number in range(count)]
    return [
        (begins + share * (ends - begins), earlier + share * (earlier_ends - earlier))
        for share in shares
    ]


def earlier_course(stretch: Stretch) -> tuple[float, float]:
    """What the earlier film shows first and last in the stretch, in seconds."""
    first, last = stretch.earlier_begins or 0.0, stretch.earlier_ends or 0.0
    return (max(first, last), min(first, last)) if stretch.speed < 0 else (first, last)


def draw(
    incoming: Sequence[Moment],
    earlier: Sequence[Moment],
    *,
    colour: bool,
    region: Corners | None = None,
    earlier_region: Corners | None = None,
    right_to_left: bool = False,
) -> Image.Image:
    """In grey unless `colour`: the incoming film above, the earlier one below.

    Both hold as many moments, at least one. region, earlier_region: which part of the one shows
    which part of the other. right_to_left: the stretch begins on the right.
    """
    rows = [[fitted(pixels, _CELL, colour) for _, pixels in row] for row in (incoming, earlier)]
    tops, height = [], _MARGIN
    for row in rows:
        tops.append(height)
        height += _LABEL + max(one.height for one in row) + _BETWEEN
    width = 2 * _MARGIN + len(incoming) * (_CELL[0] + _GAP) - _GAP
    card = Image.new("RGB", (width, height - _BETWEEN + _MARGIN), _BACKGROUND)
    pen, font = ImageDraw.Draw(card), ImageFont.load_default(_FIGURE)
    between = tops[1] - _BETWEEN // 2
    pen.line([(_MARGIN, between), (width - _MARGIN, between)], fill=_SEPARATOR, width=2)
    corners = (region, earlier_region)
    for top, row, times, outline in zip(tops, rows, (incoming, earlier), corners, strict=True):
        for number, (one, (at, _)) in enumerate(zip(row, times, strict=True)):
            column = len(row) - 1 - number if right_to_left else number
            left = _MARGIN + column * (_CELL[0] + _GAP)
            place = left + (_CELL[0] - one.width) // 2, top + _LABEL
            pen.text((place[0], top), tenths(at), _TEXT, font)
            card.paste(one, place)
            outlined(pen, outline, place, one.size)
    return card


def outlined(
    pen: ImageDraw.ImageDraw, corners: Corners | None, place: tuple[int, int], size: tuple[int, int]
) -> None:
    """Outline a part of a picture that stands in this place, cased in white, so that it shows on
    dark and on light. corners: None, and those of nearly all of it, need none."""
    if corners is None or area(corners) >= _NEARLY_ALL:
        return
    points = [(place[0] + x * (size[0] - 1), place[1] + y * (size[1] - 1)) for x, y in corners]
    for colour, width in ((_CASING, 5), (_MARK, 2)):
        pen.line([*points, *points[:2]], fill=colour, width=width, joint="curve")
