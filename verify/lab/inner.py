"""Where the picture proper lies in a picture: bars, frames and interfaces cut away.

Letterboxes, bands with text, phone interfaces and blurred frames are mostly dull (flat, or
soft) and end along a straight line. So each side is cut at its straight line that best parts
what is nearly all dull from what is not.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from verify.lab.features import fit

Box = tuple[float, float, float, float]
Plane = NDArray[np.int16]
_SIDE = 400  # pixels
_EDGE = 10  # grey levels across a line
_LINE = 0.5  # share of a line's length that must be an edge
_SOFT = 4  # grey levels between neighbours, at most, in what is dull
_DULL = 0.75  # share of what is cut away
_LIVELIER = 0.12  # so much less dull is what remains
_DEEPEST = 0.7  # of the height or width, from one side
_LEAST_CUT = 0.04  # of the area
_LEAST_KEPT = 0.10
_BLACK = 40  # grey levels, with what compression leaves at the picture's edge
_LEAST_BAR = 0.03  # of the height or width
_UNEVEN = 0.02


def inner(rgb: NDArray[np.uint8]) -> Box | None:
    """Left, top, right, bottom of the inner picture, as fractions; None when it is all one.

    rgb: (h, w, 3), uint8, as displayed.
    """
    grey = fit(cv2.cvtColor(np.ascontiguousarray(rgb), cv2.COLOR_RGB2GRAY), _SIDE).astype(np.int16)
    height, width = grey.shape
    top, bottom, left, right = 0, height, 0, width
    for _ in range(2):
        part = grey[top:bottom, left:right]
        top, bottom = top + _cut(part), bottom - _cut(part[::-1])
        part = grey[top:bottom, left:right].T
        left, right = left + _cut(part), right - _cut(part[::-1])
    kept = (right - left) * (bottom - top) / (height * width)
    if not _LEAST_KEPT <= kept <= 1 - _LEAST_CUT:
        return None
    return left / width, top / height, right / width, bottom / height


def between_bars(rgb: NDArray[np.uint8]) -> Box | None:
    """The same between black bars above and below, or left and right, whatever lies along them.

    Players and editors put these around films; in a photograph they would be a night sky.
    """
    grey = fit(cv2.cvtColor(np.ascontiguousarray(rgb), cv2.COLOR_RGB2GRAY), _SIDE)
    top, bottom = _black(grey)
    left, right = _black(grey.T)
    return None if bottom - top == right - left == 1.0 else (left, top, right, bottom)


def _black(grey: NDArray[np.uint8]) -> tuple[float, float]:
    """From where to where rows are not black throughout, as fractions: 0 and 1 without two bars
    that are equally high."""
    rows = len(grey)
    lit = np.flatnonzero(grey.max(axis=1) > _BLACK)
    if not len(lit):
        return 0.0, 1.0
    above, below = int(lit[0]), int(rows - 1 - lit[-1])
    least = min(above, below)
    if least < _LEAST_BAR * rows or abs(above - below) > _UNEVEN * rows + 1:
        return 0.0, 1.0
    return above / rows, 1 - below / rows


def _cut(part: Plane) -> int:
    """How many rows to cut off the top."""
    rows, columns = part.shape
    if rows < 20 or columns < 20:
        return 0
    line = np.zeros(rows)
    line[1:-1] = (np.abs(part[2:] - part[:-2]) > _EDGE).mean(axis=1)
    soft = np.ones(part.shape, bool)
    soft[:, 1:] &= np.abs(np.diff(part, axis=1)) <= _SOFT
    soft[1:] &= np.abs(np.diff(part, axis=0)) <= _SOFT
    dull = np.cumsum(soft.mean(axis=1))
    at = np.arange(2, int(rows * _DEEPEST))
    above = dull[at - 2] / (at - 1)
    below = (dull[-1] - dull[at]) / (rows - 1 - at)
    good = (line[at] >= _LINE) & (above >= _DULL) & (below <= above - _LIVELIER)
    apart = np.where(good, (above - below) ** 2 * at * (rows - at), 0)  # Otsu's criterion
    return int(at[apart.argmax()]) if good.any() else 0
