"""An emblem found again: a logo, a flag, a seal, small and somewhere in another picture.

Keypoints propose where it lies, by a map that hardly squeezes; pixels decide: where the emblem has
detail, most small windows look alike. See docs/emblems.md for what that finds and what it misses.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from verify.lab.features import Grey, binarise, fit
from verify.matching.geometry import Matrix, different_places, find_geometry, scale_of
from verify.matching.points import Points
from verify.records import Pixels

SIDE = 1024
"""Pixels of the longer side of a picture that is looked through."""
_EMBLEM = 192  # the same of an emblem
_SIDES = (192, 112, 72, 48)  # in which an emblem is described: it may be small
_OF_EMBLEM, _OF_PICTURE = 150, 5000  # keypoints
_FEWEST = 20  # of an emblem that can be found at all
_RIVAL = 10.0  # pixels of the emblem: it is described in several sizes
_PLACES = 6
_SQUEEZED = 1.35
_ALIKE = 0.40  # of unrelated pictures the most was 0.19
_DETAIL = 150.0  # variance of grey in a window


@dataclass(frozen=True)
class Emblem:
    """An emblem as it is looked for."""

    points: Points
    grey: Grey

    @classmethod
    def of(cls, pixels: Pixels, left: float, top: float, right: float, bottom: float) -> Emblem:
        """What stands in a box, in fractions of the picture's sides. Raises ValueError where that
        is too plain to be found again."""
        grey = _grey(pixels)
        height, width = grey.shape
        cut = grey[
            int(top * height) : max(int(top * height) + 2, round(bottom * height)),
            int(left * width) : max(int(left * width) + 2, round(right * width)),
        ]
        whole = fit(cut, _EMBLEM)
        parts = [_points(fit(cut, side), _OF_EMBLEM, 0.02) for side in _SIDES]
        points = Points(
            width=whole.shape[1],
            height=whole.shape[0],
            xy=np.concatenate([one.xy * (_EMBLEM / side) for one, side in _sized(parts)]),
            size=np.concatenate([one.size * (_EMBLEM / side) for one, side in _sized(parts)]),
            angle=np.concatenate([one.angle for one in parts]),
            bits=np.concatenate([one.bits for one in parts]),
        )
        if len(points) < _FEWEST:
            raise ValueError("too plain")
        return cls(points, whole)


@dataclass(frozen=True)
class Looked:
    """A picture that is looked through for emblems."""

    points: Points
    grey: Grey

    @classmethod
    def of(cls, pixels: Pixels) -> Looked:
        grey = fit(_grey(pixels), SIDE)
        return cls(_points(grey, _OF_PICTURE, 0.01), grey)

    def shows(self, emblem: Emblem) -> bool:
        """Whether the emblem surely stands in it."""
        found = find_geometry(self.points, emblem.points, _RIVAL)
        if found is None or not np.isfinite(found.matrix).all():
            return False
        stretch = np.linalg.svd(found.matrix[:2, :2], compute_uv=False)
        places = different_places(emblem.points.xy[found.earlier], self.points.xy[found.query])
        if places < _PLACES or stretch[0] > _SQUEEZED * stretch[1]:
            return False
        return alike(self.grey, emblem.grey, found.matrix) >= _ALIKE


def alike(picture: Grey, emblem: Grey, matrix: Matrix) -> float:
    """How far the pixels agree: the median correlation of small windows in which the emblem has
    detail, laid over the picture. matrix: from the emblem's pixels to the picture's."""
    height, width = emblem.shape
    scale = min(1.0, max(0.3, scale_of(matrix)))  # an emblem that is small there has less detail
    size = max(8, round(width * scale)), max(8, round(height * scale))
    here = cv2.resize(emblem, size, interpolation=cv2.INTER_AREA).astype(np.float32)
    smaller = np.diag([size[0] / width, size[1] / height, 1.0])
    back = smaller @ np.linalg.inv(matrix)
    there = cv2.warpPerspective(picture, back, size, flags=cv2.INTER_LINEAR).astype(np.float32)
    window = max(5, round(min(size) / 6)) | 1
    correlation, detail = _correlated(here, there, window)
    return float(np.median(correlation[detail])) if detail.any() else 0.0


def _correlated(
    one: NDArray[np.float32], other: NDArray[np.float32], window: int
) -> tuple[NDArray[np.float32], NDArray[np.bool_]]:
    """The correlation of the windows around each pixel, and where the first has detail."""

    def mean(values: NDArray[np.float32]) -> NDArray[np.float32]:
        return np.asarray(cv2.blur(values, (window, window)), np.float32)

    means = mean(one), mean(other)
    varies = mean(one * one) - means[0] ** 2
    other_varies = mean(other * other) - means[1] ** 2
    together = mean(one * other) - means[0] * means[1]
    spread = np.sqrt(np.maximum(varies, 1) * np.maximum(other_varies, 1))
    return together / spread, varies > _DETAIL


def _sized(parts: list[Points]) -> list[tuple[Points, int]]:
    return list(zip(parts, _SIDES, strict=True))


def _grey(pixels: Pixels) -> Grey:
    rgb = np.frombuffer(pixels.rgb, np.uint8).reshape(pixels.height, pixels.width, 3)
    return cv2.cvtColor(rgb, cv2.COLOR_RGB2GRAY)


def _points(grey: Grey, most: int, contrast: float) -> Points:
    """The strongest keypoints of a picture."""
    sift = cv2.SIFT_create(  # type: ignore[attr-defined]
        nOctaveLayers=3, contrastThreshold=contrast, edgeThreshold=12, sigma=1.6
    )
    found = sorted(sift.detect(grey, None), key=lambda point: -point.response)[:most]
    bits = np.zeros((0, 32), np.uint8)
    if found:
        found, numbers = sift.compute(grey, found)
        bits = binarise(numbers)
    return Points(
        width=grey.shape[1],
        height=grey.shape[0],
        xy=np.array([point.pt for point in found], np.float32).reshape(-1, 2),
        size=np.array([point.size for point in found], np.float32),
        angle=np.deg2rad(np.array([point.angle for point in found], np.float32)),
        bits=bits,
    )
