"""Where a picture jumps from one column to the next: what a straight cut leaves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

import cv2
import numpy as np
from numpy.typing import NDArray

Plane = NDArray[np.uint8]
_SIDE = 640  # pixels
_JUMP = 12  # grey levels, beyond what the picture does beside the seam


@dataclass(frozen=True)
class Steps:
    """Where a picture jumps, found once for all who look for cuts.

    shape: height and width of the picture. pixels: as `small` makes it, (h, w, 3). upright: where
    it jumps from one column to the next, (h, w); level: from one row to the next, (w, h).
    """

    shape: tuple[int, int]
    pixels: Plane
    upright: NDArray[np.bool_]
    level: NDArray[np.bool_]

    @classmethod
    def of(cls, rgb: NDArray[np.uint8]) -> Self:
        """rgb: (h, w, 3), uint8."""
        pixels = small(rgb)
        shape = rgb.shape[0], rgb.shape[1]
        return cls(
            shape, pixels, jumps(pixels), jumps(cv2.transpose(pixels).astype(np.uint8, copy=False))
        )


def small(rgb: NDArray[np.uint8]) -> Plane:
    """The picture at the size at which jumps are looked for: (h, w, 3), 640 a side at most."""
    height, width = rgb.shape[:2]
    scale = min(1.0, _SIDE / max(height, width))
    size = max(1, round(width * scale)), max(1, round(height * scale))
    return cv2.resize(rgb, size, interpolation=cv2.INTER_AREA).astype(np.uint8, copy=False)


def jumps(pixels: Plane) -> NDArray[np.bool_]:
    """Where the picture jumps from one column to the next, more than on either side; (h, w).

    A seam that was shrunk is two columns wide, so a column is left out in between.
    """
    height, width = pixels.shape[:2]
    shown = np.zeros((height, width), bool)
    if width < 4:
        return shown
    beside = cv2.absdiff(pixels[:, 1:], pixels[:, :-1])
    both = cv2.max(beside[:, 1:], beside[:, :-1])
    calm = np.zeros_like(pixels)  # what it does before and after
    calm[:, 2] = beside[:, 0]
    calm[:, 3:] = both[:, :-1]
    np.maximum(calm[:, :-3], both[:, 1:], out=calm[:, :-3])
    step = cv2.absdiff(pixels[:, 3:], pixels[:, 1:-2])
    red, green, blue = cv2.split(cv2.subtract(step, calm[:, 2:-1]))
    shown[:, 2:-1] = cv2.max(cv2.max(red, green), blue) > _JUMP
    return shown
