"""The last step of the search: every earlier picture that lies inside an incoming one.

A desk looks cheap first: the same bytes, then PDQ over eight orientations, then PDQ of the
inner picture, then this. `METHODS` names the steps as a match does, in that order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from verify.matching.alignment import Alignment, Query, align
from verify.matching.candidates import Candidate, LocalIndex
from verify.records import Features

METHODS = ("sha256", "pdq", "pdq-inner", "local-features")
_AT_ONCE = 20  # candidates that are looked at in one round
_ROUNDS = 4
_LEAST_VOTES = 0.45  # unrelated pictures seldom get as many
_LEAST_LEFT = 20  # keypoints outside what is explained, to look on


@dataclass(frozen=True)
class Found:
    """An earlier picture that the incoming one shows, and how it lies there."""

    picture_id: int
    alignment: Alignment


def find(
    query: Query,
    index: LocalIndex,
    features_of: Callable[[int], Features | None],
    *,
    leave_out: Iterable[int] = (),
) -> list[Found]:
    """Find every archived picture that lies in the query; several in a collage.

    What is found explains a region. The keypoints there fall silent and the rest is asked
    again, so that a small tile is not outvoted by a large one.

    features_of: the stored features of a picture; None where there are none any more.
    leave_out: pictures not to look at, such as the query itself.
    Returns the best proven first. Of copies that were grouped, one is looked at.
    """
    search = index.search(query.points)
    tried = {(picture, side) for picture in leave_out for side in (False, True)}
    explained = np.zeros(len(query.points), bool)
    found: dict[int, Found] = {}
    for _ in range(_ROUNDS):
        before = len(found)
        for candidate in search.candidates(_AT_ONCE, explained):
            side = (candidate.picture_id, candidate.mirrored)
            if candidate.votes < _LEAST_VOTES or side in tried:
                continue
            tried.add(side)
            alignment = _aligned(query, candidate, features_of, search.shared)
            if alignment is not None:
                best = found.get(candidate.picture_id)
                if best is None or best.alignment.inliers < alignment.inliers:
                    found[candidate.picture_id] = Found(candidate.picture_id, alignment)
                explained |= _inside(query, alignment)
        if len(found) == before or (~explained).sum() < _LEAST_LEFT:
            break
    return sorted(found.values(), key=lambda one: -one.alignment.inliers)


def _aligned(
    query: Query,
    candidate: Candidate,
    features_of: Callable[[int], Features | None],
    shared: NDArray[np.int64],
) -> Alignment | None:
    features = features_of(candidate.picture_id)
    if features is None:
        return None
    try:
        return align(query, features, shared, mirrored=candidate.mirrored)
    except ValueError:  # stored by a broken child, or by another version: no proof
        return None


def _inside(query: Query, alignment: Alignment) -> NDArray[np.bool_]:
    """Which of the query's keypoints lie in the region that the alignment explains."""
    height, width = query.frame.shape
    corners = np.array(alignment.region, np.float32) * (width, height)
    mask = np.zeros((height, width), np.uint8)
    cv2.fillConvexPoly(mask, np.rint(corners).astype(np.int32), 1)
    x, y = np.rint(query.points.xy).astype(int).T
    inside: NDArray[np.bool_] = mask[y.clip(0, height - 1), x.clip(0, width - 1)] == 1
    return inside
