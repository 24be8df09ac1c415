"""What small windows of a picture hold: mean, spread, likeness to another's, drawn or not."""

from __future__ import annotations

from typing import Any, cast

import cv2
import numpy as np
from numpy.typing import NDArray

from verify.matching.points import Grey

Map = NDArray[Any]  # float32
_STEP, _FINE_STEP = 10, 5  # grey levels: pixels within such a step are of one level
_CLEAN = 1.3  # grey levels, of noise: what was filmed has more
_WINDOW = 33  # pixels of the query's frame


def levels(frame: Grey) -> tuple[Map, ...]:
    """`one_level` of a frame by the usual step and, where nothing in it is noisy, by a finer one.

    Skies and nights lie within the usual step; noise alone would make a photograph of what is
    drawn and filmed by the finer one.
    """
    size = (max(1, frame.shape[1] // 2), max(1, frame.shape[0] // 2))
    small = cv2.resize(frame, size, interpolation=cv2.INTER_NEAREST).astype(np.uint8, copy=False)
    steps = (_STEP, _FINE_STEP) if _noise(small) < _CLEAN else (_STEP,)
    return tuple(
        cv2.resize(one_level(small, step), (frame.shape[1], frame.shape[0])) for step in steps
    )


def one_level(small: Grey, step: int) -> Map:
    """For every pixel, the largest share of a window around it that is of one grey level.

    small: the frame at half its size. step: grey levels that count as one.
    Photographs spread over many levels even where they are smooth; what is drawn does not,
    and JPEG's ripples around letters stay within a step.
    """
    share = np.zeros(small.shape, np.float32)
    for low in range(-step // 2, 256, step // 2):
        at = cv2.inRange(small, max(low, 0), low + step - 1)
        np.maximum(share, mean(at, _WINDOW // 2), out=share)
    return share / 255


def _noise(small: Grey) -> float:
    """The noise where a picture is calm, in grey levels: what a median of 3 x 3 takes away."""
    rest = cv2.subtract(small, cv2.medianBlur(small, 3), dtype=cv2.CV_32F)
    return float(np.sqrt(np.percentile(mean(rest * rest, _WINDOW // 2 + 1), 20)))


def mean(values: Map, side: int) -> Map:
    """The mean of the square window around every pixel, `side` pixels long."""
    return cv2.boxFilter(values, cv2.CV_32F, (side, side), borderType=cv2.BORDER_REFLECT)


def deviation(values: Map, side: int) -> Map:
    """The standard deviation within the window around every pixel, in grey levels."""
    middle = mean(values, side)
    return cast(Map, np.sqrt(np.maximum(mean(values * values, side) - middle * middle, 0)))


def correlate(a: Map, b: Map, side: int) -> Map:
    """Normalised correlation of two pictures around every pixel; 0 where one is blank."""
    both = mean(a * b, side) - mean(a, side) * mean(b, side)
    spread = deviation(a, side) * deviation(b, side)
    return np.where(spread > 1.0, both / np.maximum(spread, 1.0), 0).astype(np.float32)


def evened(values: Map) -> Grey:
    """The picture with its local brightness and contrast evened out."""
    even = (values - mean(values, 25)) / (deviation(values, 25) + 3)
    return cast(Grey, np.clip(even * 42 + 128, 0, 255).astype(np.uint8))
