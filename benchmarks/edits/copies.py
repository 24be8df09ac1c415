"""A copy of a photograph that knows where each of its pixels came from."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from benchmarks.lettering import Picture

Matrix = NDArray[np.float64]
Random = np.random.Generator
Others = Sequence[Picture]


@dataclass(frozen=True)
class Copy:
    """A copy of a photograph.

    matrix: (3, 3), homogeneous, from the photograph's pixels to this copy's.
    visible: (n, 2) convex polygon in the photograph's pixels: what can still be seen of it.
    beside: what else the lab sees in the file, such as later frames.
    """

    pixels: Picture
    matrix: Matrix
    visible: NDArray[np.float64]
    beside: tuple[Picture, ...] = ()

    def moved(
        self, pixels: Picture, matrix: Matrix, window: NDArray[np.float64] | None = None
    ) -> Copy:
        """The copy after a step that maps its pixels by `matrix`, seen through `window`."""
        whole = matrix @ self.matrix
        if window is None:
            window = corners(pixels.shape[1], pixels.shape[0])
        back = _map(np.linalg.inv(whole), window)
        return Copy(pixels, whole, _intersection(self.visible, back))

    def painted(self, pixels: Picture) -> Copy:
        """The copy after a step that moves nothing and hides no edge."""
        return Copy(pixels, self.matrix, self.visible)


def original(photograph: Picture) -> Copy:
    """The photograph itself, as a copy to begin with."""
    height, width = photograph.shape[:2]
    return Copy(photograph, np.eye(3), corners(width, height))


def corners(width: float, height: float, left: float = 0, top: float = 0) -> NDArray[np.float64]:
    """The corners of a box, clockwise from top left: (4, 2)."""
    return np.array([[left, top], [left + width, top], [left + width, top + height],
                     [left, top + height]], dtype=float)  # fmt: skip


def _map(matrix: Matrix, points: NDArray[np.float64]) -> NDArray[np.float64]:
    return cv2.perspectiveTransform(points.reshape(-1, 1, 2), matrix).reshape(-1, 2)


def _intersection(one: NDArray[np.float64], two: NDArray[np.float64]) -> NDArray[np.float64]:
    area, shape = cv2.intersectConvexConvex(one.astype(np.float32), two.astype(np.float32))
    return shape.reshape(-1, 2).astype(float) if area > 0 else np.zeros((0, 2))


def area(polygon: NDArray[np.float64]) -> float:
    """The area of a convex polygon, in square pixels."""
    return cv2.contourArea(polygon.astype(np.float32)) if len(polygon) else 0.0


def scaled_by(x: float, y: float | None = None, left: float = 0, top: float = 0) -> Matrix:
    """A map that stretches by x and y, then shifts: (3, 3)."""
    return np.array([[x, 0, left], [0, x if y is None else y, top], [0, 0, 1.0]])


def resized(pixels: Picture, width: int, height: int) -> Picture:
    """The pixels at this size, at least one each way."""
    shrinking = width < pixels.shape[1]
    return cv2.resize(pixels, (max(1, width), max(1, height)),
                      interpolation=cv2.INTER_AREA if shrinking else cv2.INTER_CUBIC)  # fmt: skip


def jpeg(pixels: Picture, quality: int) -> Picture:
    """The picture after JPEG at this quality."""
    buffer = io.BytesIO()
    Image.fromarray(pixels).save(buffer, "JPEG", quality=quality)
    return np.asarray(Image.open(buffer))


def placed(
    copy: Copy, ground: Picture, left: float, top: float, width: int, height: int,
    part: tuple[int, int, int, int] | None = None,
) -> Copy:  # fmt: skip
    """Put the copy (or its part: left, top, right, bottom) onto the ground at this size."""
    x0, y0, x1, y1 = part or (0, 0, copy.pixels.shape[1], copy.pixels.shape[0])
    left, top = round(left), round(top)
    out = ground.copy()
    out[top : top + height, left : left + width] = resized(copy.pixels[y0:y1, x0:x1], width, height)
    matrix = scaled_by(1, 1, left, top) @ scaled_by(width / (x1 - x0), height / (y1 - y0))
    matrix = matrix @ scaled_by(1, 1, -x0, -y0)
    return copy.moved(out, matrix, corners(width, height, left, top))


Edit = Callable[[Copy, Random, Others], Copy]
