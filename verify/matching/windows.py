"""What small windows of a picture hold: mean, spread, likeness to another's, drawn or not."""

from __future__ import annotations

from typing import Any, cast

import cv2
import numpy as np
from numpy.typing import NDArray

from verify.matching.points import Grey

Map = NDArray[Any]  # float32
_LEVEL = 10  # grey levels: pixels within such a step are of one level
_WINDOW = 33  # pixels of the query's frame


def one_level(frame: Grey) -> Map:
    """For every pixel, the largest share of a window around it that is of one grey level.

    Photographs spread over many levels even where they are smooth; what is drawn does not,
    and JPEG's ripples around letters stay within a step.
    """
    size = (max(1, frame.shape[1] // 2), max(1, frame.shape[0] // 2))
    small = cv2.resize(frame, size, interpolation=cv2.INTER_NEAREST)
    share = np.zeros(small.shape, np.float32)
    for low in range(-_LEVEL // 2, 256, _LEVEL // 2):
        at = ((small >= low) & (small < low + _LEVEL)).astype(np.float32)
        np.maximum(share, mean(at, _WINDOW // 2), out=share)
    return cv2.resize(share, (frame.shape[1], frame.shape[0]))


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
