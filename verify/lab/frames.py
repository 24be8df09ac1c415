"""Whether what surrounds the inner picture is bars or a frame, and not part of the scene."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from verify.lab.inner import Box, inner

_ONE_COLOUR = 8  # levels from the strip's median
_EVEN = 0.8  # share of a strip's pixels, so that words and symbols may stand in it
_EQUAL = 0.02  # of the side: so much may strips on opposite sides differ in width
_WIDE = 0.03  # of the side


def framed(pixels: NDArray[np.uint8]) -> Box | None:
    """The inner picture's box, in fractions, where bars or a frame surround it; else None.

    pixels: (h, w, 3), uint8, as displayed. The search for the inner picture is content with
    what is merely dull, such as a sky. A bar is of one colour for the most part; or, as of a
    blurred frame, there is one of the same width on the opposite side.
    """
    box = inner(pixels)
    return box if box and (_even_around(pixels, box) or _paired(box)) else None


def within(pixels: NDArray[np.uint8], box: Box | None) -> NDArray[np.uint8]:
    """The picture without bars and frames, whose edges would be seams as well. box: `framed`'s."""
    if box is None:
        return pixels
    height, width = pixels.shape[:2]
    left, right = round(box[0] * width), round(box[2] * width)
    top, bottom = round(box[1] * height), round(box[3] * height)
    return pixels[top:bottom, left:right]


def _even_around(pixels: NDArray[np.uint8], box: Box) -> bool:
    """Whether each strip around the box is of one colour for the most part."""
    height, width = pixels.shape[:2]
    left, right = round(box[0] * width), round(box[2] * width)
    top, bottom = round(box[1] * height), round(box[3] * height)
    strips = (pixels[:top], pixels[bottom:], pixels[:, :left], pixels[:, right:])
    sampled = (strip.reshape(-1, 3)[:: max(1, strip.size // 60_000)] for strip in strips)
    return all(_is_even(strip.astype(np.int16)) for strip in sampled if len(strip))


def _is_even(colours: NDArray[np.int16]) -> bool:
    near = np.abs(colours - np.median(colours, axis=0)).max(axis=1) <= _ONE_COLOUR
    return bool(near.mean() >= _EVEN)


def _paired(box: Box) -> bool:
    """Whether every strip has one of the same width on the opposite side."""
    sides = (box[0], 1 - box[2]), (box[1], 1 - box[3])
    wide = any(min(pair) >= _WIDE for pair in sides)
    return wide and all(abs(one - other) <= _EQUAL for one, other in sides)
