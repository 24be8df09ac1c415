"""The samples of two films, laid over each other pixel by pixel."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from verify.lab.features import unpack_thumbnail

Matrix = NDArray[np.float64]  # (3, 3), from fractions of the earlier picture to the incoming one's
Planes = NDArray[np.float32]

_BLUR = 1.0  # pixels: what is laid over by a map is never exact
_SMOOTH = 2.5  # pixels
_STANDS = 0.75  # correlation of its frames with their mean
_SAME = 0.8  # correlation of pictures of one place
_CLEARLY = 1.4  # by which another picture must differ more
_BESIDE = 1.0  # seconds: farther away is another time
_EDGE = 2  # pixels beside what is not seen
_LEAST_SEEN = 0.04  # of the picture


def planes(packed: Sequence[bytes]) -> Planes | None:
    """Thumbnails of samples, (n, side, side); None where one is missing."""
    try:
        found = [unpack_thumbnail(one) for one in packed]
    except ValueError:  # watched by an earlier version
        return None
    if not found or any(one.shape != found[0].shape for one in found):
        return None
    return np.stack(found).astype(np.float32)


@dataclass(frozen=True)
class Laid:
    """The samples of two films, laid over each other: what both show, a row a sample.

    here: (n, d), of the incoming film. there: (m, d), of the earlier one. Both in grey levels,
    each row about its own mean. fine_here, fine_there: the same without what is smooth.
    """

    here: Planes
    there: Planes
    fine_here: Planes
    fine_there: Planes

    @property
    def stands_still(self) -> bool:
        """Whether the earlier film shows one place from one place, whatever moves in it."""
        mean = self.there.mean(axis=0)
        norms = np.linalg.norm(self.there, axis=1) * np.linalg.norm(mean)
        return bool(np.median(self.there @ mean / np.maximum(norms, 1e-6)) >= _STANDS)

    def alike(self, rows: NDArray[np.bool_]) -> float:
        """How alike frames of the incoming film are to the nearest of the earlier one, -1 to 1."""
        return float(_correlations(self.here[rows], self.there).max(axis=1).mean())

    def time_of(
        self, rows: NDArray[np.intp], earlier_at: NDArray[np.float64]
    ) -> tuple[float, float, float] | None:
        """When the earlier film shows the one picture of these frames: the nearest time, and from
        when to when it is hardly less alike. None where others of its pictures are as much so."""
        alike = _correlations(self.here[rows].mean(axis=0)[None], self.there)[0]
        left = 1 - alike**2
        best = int(left.argmin())
        far = np.abs(earlier_at - earlier_at[best]) > _BESIDE
        as_near = left < _CLEARLY * left[best]
        if alike[best] < _SAME or as_near[far].any():
            return None
        near = earlier_at[as_near]
        return float(earlier_at[best]), float(near[0]), float(near[-1])

    @classmethod
    def by(cls, here: Planes, there: Planes, lies: Matrix) -> Laid | None:
        """None where nearly nothing of the earlier picture lies in the incoming one."""
        side = there.shape[1]
        grow = np.diag([side, side, 1.0])
        matrix = grow @ lies @ np.linalg.inv(grow)
        scale = float(np.sqrt(abs(np.linalg.det(matrix[:2, :2]))))
        flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
        soft = [_blurred(one, _BLUR * max(1.0, scale)) for one in here]
        laid = [cv2.warpPerspective(one, matrix, (side, side), flags=flags) for one in soft]
        ones = np.ones((side, side), np.uint8)
        covered = cv2.warpPerspective(ones, matrix, (side, side), flags=flags)
        edge = np.ones((2 * _EDGE + 1, 2 * _EDGE + 1))
        seen = cv2.erode(covered, edge, borderValue=0) > 0
        if seen.mean() < _LEAST_SEEN:
            return None
        blur = _BLUR * max(1.0, 1 / max(scale, 0.1))
        earlier = [_blurred(one, blur) for one in there]
        both = [np.stack(one).astype(np.float32) for one in (laid, earlier)]
        fine = [np.stack([one - _blurred(one, _SMOOTH) for one in these]) for these in both]
        return cls(*(_about_mean(one[:, seen]) for one in (*both, *fine)))


def _correlations(some: Planes, others: Planes) -> NDArray[np.float64]:
    """(n, m) of rows about their means."""
    norms = np.outer(np.linalg.norm(some, axis=1), np.linalg.norm(others, axis=1))
    return np.asarray(some @ others.T / np.maximum(norms, 1e-6), np.float64)


def _blurred(plane: Planes, sigma: float) -> Planes:
    return cv2.GaussianBlur(plane, (0, 0), sigma).astype(np.float32)


def _about_mean(rows: Planes) -> Planes:
    return np.asarray(rows - rows.mean(axis=1, keepdims=True), np.float32)
