"""Whether keypoints alone prove that one picture shows another, where no frame of that is kept.

Of work that is not published no frame leaves a desk, so no pixels decide. What a template shares
lies in a part of it, and what it frames does not agree: so keypoints must agree nearly everywhere
that the earlier picture has some and the other could show them, and over more than a line of words.
Where several pictures have the template, most of its keypoints are not rare; and what is drawn or
repeats itself has many of them at one place.

The limits were set on photographs for tuning (benchmarks/photographs.py says which).
"""

from __future__ import annotations

from collections import Counter

import cv2
import numpy as np
from numpy.typing import NDArray

from verify.matching.geometry import Geometry, different_places
from verify.matching.points import Points

_CELLS = 6  # a side, of the earlier picture
_LEAST_CELLS = 5  # with keypoints that could be seen
_PLACES, _SHARE, _SPREAD = 12, 0.2, 0.06
_COVERED = 0.75  # two pictures over one interface, keyboard, studio or chart have 0.70 at most
_RARE = 0.33  # of the keypoints that agree; over templates that several have 0.25 at most
# Places, of these keypoints: patterns have 0.55, large words 0.73, photographs more, but for small
# parts of them, which agree all over.
_APART, _APART_AT_LEAST = 0.74, 0.62
_ALL_OVER = 0.9


def proved(geometry: Geometry, query: Points, earlier: Points, shared: NDArray[np.int64]) -> bool:
    """Whether that many keypoints agree, so widely.

    shared: (query keypoints,), how many archived pictures have such a point.
    """
    agreeing = earlier.xy[geometry.earlier]
    places = different_places(agreeing, query.xy[geometry.query])
    if places < _PLACES or geometry.share < _SHARE:
        return False
    if (shared[geometry.query] <= 2).sum() < _RARE * len(agreeing):
        return False
    spread = cv2.contourArea(cv2.convexHull(agreeing)) / (earlier.width * earlier.height)
    covered = _covered(geometry, query, earlier)
    apart = _APART_AT_LEAST if covered >= _ALL_OVER else _APART
    return spread >= _SPREAD and covered >= _COVERED and places >= apart * len(agreeing)


def _covered(geometry: Geometry, query: Points, earlier: Points) -> float:
    """Of the cells that have keypoints which the other picture could show, the share with one that
    agrees; 0 where there are few such cells."""
    there = cv2.perspectiveTransform(earlier.xy[:, None].astype(float), geometry.matrix)[:, 0]
    visible = ((there > 0) & (there < (query.width, query.height))).all(axis=1)
    every = Counter(_cells(earlier, earlier.xy[visible]))
    full = {cell for cell, count in every.items() if count > 1}
    if len(full) < _LEAST_CELLS:
        return 0.0
    return len(full.intersection(_cells(earlier, earlier.xy[geometry.earlier]))) / len(full)


def _cells(points: Points, xy: NDArray[np.float32]) -> list[tuple[int, int]]:
    at = np.floor(xy / (points.width, points.height) * _CELLS).clip(0, _CELLS - 1).astype(int)
    return [(x, y) for x, y in at.tolist()]
