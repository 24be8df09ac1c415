"""Which archived pictures may share something with this one: votes of its local features.

Every keypoint of the query votes for the pictures of its nearest archived descriptors, in
bins of scale and angle, since the points of one copy agree on both (Jegou, Douze, Schmid,
ECCV 2008). Points that many pictures have count little.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from verify.matching.points import Points

NEIGHBOURS = 6
"""Archived descriptors that a keypoint may vote for."""
FARTHEST = 62  # bits out of 256, of a descriptor that is voted for
_CLOSER = 12  # bits beyond the nearest within which another picture shares the point


@dataclass(frozen=True)
class Candidate:
    """A view that may share something with the query, seen as is or in a mirror."""

    view_id: int
    votes: float
    mirrored: bool


@dataclass(frozen=True)
class Search:
    """What one query found: one row a neighbour.

    keypoint: of the query. owner: index into `views` and `clusters`. zoom: log2 of query
    size over archived size. turn: radians. weight: near and rare counts more.
    shared: (2, query keypoints), as is and mirrored: how many pictures have a point as
    close as the closest, give or take some bits; 0 where nothing is near.
    """

    keypoint: NDArray[np.intp]
    mirrored: NDArray[np.bool_]
    owner: NDArray[np.int32]
    zoom: NDArray[np.float32]
    turn: NDArray[np.float32]
    weight: NDArray[np.float64]
    views: NDArray[np.int64]
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
        """The views with most votes, best first, one of each cluster.

        ignored: (query keypoints,) those that are explained already and no longer vote.
        leave_out: views that are not candidates.
        """
        keep = np.ones(len(self.keypoint), bool) if ignored is None else ~ignored[self.keypoint]
        if not keep.any():
            return []
        side = self.owner[keep].astype(np.int64) * 2 + self.mirrored[keep]
        votes = np.zeros(2 * len(self.views))
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
            candidate = Candidate(int(self.views[owner]), float(votes[which]), mirrored)
            if candidate.view_id not in leave_out:
                best.setdefault((int(self.clusters[owner]), mirrored), candidate)
        return list(best.values())


@dataclass(frozen=True)
class Near:
    """The archived descriptors nearest to some that are asked, one row a pair.

    row: of the one asked. distance: in bits, `FARTHEST` at most. look: (n, 2), log2 of the size and
    the angle of the archived point. view, cluster, exhibit: whose it is.
    """

    row: NDArray[np.intp]
    distance: NDArray[np.int32]
    look: NDArray[np.float32]
    view: NDArray[np.int64]
    cluster: NDArray[np.int64]
    exhibit: NDArray[np.int64]

    @classmethod
    def joined(cls, parts: Sequence[Near]) -> Near:
        """The nearest of what several indexes found: no more of one row than one of them finds."""
        every = {
            column.name: np.concatenate([getattr(part, column.name) for part in parts])
            for column in fields(cls)
        }
        order = np.lexsort((every["distance"], every["row"]))
        row = every["row"][order]
        best = order[np.arange(len(row)) - np.searchsorted(row, row) < NEIGHBOURS]
        return cls(**{name: column[best] for name, column in every.items()})


def descriptors(points: Points) -> NDArray[np.uint8]:
    """What an index is asked for a picture: its descriptors as is, then as in a mirror."""
    return np.concatenate([points.bits, points.mirrored().bits])


def search(points: Points, near: Near) -> Search:
    """The votes of a picture's keypoints. near: to its `descriptors`."""
    if not len(near.row):
        return Search.empty(len(points))
    shared = shared_by(near.row, near.cluster, near.exhibit, near.distance, 2 * len(points))
    views, first, owner = np.unique(near.view, return_index=True, return_inverse=True)
    keypoint, mirrored = near.row % len(points), near.row >= len(points)
    angle = np.where(mirrored, np.pi - points.angle[keypoint], points.angle[keypoint])
    return Search(
        keypoint=keypoint,
        mirrored=mirrored,
        owner=owner.astype(np.int32),
        zoom=np.log2(points.size[keypoint]) - near.look[:, 0],
        turn=np.mod(angle - near.look[:, 1], 2 * np.pi),
        weight=(1 - near.distance / (FARTHEST + 10)) / shared[near.row],
        views=views,
        clusters=near.cluster[first],
        shared=shared.reshape(2, -1),
    )


def shared_by(
    rows: NDArray[np.intp],
    cluster: NDArray[np.int64],
    exhibit: NDArray[np.int64],
    distance: NDArray[np.int32],
    n: int,
) -> NDArray[np.int64]:
    """For each query row: how many pictures are about as near as the nearest.

    Copies of one picture count as one, and so do views of one file: the fewer count.
    """
    nearest = np.full(n, 999, np.int64)
    np.minimum.at(nearest, rows, distance)
    close = distance <= nearest[rows] + _CLOSER
    counts = [_different(rows[close], names[close], n) for names in (cluster, exhibit)]
    return np.minimum(*counts)


def _different(rows: NDArray[np.intp], names: NDArray[np.int64], n: int) -> NDArray[np.int64]:
    """How many different names each of n rows has."""
    known, number = np.unique(names, return_inverse=True)
    pairs = np.unique(rows.astype(np.int64) * max(1, len(known)) + number)
    return np.bincount(pairs // max(1, len(known)), minlength=n)
