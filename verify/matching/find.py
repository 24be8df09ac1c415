"""The last step of the search: every earlier picture that lies inside an incoming one.

A desk looks cheap first: the same bytes, then PDQ over eight orientations, then PDQ of the
inner picture, then this.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from typing import Protocol

import cv2
import numpy as np
from numpy.typing import NDArray

from verify.matching.alignment import Alignment, Query, align
from verify.matching.candidates import Search
from verify.matching.points import Points
from verify.records import Features

AT_ONCE = 20
"""Candidates that are looked at in one round."""
_ROUNDS = 4
LEAST_VOTES = 0.45  # unrelated pictures seldom get as many
_COPIES = 6  # of a proven picture that are looked at as well, oldest first
_LEAST_LEFT = 20  # keypoints outside what is explained, to look on
_MANY = 99  # pictures that may share a keypoint


class Searched(Protocol):
    """An index of local features."""

    def search(self, points: Points) -> Search: ...


@dataclass(frozen=True)
class Detection:
    """An earlier view that the incoming one shows, and how it lies there."""

    view_id: int
    alignment: Alignment


def find(
    query: Query,
    index: Searched,
    features_of: Callable[[int], Features | None],
    *,
    leave_out: Collection[int] = (),
    copies_of: Callable[[int], Sequence[int]] = lambda _: (),
    asked: int | None = None,
    at_once: int = AT_ONCE,
    alike: list[Detection] | None = None,
) -> list[Detection]:
    """Find every archived view that lies in the query; several in a collage.

    What is found explains a region. The keypoints there fall silent and the rest is asked
    again, so that a small tile is not outvoted by a large one.

    features_of: the stored features of a view; None where there are none any more.
    leave_out: views not to look at, such as those of the query's own file.
    copies_of: the other views of a view's group, of which the first are looked at once it is
    proven.
    asked: how many keypoints, the best spread, are looked up; None for all.
    at_once: candidates that are looked at in one round.
    alike: takes the views that look alike where they overlap, which is too little for a proof.
    Returns the best proven first.
    """
    points = query.points if asked is None else query.points.first(asked)
    search = index.search(points)
    unknown = len(query.points) - len(points)  # of these none counts as rare
    shared = np.pad(search.shared, ((0, 0), (0, unknown)), constant_values=_MANY)
    seeker = _Seeker(query, shared, features_of)
    explained = np.zeros(len(query.points), bool)
    for _ in range(_ROUNDS):
        before = len(seeker.found)
        for candidate in search.candidates(at_once, explained, leave_out):
            if candidate.votes < LEAST_VOTES:
                continue
            alignment = seeker.look_at(candidate.view_id, mirrored=candidate.mirrored)
            if alignment is None:
                continue
            explained |= _inside(query, alignment)
            copies = [one for one in copies_of(candidate.view_id) if one not in leave_out]
            for copy in copies[:_COPIES]:
                seeker.look_at_either_side(copy, first_mirrored=candidate.mirrored)
        if len(seeker.found) == before or (~explained).sum() < _LEAST_LEFT:
            break
    if alike is not None:
        alike += (one for view_id, one in seeker.alike.items() if view_id not in seeker.found)
    return sorted(seeker.found.values(), key=lambda one: -one.alignment.proof.inliers)


@dataclass
class _Seeker:
    """Looks at one archived view after the other, at either side of each but once.

    shared: (2, query keypoints), as in `Search`. found: by view, as it lies best. alike: by view,
    what is not proven.
    """

    query: Query
    shared: NDArray[np.int64]
    features_of: Callable[[int], Features | None]
    found: dict[int, Detection] = field(default_factory=dict)
    alike: dict[int, Detection] = field(default_factory=dict)
    _tried: set[tuple[int, bool]] = field(default_factory=set)

    def look_at(self, view_id: int, *, mirrored: bool) -> Alignment | None:
        """How this view lies in the query; None if it does not, or was looked at before."""
        if (view_id, mirrored) in self._tried:
            return None
        self._tried.add((view_id, mirrored))
        alignment = self._aligned(view_id, mirrored)
        if alignment and not alignment.proven:
            self.alike[view_id] = Detection(view_id, alignment)
            return None
        best = self.found.get(view_id)
        if alignment and (best is None or best.alignment.proof.inliers < alignment.proof.inliers):
            self.found[view_id] = Detection(view_id, alignment)
        return alignment

    def look_at_either_side(self, view_id: int, *, first_mirrored: bool) -> None:
        """Look at a view, and at its other side if it was not found."""
        for mirrored in (first_mirrored, not first_mirrored):
            if view_id not in self.found:
                self.look_at(view_id, mirrored=mirrored)

    def _aligned(self, view_id: int, mirrored: bool) -> Alignment | None:
        features = self.features_of(view_id)
        if features is None:
            return None
        try:
            return align(self.query, features, self.shared, mirrored=mirrored)
        except (ValueError, cv2.error):  # by a broken child, or of another version: no proof
            return None


def _inside(query: Query, alignment: Alignment) -> NDArray[np.bool_]:
    """Which of the query's keypoints lie in the region that the alignment explains."""
    height, width = query.frame.shape
    corners = np.array(alignment.proof.region, np.float32) * (width, height)
    mask = np.zeros((height, width), np.uint8)
    cv2.fillConvexPoly(mask, np.rint(corners).astype(np.int32), 1)
    x, y = np.rint(query.points.xy).astype(int).T
    inside: NDArray[np.bool_] = mask[y.clip(0, height - 1), x.clip(0, width - 1)] == 1
    return inside
