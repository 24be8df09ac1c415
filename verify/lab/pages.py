"""Pictures on an even page: a post, an article or a chat that was photographed off its screen.

After the X-Y cut (Nagy, Seth, Viswanathan, Computer 25(7), 1992): what is not of the page's one
colour falls into pieces. A picture fills the rectangle around its piece and has many colours;
letters leave most of theirs to the page, buttons and bubbles are of one colour. What is a page
itself, such as a card on a page, is looked into in turn.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from verify.lab.inner import Box

_SIDE = 640  # pixels
_NEAR = 10  # levels of each colour, from the page's
_PAGE = 0.35  # of a part must be of one colour to be a page
_LEAST = 0.14  # of the picture's width: what is smaller is a symbol or a face
_LEAST_PIXELS = 32  # of its shorter side
_LARGEST = 0.35  # of the picture's area: what is larger the whole picture's features find
_FILLED = 0.6  # of the rectangle around a piece
_PLAIN = 3  # levels
_ONE_COLOUR = 0.6  # of a picture, at most
_LIVELY = 12  # grey levels, standard deviation
_DEEPEST = 3

Pixels = NDArray[np.uint8]
Sides = tuple[int, int, int, int]


def on_page(rgb: Pixels) -> list[Box]:
    """The pictures on an even page, the largest first, in fractions. rgb: (h, w, 3), uint8."""
    height, width = rgb.shape[:2]
    scale = min(1.0, _SIDE / max(height, width))
    size = max(1, round(width * scale)), max(1, round(height * scale))
    small = cv2.resize(rgb, size, interpolation=cv2.INTER_AREA).astype(np.uint8, copy=False)
    least = round(_LEAST * size[0])
    found = _pieces(small, (0, 0, *size), least, _DEEPEST)
    found = [one for one in found if _area(one) <= _LARGEST * size[0] * size[1]]
    return [
        (left / size[0], top / size[1], right / size[0], bottom / size[1])
        for left, top, right, bottom in sorted(found, key=_area, reverse=True)
    ]


def _area(sides: Sides) -> int:
    left, top, right, bottom = sides
    return (right - left) * (bottom - top)


def _pieces(small: Pixels, sides: Sides, least: int, depth: int) -> list[Sides]:
    """The pictures on the page that this part of the picture is; none where it is no page."""
    left, top, right, bottom = sides
    part = small[top:bottom, left:right]
    colour, share = _commonest(part)
    if share < _PAGE or not depth:
        return []
    other = cv2.bitwise_not(_near(part, colour, _NEAR))
    closed = cv2.morphologyEx(other, cv2.MORPH_CLOSE, np.ones((3, 3), np.uint8))
    _, _, stats, _ = cv2.connectedComponentsWithStats(closed, connectivity=4)
    found: list[Sides] = []
    for x, y, width, height, area in stats[1:].tolist():
        if width < least or min(width, height) < _LEAST_PIXELS:
            continue
        piece = (left + x, top + y, left + x + width, top + y + height)
        if area < _FILLED * width * height or piece == sides:
            continue
        if within := _pieces(small, piece, least, depth - 1):
            found += within
        elif _is_picture(small[piece[1] : piece[3], piece[0] : piece[2]]):
            found.append(piece)
    return found


def _is_picture(part: Pixels) -> bool:
    """Whether it is of many colours, as no button or bubble is."""
    _, plain = _commonest(part, _PLAIN)
    return plain <= _ONE_COLOUR and float(part.mean(axis=2).std()) >= _LIVELY


def _commonest(part: Pixels, near: int = _NEAR) -> tuple[NDArray[np.int16], float]:
    """The colour that most of a part is of, and the share that is near it."""
    coarse = part >> 4
    groups = (coarse[..., 0].astype(np.int16) << 8) | (coarse[..., 1] << 4) | coarse[..., 2]
    commonest = part[groups == np.bincount(groups.ravel()).argmax()]
    colour = np.median(commonest, axis=0).astype(np.int16)
    alike = _near(part, colour, near)
    return colour, cv2.countNonZero(alike) / alike.size


def _near(part: Pixels, colour: NDArray[np.int16], near: int) -> NDArray[np.uint8]:
    """255 where each of the three colours is so near, else 0; (h, w)."""
    low, high = np.clip(colour - near, 0, 255), np.clip(colour + near, 0, 255)
    return cv2.inRange(part, low, high).astype(np.uint8, copy=False)
