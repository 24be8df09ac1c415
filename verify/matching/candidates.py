"""Which archived pictures may share something with this one: votes of its local features.

Every keypoint of the query votes for the pictures of its nearest archived descriptors, in
bins of scale and angle, since the points of one copy agree on both (Jegou, Douze, Schmid,
ECCV 2008). Points that many pictures have count little.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

FARTHEST = 62  # bits out of 256, of a descriptor that is voted for
_CLOSER = 12  # bits beyond the nearest within which another picture shares the point


@dataclass(frozen=True)
class Candidate:
    """A picture that may share something with the query, seen as is or in a mirror."""

    picture_id: int
    votes: float
    mirrored: bool


@dataclass(frozen=True)
class Search:
    """What one query found: one row a neighbour.

    keypoint: of the query. owner: index into `pictures` and `clusters`. zoom: log2 of query
    size over archived size. turn: radians. weight: near and rare counts more.
    shared: (2, query keypoints), as is and mirrored: how many pictures (clusters) have a
    point as close as the closest, give or take some bits; 0 where nothing is near.
    """

    keypoint: NDArray[np.intp]
    mirrored: NDArray[np.bool_]
    owner: NDArray[np.int32]
    zoom: NDArray[np.float32]
    turn: NDArray[np.float32]
    weight: NDArray[np.float64]
    pictures: NDArray[np.int64]
    clusters: NDArray[np.int64]
    shared: NDArray[np.int64]

    @classmethod
    def empty(cls, keypoints: int) -> Search:
        none = np.zeros(0)
        return cls(
            none.astype(np.intp), none.astype(bool), none.astype(np.int32),
            none.astype(np.float32), none.astype(np.float32), none,
            none.astype(np.int64), none.astype(np.int64), np.zeros((2, keypoints), np.int64),
        )  # fmt: skip

    def candidates(
        self,
        limit: int,
        ignored: NDArray[np.bool_] | None = None,
        leave_out: Collection[int] = (),
    ) -> list[Candidate]:
        """The pictures with most votes, best first, one of each cluster.

        ignored: (query keypoints,) those that are explained already and no longer vote.
        leave_out: pictures that are not candidates.
        """
        keep = np.ones(len(self.keypoint), bool) if ignored is None else ~ignored[self.keypoint]
        if not keep.any():
            return []
        side = self.owner[keep].astype(np.int64) * 2 + self.mirrored[keep]
        votes = np.zeros(2 * len(self.pictures))
        for shift in (0.0, 0.5):  # bins overlap, so that no copy is cut in two by an edge
            zoom = np.floor(self.zoom[keep] + shift).astype(np.int64) + 8
            turn = np.floor(self.turn[keep] / (2 * np.pi) * 12 + shift).astype(np.int64) % 12
            bins = (side * 16 + np.clip(zoom, 0, 15)) * 12 + turn
            # one vote per keypoint and bin: the heaviest
            key = bins * (int(self.keypoint.max()) + 1) + self.keypoint[keep]
            order = np.lexsort((-self.weight[keep], key))
            first = np.concatenate([[True], key[order][1:] != key[order][:-1]])
            names, inverse = np.unique(bins[order][first], return_inverse=True)
            sums = np.bincount(inverse, self.weight[keep][order][first])
            np.maximum.at(votes, names // (16 * 12), sums)
        best: dict[tuple[int, bool], Candidate] = {}
        voted = np.flatnonzero(votes)
        for which in voted[np.argsort(-votes[voted], kind="stable")]:
            if len(best) == limit:
                break
            owner, mirrored = int(which) // 2, bool(which % 2)
            candidate = Candidate(int(self.pictures[owner]), float(votes[which]), mirrored)
            if candidate.picture_id not in leave_out:
                best.setdefault((int(self.clusters[owner]), mirrored), candidate)
        return list(best.values())


def shared_by(
    rows: NDArray[np.intp], cluster: NDArray[np.int64], distance: NDArray[np.int32], n: int
) -> NDArray[np.int64]:
    """For each query row: how many clusters are about as near as the nearest."""
    nearest = np.full(n, 999, np.int64)
    np.minimum.at(nearest, rows, distance)
    close = distance <= nearest[rows] + _CLOSER
    pairs = np.unique(np.stack([rows[close], cluster[close]]), axis=1)
    return np.bincount(pairs[0], minlength=n)
