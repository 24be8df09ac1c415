"""Two pictures in one place, to be looked at in turn: what differs jumps to the eye.

A blink comparator, as astronomers use one to compare two plates.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from verify.matching.points import Grey
from verify.pixels import as_image
from verify.records import Pixels

_LONGEST = 1024  # pixels
_EMPTY = 0.35  # brightness of the incoming picture where the earlier one has nothing


def draw(
    incoming: Pixels, earlier: Pixels, lies: tuple[float, ...], *, show_earlier: bool
) -> Image.Image:
    """The incoming picture in grey, or the earlier one laid onto it in its place.

    lies: (3, 3) by rows, from fractions of the earlier picture to fractions of the incoming.
    """
    below, above = side_by_side(incoming, earlier, lies)
    return Image.fromarray(above if show_earlier else below)


def side_by_side(incoming: Pixels, earlier: Pixels, lies: tuple[float, ...]) -> tuple[Grey, Grey]:
    """Both pictures in grey, (h, w) alike: the earlier one laid onto the incoming one, which is
    dark where that has nothing."""
    below, above, there = laid(incoming, earlier, lies)
    return below, np.where(there, above, below * _EMPTY).astype(np.uint8)


def laid(
    incoming: Pixels, earlier: Pixels, lies: tuple[float, ...]
) -> tuple[Grey, Grey, NDArray[np.bool_]]:
    """Both pictures in grey, (h, w) alike, the earlier one laid onto the incoming one, and where it
    has something."""
    below, above = _grey(incoming), _grey(earlier)
    height, width = below.shape
    to_pixels = np.diag([width, height, 1.0])
    from_pixels = np.diag([1 / above.shape[1], 1 / above.shape[0], 1.0])
    matrix = to_pixels @ np.array(lies).reshape(3, 3) @ from_pixels
    in_place = cv2.warpPerspective(above, matrix, (width, height))
    there = cv2.warpPerspective(np.full_like(above, 255), matrix, (width, height))
    return below, in_place, there > 127


def _grey(pixels: Pixels) -> Grey:
    picture = as_image(pixels).convert("L")
    picture.thumbnail((_LONGEST, _LONGEST))
    return np.asarray(picture)
