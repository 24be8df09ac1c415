"""Straight seams from edge to edge, at which a picture jumps all along."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from verify.lab.steps import Plane, jumps, small

SURE = 0.8  # of a seam's pixels; what shows in fewer may be something else
_LIKELY = 0.65
_SMALLEST = 120  # pixels, of the shorter side
_STRETCHES = 8  # of a seam's length, of which all but one must show it
_STRETCH = 0.35  # of a stretch's pixels
_STANDS_OUT = 0.25  # more than the lines around it
_MARGIN = 0.06  # of the side: nearer to the edge it is a frame
_APART = 0.04  # of the side: nearer to one another it is the same seam

Seams = tuple[list[tuple[float, float]], list[tuple[float, float]]]


def seams(rgb: NDArray[np.uint8]) -> Seams:
    """Upright and level seams: where each lies, in fractions, and what share of it shows it.

    rgb: (h, w, 3), uint8.
    """
    height, width = rgb.shape[:2]
    if min(height, width) < _SMALLEST:
        return [], []
    pixels = small(rgb)
    return _upright(pixels), _upright(pixels.transpose(1, 0, 2))


def _upright(pixels: Plane) -> list[tuple[float, float]]:
    width = pixels.shape[1]
    shown = jumps(pixels)
    whole = shown.mean(axis=0)
    stretches = np.stack([part.mean(axis=0) for part in np.array_split(shown, _STRETCHES)])
    everywhere = (stretches >= _STRETCH).sum(axis=0) >= _STRETCHES - 1
    background = cv2.medianBlur((255 * whole).astype(np.uint8)[None], 21)[0] / 255
    good = everywhere & (whole >= _LIKELY) & (whole - background >= _STANDS_OUT)
    edge = max(3, round(_MARGIN * width))
    good[:edge] = good[-edge:] = False
    found: list[tuple[float, float]] = []
    for place in sorted(np.flatnonzero(good), key=lambda at: -whole[at]):
        if all(abs(place / width - other) > _APART for other, _ in found):
            found.append((float(place / width), float(whole[place])))
    return sorted(found)
