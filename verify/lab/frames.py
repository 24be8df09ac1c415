"""Whether what surrounds the inner picture is bars or a frame, and not part of the scene."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from verify.lab.inner import Box, inner

_ONE_COLOUR = 8  # levels from the strip's median
_EVEN = 0.8  # share of a strip's pixels, so that words and symbols may stand in it
_EQUAL = 0.02  # of the side: so much may strips on opposite sides differ in width
_WIDE = 0.03  # of the side
_PLAIN = 0.98  # share of a line's pixels that have the colour of the edge
_ENDS = 0.65  # share of a line's length at which a plain bar ends at once
_EDGE = 12  # levels across its end
_SMALLEST = 120  # pixels, of the shorter side: below that an icon's margins are as wide
_SAMPLES = 256  # of a line's pixels
_MIXED = 16  # lines behind it in which compression mixes bar and picture


def framed(pixels: NDArray[np.uint8]) -> Box | None:
    """The inner picture's box, in fractions, where bars or a frame surround it; else None.

    pixels: (h, w, 3), uint8, as displayed. The search for the inner picture is content with
    what is merely dull, such as a sky. A bar is of one colour for the most part; or, as of a
    blurred frame, there is one of the same width on the opposite side.
    """
    box = inner(pixels)
    plain = _between_plain_bars(pixels)
    if box is None or not (_even_around(pixels, box) or _paired(box)):
        return plain
    if plain is None:
        return box
    left, top = (max(*one) for one in zip(box[:2], plain[:2], strict=True))
    right, bottom = (min(*one) for one in zip(box[2:], plain[2:], strict=True))
    return (left, top, right, bottom) if left < right and top < bottom else box


def _between_plain_bars(pixels: NDArray[np.uint8]) -> Box | None:
    """What strips of one colour along the edges leave, where each ends along a straight line."""
    height, width = pixels.shape[:2]
    if min(height, width) < _SMALLEST:
        return None
    left, top, right, bottom = 0, 0, width, height
    for _ in range(2):  # beside wide bars on the right and left those above end over a short line
        part = pixels[top:bottom, left:right]
        top, bottom = top + _plain(part), bottom - _plain(part[::-1])
        part = pixels[top:bottom, left:right].transpose(1, 0, 2)
        left, right = left + _plain(part), right - _plain(part[::-1])
    if (left, top, right, bottom) == (0, 0, width, height):
        return None
    return left / width, top / height, right / width, bottom / height


def _plain(lines: NDArray[np.uint8]) -> int:
    """How many lines from the top are a bar of one colour; 0 where it fades or ends unevenly."""
    seen = lines[:, :: max(1, lines.shape[1] // _SAMPLES)]
    first = seen[0].astype(np.int16)
    colour, least = np.median(first, axis=0).astype(np.int16), int(_WIDE * len(seen)) + 1
    for few in (1, least):  # nearly every picture ends it at the first line
        differing = np.abs(seen[:few].astype(np.int16) - colour).max(axis=2)
        if not _plain_lines(differing).all():
            return 0
    differing = np.abs(seen.astype(np.int16) - colour).max(axis=2)
    deep = int(_plain_lines(differing).argmin())  # 0 where there is nothing else
    ended = (differing[deep : deep + _MIXED] > _EDGE).mean(axis=1) >= _ENDS
    return deep + int(ended.argmax()) if ended.any() else 0


def within(pixels: NDArray[np.uint8], box: Box | None) -> NDArray[np.uint8]:
    """The picture without bars and frames, whose edges would be seams as well. box: `framed`'s."""
    if box is None:
        return pixels
    height, width = pixels.shape[:2]
    left, right = round(box[0] * width), round(box[2] * width)
    top, bottom = round(box[1] * height), round(box[3] * height)
    return pixels[top:bottom, left:right]


def _plain_lines(differing: NDArray[np.int16]) -> NDArray[np.bool_]:
    plain: NDArray[np.bool_] = (differing <= _ONE_COLOUR).mean(axis=1) >= _PLAIN
    return plain


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
