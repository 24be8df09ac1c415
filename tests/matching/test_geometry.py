"""Keypoints of a real photograph agree on the map that it was moved by, and on no other."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from tests.photographs import sample
from verify.lab.features import QUERY_POINTS, STORED_POINTS, describe
from verify.matching.geometry import Geometry, find_geometry, matching_points, plausible_scale
from verify.matching.points import Points, read

Picture = NDArray[np.uint8]
CHINA: Picture = sample("china")
FLOWER: Picture = sample("flower")


def points(picture: Picture, limit: int = QUERY_POINTS) -> Points:
    return read(describe(picture), limit)


def moved(matrix: NDArray[np.float64]) -> Picture:
    height, width = CHINA.shape[:2]
    return cv2.warpPerspective(CHINA, matrix, (width, height)).astype(np.uint8)


def error(found: Geometry, matrix: NDArray[np.float64], query: Points, earlier: Points) -> float:
    """How far off, in pixels of the query's frame, the middle of the picture comes to lie."""
    height, width = CHINA.shape[:2]
    to_frame = np.diag([query.width / width, query.height / height, 1.0])
    from_frame = np.diag([width / earlier.width, height / earlier.height, 1.0])
    middle = np.array([[[earlier.width / 2, earlier.height / 2]]])
    there = cv2.perspectiveTransform(middle, found.matrix)
    truth = cv2.perspectiveTransform(middle, to_frame @ matrix @ from_frame)
    return float(np.linalg.norm(there - truth))


TURNED = np.vstack([cv2.getRotationMatrix2D((320, 213), 30, 0.7), [0, 0, 1]])
SHRUNK = np.array([[0.4, 0, 200], [0, 0.4, 90], [0, 0, 1]])
TILTED = np.array([[0.8, 0.1, 30], [-0.05, 0.8, 40], [4e-4, 1e-4, 1]])


@pytest.mark.parametrize("matrix", [TURNED, SHRUNK, TILTED], ids=["turned", "shrunk", "tilted"])
def test_the_map_of_a_moved_picture_is_found(matrix: NDArray[np.float64]) -> None:
    query, earlier = points(moved(matrix)), points(CHINA, STORED_POINTS)
    found = find_geometry(query, earlier)
    assert found
    assert len(found.query) >= 20
    assert found.share > 0.15
    assert error(found, matrix, query, earlier) < 3


@pytest.mark.parametrize("top", [130, 170, 210])
def test_the_map_of_a_strip_is_found_despite_wrong_pairs(top: int) -> None:
    """Across a strip, which is narrow, a wrong pair or two would tilt an affine map."""
    query, earlier = points(CHINA[top : top + 44]), points(CHINA, STORED_POINTS)
    found = find_geometry(query, earlier)
    assert found
    middle = np.array([[[earlier.width / 2, (top + 22) / len(CHINA) * earlier.height]]])
    there = cv2.perspectiveTransform(middle, found.matrix).ravel()
    assert there == pytest.approx((query.width / 2, query.height / 2), abs=3)


def test_a_mirror_image_is_found_by_mirrored_points_alone() -> None:
    earlier = points(CHINA, STORED_POINTS)
    mirrored = points(np.ascontiguousarray(CHINA[:, ::-1]))
    found = find_geometry(mirrored.mirrored(), earlier)
    assert found
    assert len(found.query) > 100
    directly = find_geometry(mirrored, earlier)
    assert directly is None or len(directly.query) < 15


def test_two_different_pictures_have_hardly_a_map() -> None:
    found = find_geometry(points(FLOWER), points(CHINA, STORED_POINTS))
    assert found is None or (len(found.query) < 10 and found.share < 0.2)


def test_a_point_that_two_places_share_matches_neither() -> None:
    alone = points(CHINA, 50)
    twice = Points(
        alone.width,
        alone.height,
        np.concatenate([alone.xy, alone.xy[:, ::-1] + 40]),
        np.concatenate([alone.size] * 2),
        np.concatenate([alone.angle] * 2),
        np.concatenate([alone.bits] * 2),
    )
    assert len(matching_points(alone, alone)[0]) >= 40
    assert len(matching_points(alone, twice)[0]) == 0


@pytest.mark.parametrize(
    ("matrix", "scale"),
    [
        (np.diag([2.0, 2.0, 1.0]), 2.0),
        (np.diag([-1.0, 1.0, 1.0]), None),  # a mirror image
        (np.diag([3.0, 1.0, 1.0]), None),  # squeezed
        (np.diag([0.01, 0.01, 1.0]), None),  # next to nothing
    ],
)
def test_maps_that_no_copy_has_are_refused(
    matrix: NDArray[np.float64], scale: float | None
) -> None:
    assert plausible_scale(matrix) == (None if scale is None else pytest.approx(scale))
