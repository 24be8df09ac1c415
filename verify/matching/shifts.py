"""The small shift that is left between two pictures that were laid upon one another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast

import cv2
import numpy as np
from numpy.typing import NDArray

from verify.matching.geometry import Matrix
from verify.matching.points import Grey

_LEAST_TRACKED = 12


@dataclass(frozen=True)
class Shift:
    """matrix: (3, 3), from the one's pixels to the other's. share: of what was followed, agrees."""

    matrix: Matrix
    share: float


def remaining_shift(
    earlier: Grey,
    incoming: Grey,
    where: NDArray[Any],
    *,
    tracked: int,
    farthest: float,
    inliers: int,
) -> Shift | None:
    """The map from the one's pixels to the other's, by corners that are followed.

    where: (h, w), where both show something. tracked: how many corners at most. farthest: in
    pixels, that a corner may have moved. inliers: so many must agree, else None is returned.
    """
    mask = where.astype(np.uint8)
    points = cv2.goodFeaturesToTrack(earlier, tracked, 0.02, 5, mask=mask)
    if points is None or len(points) < _LEAST_TRACKED:
        return None
    moved, ok, _ = cv2.calcOpticalFlowPyrLK(
        earlier, incoming, points, np.empty_like(points), winSize=(15, 15), maxLevel=1
    )
    near = (ok[:, 0] == 1) & (np.linalg.norm((moved - points)[:, 0], axis=1) < farthest)
    if near.sum() < _LEAST_TRACKED:
        return None
    shift, agreeing = cv2.findHomography(points[near], moved[near], cv2.USAC_MAGSAC, 1.0)
    if shift is None or agreeing.sum() < inliers or abs(shift[2, 2]) < 1e-9:
        return None
    return Shift(cast(Matrix, shift), float(agreeing.sum() / near.sum()))
