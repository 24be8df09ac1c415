"""What is known of two views, told of the two pictures that these are parts of."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from verify.records import Corners, Match, Orientation, Point, Proof, View, area

_UNIT = np.array([(0, 0), (1, 0), (1, 1), (0, 1)], np.float32)


def placed(proof: Proof, view: View, earlier: View) -> Proof:
    """A proof in fractions of the pictures, from one in fractions of their views."""
    if view.corners is None and earlier.corners is None:
        return proof
    here, there = _matrix(view.corners), _matrix(earlier.corners)
    lies = here @ np.array(proof.lies).reshape(3, 3) @ np.linalg.inv(there)
    return Proof(
        region=_through(here, proof.region),
        earlier_region=_through(there, proof.earlier_region),
        lies=tuple(float(part) for part in (lies / lies[2, 2]).ravel()),
        scale=proof.scale * (_area(view.corners) / _area(earlier.corners)) ** 0.5,
        inliers=proof.inliers,
        agreement=proof.agreement,
    )


def from_the_other_side(proof: Proof) -> Proof:
    """How the incoming picture lies in the earlier one, from how that lies in this."""
    lies = np.linalg.inv(np.array(proof.lies).reshape(3, 3))
    return Proof(
        region=proof.earlier_region,
        earlier_region=proof.region,
        lies=tuple(float(part) for part in (lies / lies[2, 2]).ravel()),
        scale=1 / proof.scale,
        inliers=proof.inliers,
        agreement=proof.agreement,
    )


def lies_of(match: Match) -> tuple[float, ...]:
    """(3, 3) by rows, from fractions of the earlier picture to fractions of the incoming one.

    By the proof or, where a hash alone found the match, by how it lies.
    """
    if match.proof:
        return match.proof.lies
    turn = oriented(match.orientation)
    there = np.linalg.inv(_matrix(match.earlier_view.corners))
    lies = _matrix(match.view.corners) @ turn @ there
    return tuple(float(part) for part in (lies / lies[2, 2]).ravel())


def oriented(way: Orientation) -> NDArray[Any]:
    """(3, 3) from fractions of an earlier picture to those of one that shows all of it this way."""
    corners = np.array([turned(point, way) for point in _UNIT.tolist()], np.float32)
    return cv2.getPerspectiveTransform(_UNIT, corners)


def turned(point: Point, way: Orientation) -> Point:
    """Where a point of the earlier picture lies in the incoming one; both in fractions."""
    x, y = point
    if way.value.startswith("mirrored"):
        x = 1 - x
    for _ in range({"90": 1, "180": 2, "270": 3}.get(way.value.rpartition("-")[2], 0)):
        x, y = 1 - y, x
    return x, y


def _area(corners: Corners | None) -> float:
    return area(corners) if corners else 1.0


def _matrix(corners: Corners | None) -> NDArray[Any]:
    """(3, 3) from fractions of a view to fractions of its picture."""
    if corners is None:
        return np.eye(3)
    return cv2.getPerspectiveTransform(_UNIT, np.array(corners, np.float32))


def _through(matrix: NDArray[Any], corners: Corners) -> Corners:
    points = cv2.perspectiveTransform(np.array([corners], np.float64), matrix)[0]
    a, b, c, d = ((float(x), float(y)) for x, y in points.clip(0, 1))
    return a, b, c, d


def same_part(one: Corners, other: Corners) -> float:
    """The area that the boxes around two parts share, of that which either covers: 0 to 1."""
    first, second = np.array(one), np.array(other)
    low = np.maximum(first.min(axis=0), second.min(axis=0))
    high = np.minimum(first.max(axis=0), second.max(axis=0))
    both = float(np.prod((high - low).clip(0)))
    each = float(np.prod(np.ptp(first, axis=0)) + np.prod(np.ptp(second, axis=0)))
    return both / (each - both) if both else 0.0
