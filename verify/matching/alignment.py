"""Does one picture show another, where, and how? Geometry proposes, pixels decide."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from verify.lab.features import QUERY_POINTS, STORED_POINTS, unpack_thumbnail
from verify.matching.agreement import Agreement, compare
from verify.matching.bending import straightened
from verify.matching.evidence import Evidence, weigh
from verify.matching.geometry import Geometry, Matrix, find_geometry, linear_at
from verify.matching.points import Grey, Points, grey_frame, read
from verify.matching.windows import Map, levels
from verify.records import Corners, Features, Orientation, Proof

_TURNS = tuple(Orientation)


@dataclass(frozen=True)
class Query:
    """A picture that is being looked for, prepared once."""

    points: Points
    mirrored: Points
    frame: Grey
    levels: tuple[Map, ...]

    @classmethod
    def of(cls, features: Features) -> Query:
        """Prepare. Raises ValueError when the record contradicts itself."""
        points = read(features, QUERY_POINTS)
        frame = grey_frame(features)
        return cls(points, points.mirrored(), frame, levels(frame))

    def moved(self, places: NDArray[np.float32]) -> Query:
        """The picture with every pixel fetched from elsewhere; places: (h, w, 2), pixels."""
        x, y = (np.ascontiguousarray(places[..., axis]) for axis in range(2))
        frame, *flat = (
            cv2.remap(one, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
            for one in (self.frame, *self.levels)
        )
        return Query(self.points, self.mirrored, frame, tuple(flat))

    def inverted(self) -> Query:
        """The picture's negative, prepared from what is prepared."""
        points = self.points.inverted()
        return Query(points, points.mirrored(), 255 - self.frame, self.levels)


@dataclass(frozen=True)
class Alignment:
    """How an earlier picture lies in the incoming one.

    correlation: the median where both agree. proven: whether that proves that it is shown there;
    else the two only look alike.
    """

    orientation: Orientation
    proof: Proof
    correlation: float
    proven: bool = True


def align(
    query: Query, earlier: Features, shared: NDArray[np.int64], *, mirrored: bool
) -> Alignment | None:
    """Find how the earlier picture lies in the query; None when they do not even look alike.

    shared: (2, query keypoints), as is and mirrored: how many archived pictures have such a
    point, as a search tells.
    mirrored: whether to look for its mirror image. Raises ValueError on broken features.
    """
    laid = lay(query, earlier, shared, mirrored=mirrored)
    if laid is None:
        return None
    evidence, agreement, frame = laid
    if not (evidence.accepts() or evidence.resembles()):
        return None
    return _described(evidence, agreement, frame, query.frame.shape)


def lay(
    query: Query, earlier: Features, shared: NDArray[np.int64], *, mirrored: bool
) -> tuple[Evidence, Agreement, tuple[int, int]] | None:
    """The best attempt and its numbers, accepted or not, and the thumbnail's height, width."""
    points = query.mirrored if mirrored else query.points
    archived = read(earlier, STORED_POINTS)
    geometry = find_geometry(points, archived)
    if geometry is None:
        return None
    thumbnail = unpack_thumbnail(earlier.thumbnail)
    pair = _Pair(points, archived, thumbnail, shared[int(mirrored)], mirrored)
    best = pair.compared(query, geometry)
    if best is not None and best[0].accepts():
        return best
    straight = straightened(points, archived, geometry)
    if straight is None:
        return best
    geometry, moved = straight
    if mirrored:
        moved = moved[:, ::-1].copy()
        moved[..., 0] = points.width - 1 - moved[..., 0]
    laid = pair.compared(query.moved(moved), geometry, bent=True)
    return laid if laid is not None and laid[0].accepts() else best


@dataclass(frozen=True)
class _Pair:
    """Keypoints of the query, mirrored or not, an earlier picture, and its thumbnail.

    shared: (query keypoints,), as `align` takes it.
    """

    query: Points
    earlier: Points
    thumbnail: Grey
    shared: NDArray[np.int64]
    mirrored: bool

    def compared(
        self, query: Query, geometry: Geometry, *, bent: bool = False
    ) -> tuple[Evidence, Agreement, tuple[int, int]] | None:
        """The numbers of this geometry, by those levels of the query that speak for it best."""
        height, width = self.thumbnail.shape
        frame = np.diag([self.earlier.width / width, self.earlier.height / height, 1.0])
        matrix = geometry.matrix @ frame
        if self.mirrored:
            matrix = np.array([[-1, 0, self.query.width - 1], [0, 1, 0], [0, 0, 1.0]]) @ matrix
        best = None
        for fine, agreement in enumerate(
            compare(query.frame, query.levels, self.thumbnail, matrix)
        ):
            evidence = weigh(
                geometry, agreement, self.shared, self.query, self.earlier,
                fine=bool(fine), bent=bent,
            )  # fmt: skip
            if best is None or evidence.accepts():
                best = evidence, agreement, (height, width)
            if evidence.accepts():
                break
        return best


def _described(
    evidence: Evidence, agreement: Agreement, small: tuple[int, int], frame: tuple[int, ...]
) -> Alignment:
    from_fractions = np.diag([small[1], small[0], 1.0])
    to_fractions = np.diag([1 / frame[1], 1 / frame[0], 1.0])
    matrix = to_fractions @ agreement.matrix @ from_fractions
    left, top, right, bottom = agreement.seen
    box = np.array([[left, top], [right, top], [right, bottom], [left, bottom]])
    centre = ((left + right) / 2 * small[1], (top + bottom) / 2 * small[0])
    linear = linear_at(agreement.matrix, centre)
    orientation = orientation_of(linear)
    there = cv2.perspectiveTransform(box[:, None], matrix)[:, 0]
    size = np.sqrt(abs(np.linalg.det(linear)) * small[0] * small[1] / (frame[0] * frame[1]))
    proof = Proof(
        region=_corners(there[_clockwise(orientation)]),
        earlier_region=_corners(box),
        lies=tuple(float(part) for part in (matrix / matrix[2, 2]).ravel()),
        scale=float(size),
        inliers=evidence.inliers,
        agreement=evidence.agreement,
    )
    return Alignment(orientation, proof, evidence.correlation, evidence.accepts())


def orientation_of(linear: Matrix) -> Orientation:
    """The orientation nearest to a linear map from the earlier picture to the incoming one."""
    mirrored = bool(np.linalg.det(linear) < 0)
    if mirrored:
        linear = linear @ np.diag([-1.0, 1.0])
    angle = np.degrees(np.arctan2(linear[1, 0] - linear[0, 1], linear[0, 0] + linear[1, 1]))
    return _TURNS[round(float(angle) / 90) % 4 + 4 * mirrored]


def _clockwise(orientation: Orientation) -> list[int]:
    """Which of the earlier picture's corners lie clockwise from top left in the incoming."""
    index = _TURNS.index(orientation)
    corners = [1, 0, 3, 2] if index >= 4 else [0, 1, 2, 3]
    turns = index % 4
    return corners[-turns:] + corners[:-turns] if turns else corners


def _corners(points: NDArray[Any]) -> Corners:
    a, b, c, d = ((float(np.clip(x, 0, 1)), float(np.clip(y, 0, 1))) for x, y in points)
    return a, b, c, d
