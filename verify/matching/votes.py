"""Frames of two films that look alike: each says which time here may be which time there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace

import numpy as np
from numpy.typing import NDArray

from verify.matching.hash_index import SAME_WITHIN
from verify.records import Orientation

ORIENTATIONS = tuple(Orientation)


@dataclass(frozen=True)
class Votes:
    """One row for a frame here that looks like a frame there.

    at, earlier_at: seconds. slack: seconds by which the earlier time may be wrong, on either
    side: what lies between two frames looks like the nearer one. orientation: as in
    `ORIENTATIONS`. closeness: 0 to 1, the larger the more alike. distance: in bits; -1 by
    features. quality: PDQ's of the poorer frame; 0 by features. inner: whether a picture within
    bars was compared. inliers: keypoints that agree; 0 by hash.
    """

    at: NDArray[np.float64]
    earlier_at: NDArray[np.float64]
    slack: NDArray[np.float64]
    orientation: NDArray[np.int64]
    closeness: NDArray[np.float64]
    distance: NDArray[np.int64]
    quality: NDArray[np.int64]
    inner: NDArray[np.bool_]
    inliers: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.at)

    def __getitem__(self, rows: NDArray[np.bool_] | NDArray[np.intp]) -> Votes:
        return Votes(*(getattr(self, one.name)[rows] for one in fields(self)))

    @property
    def by_hash(self) -> NDArray[np.bool_]:
        """(n,) which were found by hash."""
        return self.distance >= 0

    @property
    def nearest(self) -> int:
        """The row found by the nearest hashes; of equals, that of the better frame."""
        return int(np.lexsort((-self.quality, self.distance))[0])

    @classmethod
    def none(cls) -> Votes:
        """No row."""
        return cls.of_features(())

    @classmethod
    def of_hashes(
        cls,
        at: NDArray[np.float64],
        earlier_at: NDArray[np.float64],
        orientation: NDArray[np.int64],
        distance: NDArray[np.int64],
        quality: NDArray[np.int64],
        inner: NDArray[np.bool_],
    ) -> Votes:
        """Rows found by hash. All of shape (n,)."""
        return cls(
            at=at,
            earlier_at=earlier_at,
            slack=np.full(len(at), _HASH_SLACK),
            orientation=orientation.astype(np.int64),
            closeness=1 - distance / (2.0 * SAME_WITHIN),
            distance=distance.astype(np.int64),
            quality=quality.astype(np.int64),
            inner=inner.astype(bool),
            inliers=np.zeros(len(at), np.int64),
        )

    @classmethod
    def of_features(cls, rows: Sequence[tuple[float, float, float, Orientation, int]]) -> Votes:
        """Rows found by features: time here and there, slack, orientation, inliers."""
        n = len(rows)
        at, earlier_at, slack = (np.array([row[i] for row in rows], np.float64) for i in range(3))
        return cls(
            at=at,
            earlier_at=earlier_at,
            slack=slack,
            orientation=np.array([ORIENTATIONS.index(row[3]) for row in rows], np.int64),
            closeness=np.ones(n),
            distance=np.full(n, -1, np.int64),
            quality=np.zeros(n, np.int64),
            inner=np.zeros(n, bool),
            inliers=np.array([row[4] for row in rows], np.int64),
        )

    def sharpened(self) -> Votes:
        """With each frame's nearest counting full, and others the less the farther they are.

        Where a film stands still many frames are alike; the same one is more alike than they.
        """
        times, number = np.unique(self.at, return_inverse=True)
        nearest = np.full(len(times), 999)
        np.minimum.at(nearest, number[self.by_hash], self.distance[self.by_hash])
        beyond = np.where(self.by_hash, self.distance - nearest[number], 0)
        return replace(self, closeness=np.exp2(-beyond / _HALVED_BY))

    def joined(self, other: Votes) -> Votes:
        """Both, one after the other."""
        return Votes(
            *(
                np.concatenate([getattr(self, one.name), getattr(other, one.name)])
                for one in fields(self)
            )
        )


# Frames are sampled every half a second, here and there, and times are those of whole frames.
_HASH_SLACK = 0.5
_HALVED_BY = 4.0  # bits
