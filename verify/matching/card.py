"""The picture that explains a match: incoming left, earlier right, at the same scale.

It holds no words; those stand in the caption, in the reader's language. Where the incoming
picture lies otherwise than the earlier one, a line outside both marks the same edge, with a
dot at the same corner. Nothing is drawn over a picture but the outlines of regions.
"""

from __future__ import annotations

import math

from PIL import Image, ImageDraw

from verify.matching.placing import turned
from verify.pixels import as_image
from verify.records import Corners, Orientation, Pixels, Point, area

_WIDTH, _HEIGHT = 1280, 1280  # pixels at most, and about what a chat shows
_MARGIN, _GAP = 28, 72
_LEAST_WIDTH, _LEAST_HEIGHT = 640, 320  # a panorama must not make a card thinner than 1 to 20
_MOST_UNEVEN = 6.0  # beyond this the same scale would leave nothing to see of the smaller one
_MOST_ENLARGED = 4.0
_BACKGROUND, _SEPARATOR = (236, 236, 233), (198, 198, 194)
_MARK, _CASING = (214, 92, 0), (255, 255, 255)
_WHOLE: Corners = ((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0))


def draw(
    incoming: Pixels,
    earlier: Pixels,
    orientation: Orientation,
    *,
    colour: bool,
    region: Corners | None = None,
    earlier_region: Corners | None = None,
    enlarge: bool = True,
) -> Image.Image:
    """Draw a match, grey unless `colour`; at most 1280 x 1280 pixels.

    orientation: how the incoming picture lies against the earlier one.
    region, earlier_region: which part of the one shows which part of the other; these parts
    are outlined, and drawn at the same scale. enlarge: small pictures, so that more is seen.
    """
    sizes = _sizes(incoming, earlier, region or _WHOLE, earlier_region or _WHOLE, enlarge)
    width = max(_LEAST_WIDTH, sum(size[0] for size in sizes) + 2 * _MARGIN + _GAP)
    height = max(_LEAST_HEIGHT, max(size[1] for size in sizes) + 2 * _MARGIN)
    card = Image.new("RGB", (width, height), _BACKGROUND)
    pen = ImageDraw.Draw(card)
    left = (width - sum(size[0] for size in sizes) - _GAP) // 2
    middle = left + sizes[0][0] + _GAP // 2
    pen.line([(middle, _MARGIN), (middle, height - _MARGIN)], fill=_SEPARATOR, width=2)
    corners = (region, earlier_region)
    ways = (orientation, Orientation.ORIGINAL)
    for pixels, size, outline, way in zip((incoming, earlier), sizes, corners, ways, strict=True):
        place = (left, (height - size[1]) // 2)
        card.paste(_picture(pixels, size, colour), place)
        if outline:
            _outline(pen, [_on_card(point, place, size) for point in outline])
        if orientation is not Orientation.ORIGINAL:
            _mark_edge(pen, place, size, way)
        left += size[0] + _GAP
    return card


def _sizes(
    incoming: Pixels, earlier: Pixels, region: Corners, earlier_region: Corners, enlarge: bool
) -> tuple[tuple[int, int], tuple[int, int]]:
    """Width and height of both on the card: what they share covers the same area on both."""
    shared = _area(incoming, region), _area(earlier, earlier_region)
    ratio = math.sqrt(shared[1] / shared[0]) if min(shared) > 0 else 1.0
    even = max(earlier.width, earlier.height) / max(incoming.width, incoming.height)
    ratio = min(max(ratio, even / _MOST_UNEVEN), even * _MOST_UNEVEN)
    scales = (ratio, 1.0)
    pictures = (incoming, earlier)
    widths = [pixels.width * scale for pixels, scale in zip(pictures, scales, strict=True)]
    heights = [pixels.height * scale for pixels, scale in zip(pictures, scales, strict=True)]
    fit = min(
        (_WIDTH - 2 * _MARGIN - _GAP) / sum(widths),
        (_HEIGHT - 2 * _MARGIN) / max(heights),
        (_MOST_ENLARGED if enlarge else 1.0) / min(scales),
    )
    first, second = (
        (max(1, round(width * fit)), max(1, round(height * fit)))
        for width, height in zip(widths, heights, strict=True)
    )
    return first, second


def _area(pixels: Pixels, corners: Corners) -> float:
    """The area in square pixels."""
    return area(corners) * pixels.width * pixels.height


def _picture(pixels: Pixels, size: tuple[int, int], colour: bool) -> Image.Image:
    picture = as_image(pixels)
    picture = picture.resize(size, Image.Resampling.LANCZOS)
    return picture if colour else picture.convert("L").convert("RGB")


def _on_card(point: Point, place: tuple[int, int], size: tuple[int, int]) -> Point:
    return place[0] + point[0] * (size[0] - 1), place[1] + point[1] * (size[1] - 1)


def _outline(pen: ImageDraw.ImageDraw, corners: list[Point]) -> None:
    """Cased in white, so that it shows on dark and on light."""
    for colour, width in ((_CASING, 7), (_MARK, 3)):
        pen.line([*corners, *corners[:2]], fill=colour, width=width, joint="curve")


def _mark_edge(
    pen: ImageDraw.ImageDraw, place: tuple[int, int], size: tuple[int, int], way: Orientation
) -> None:
    """Mark, just outside the picture, the edge that is the earlier picture's upper one."""
    start, end = (turned(corner, way) for corner in ((0.0, 0.0), (1.0, 0.0)))
    # The middle of an edge, seen from the picture's, points outwards.
    out = 12 * (start[0] + end[0] - 1), 12 * (start[1] + end[1] - 1)
    (x0, y0), (x1, y1) = (_on_card(corner, place, size) for corner in (start, end))
    first, last = (x0 + out[0], y0 + out[1]), (x1 + out[0], y1 + out[1])
    pen.line([first, last], fill=_MARK, width=4)
    pen.ellipse([first[0] - 8, first[1] - 8, first[0] + 8, first[1] + 8], fill=_MARK)
