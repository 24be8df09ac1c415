"""Straight seams from edge to edge, at which a picture jumps all along."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from verify.lab.steps import Steps

SURE = 0.8  # of a seam's pixels; what shows in fewer may be something else
_LIKELY = 0.65
_SMALLEST = 120  # pixels, of the shorter side
_STRETCHES = 8  # of a seam's length, of which all but one must show it
_STRETCH = 0.35  # of a stretch's pixels
_STANDS_OUT = 0.25  # more than the lines around it
_MARGIN = 0.06  # of the side: nearer to the edge it is a frame
_APART = 0.04  # of the side: nearer to one another it is the same seam

Seams = tuple[list[tuple[float, float]], list[tuple[float, float]]]


def seams(steps: Steps) -> Seams:
    """Upright and level seams: where each lies, in fractions, and what share of it shows it."""
    if min(steps.shape) < _SMALLEST:
        return [], []
    return _upright(steps.upright), _upright(steps.level)


def _upright(shown: NDArray[np.bool_]) -> list[tuple[float, float]]:
    width = shown.shape[1]
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
