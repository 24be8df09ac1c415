"""The picture that shows what changed: both pictures in one place, the regions outlined in both."""

from __future__ import annotations

from PIL import Image, ImageDraw, ImageFont

from verify.matching import blink
from verify.records import Pixels, Region

_WIDTH, _HEIGHT = 1280, 1280  # pixels at most
_MARGIN, _GAP = 28, 40
_BACKGROUND = (236, 236, 233)
_MARK, _CASING = (214, 92, 0), (255, 255, 255)
_FIGURE = 0.036  # of the card's width, so that a phone's width shows it legibly
_LEAST_FIGURE = 16  # pixels


def draw(
    incoming: Pixels,
    earlier: Pixels,
    lies: tuple[float, ...],
    regions: tuple[Region, ...],
    *,
    enlarge: bool = True,
) -> Image.Image:
    """In grey: the incoming picture left, the earlier one laid into its place right.

    lies: (3, 3) by rows, from fractions of the earlier picture to fractions of the incoming.
    Regions bear their number, from 1. enlarge: small pictures, so that more is seen.
    """
    both = [Image.fromarray(plane) for plane in blink.side_by_side(incoming, earlier, lies)]
    fit = min(
        ((_WIDTH - _GAP) / 2 - _MARGIN) / both[0].width, (_HEIGHT - 2 * _MARGIN) / both[0].height
    )
    fit = fit if enlarge else min(fit, 1.0)
    width, height = (max(1, round(side * fit)) for side in both[0].size)
    card = Image.new("RGB", (2 * (width + _MARGIN) + _GAP, height + 2 * _MARGIN), _BACKGROUND)
    pen = ImageDraw.Draw(card)
    for number, picture in enumerate(both):
        left = _MARGIN + number * (width + _GAP)
        resized = picture.resize((width, height), Image.Resampling.LANCZOS)
        card.paste(resized.convert("RGB"), (left, _MARGIN))
        figure = max(_LEAST_FIGURE, round(_FIGURE * card.width))
        _outline(pen, regions, (left, _MARGIN), (width, height), figure)
    return card


def _outline(
    pen: ImageDraw.ImageDraw,
    regions: tuple[Region, ...],
    place: tuple[int, int],
    size: tuple[int, int],
    figure: int,
) -> None:
    """figure: how high the numbers are, in pixels."""
    font = ImageFont.load_default(figure)
    line = max(3, figure // 10)
    for number, region in enumerate(regions, start=1):
        (left, top), _, (right, bottom), _ = region.corners
        box = [
            place[0] + left * size[0] - 3,
            place[1] + top * size[1] - 3,
            place[0] + right * size[0] + 3,
            place[1] + bottom * size[1] + 3,
        ]
        for colour, width in ((_CASING, line + 2), (_MARK, line)):
            pen.rectangle(box, outline=colour, width=width)
        if len(regions) > 1:
            at = (max(box[0], place[0]) + 4, max(box[1], place[1]) + 2)
            pen.text(at, str(number), _MARK, font, stroke_width=line, stroke_fill=_CASING)
