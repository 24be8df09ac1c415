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
from verify.matching.keypoints_alone import proved
from verify.matching.points import Grey, Points, grey_frame, read
from verify.matching.windows import Map, levels
from verify.records import Corners, Features, Orientation, Proof

_TURNS = tuple(Orientation)
_STEPS = 33  # a side, of the grid by which it is seen what of a picture lies in another


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
    if not earlier.thumbnail:
        return _by_keypoints(query, earlier, shared, mirrored=mirrored)
    laid = lay(query, earlier, shared, mirrored=mirrored)
    if laid is None:
        return None
    evidence, agreement, frame = laid
    if not (evidence.accepts() or evidence.resembles()):
        return None
    proof = _proof(
        agreement.matrix,
        agreement.seen,
        frame,
        query.frame.shape,
        evidence.inliers,
        evidence.agreement,
    )
    return Alignment(*proof, evidence.correlation, evidence.accepts())


def _by_keypoints(
    query: Query, earlier: Features, shared: NDArray[np.int64], *, mirrored: bool
) -> Alignment | None:
    """The same of a picture of which no frame is kept, as of what others did not publish."""
    points = query.mirrored if mirrored else query.points
    archived = read(earlier, STORED_POINTS)
    geometry = find_geometry(points, archived)
    if geometry is None or not proved(geometry, points, archived, shared[int(mirrored)]):
        return None
    matrix = _unmirrored(geometry.matrix, points) if mirrored else geometry.matrix
    frame = archived.height, archived.width
    seen = _seen(matrix, frame, query.frame.shape)
    proof = _proof(matrix, seen, frame, query.frame.shape, len(geometry.query), 0.0)
    return Alignment(*proof, 0.0)


def _seen(
    matrix: Matrix, frame: tuple[int, int], shown: tuple[int, ...]
) -> tuple[float, float, float, float]:
    """What of a frame lies within another: left, top, right, bottom, as fractions."""
    at = np.linspace(0, 1, _STEPS)
    fractions = np.stack(np.meshgrid(at, at), axis=-1).reshape(-1, 1, 2)
    there = cv2.perspectiveTransform(fractions * (frame[1], frame[0]), matrix)[:, 0]
    inside = ((there >= 0) & (there <= (shown[1], shown[0]))).all(axis=1)
    if not inside.any():
        return 0.0, 0.0, 1.0, 1.0
    visible = fractions[inside, 0]
    (left, top), (right, bottom) = visible.min(axis=0), visible.max(axis=0)
    return float(left), float(top), float(right), float(bottom)


def _unmirrored(matrix: Matrix, query: Points) -> Matrix:
    """A map to a query's mirror image, to the query itself."""
    return np.array([[-1, 0, query.width - 1], [0, 1, 0], [0, 0, 1.0]]) @ matrix


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
            matrix = _unmirrored(matrix, self.query)
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


def _proof(
    matrix: Matrix,
    seen: tuple[float, float, float, float],
    small: tuple[int, int],
    frame: tuple[int, ...],
    inliers: int,
    agreement: float,
) -> tuple[Orientation, Proof]:
    """How an earlier picture lies in the incoming one. matrix: from the pixels of `small`, its
    height and width, to those of `frame`. seen: what of it lies there, as fractions."""
    from_fractions = np.diag([small[1], small[0], 1.0])
    to_fractions = np.diag([1 / frame[1], 1 / frame[0], 1.0])
    fractions = to_fractions @ matrix @ from_fractions
    left, top, right, bottom = seen
    box = np.array([[left, top], [right, top], [right, bottom], [left, bottom]])
    centre = ((left + right) / 2 * small[1], (top + bottom) / 2 * small[0])
    linear = linear_at(matrix, centre)
    orientation = orientation_of(linear)
    there = cv2.perspectiveTransform(box[:, None], fractions)[:, 0]
    size = np.sqrt(abs(np.linalg.det(linear)) * small[0] * small[1] / (frame[0] * frame[1]))
    proof = Proof(
        region=_corners(there[_clockwise(orientation)]),
        earlier_region=_corners(box),
        lies=tuple(float(part) for part in (fractions / fractions[2, 2]).ravel()),
        scale=float(size),
        inliers=inliers,
        agreement=agreement,
    )
    return orientation, proof


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
