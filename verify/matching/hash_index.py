"""Finds the hashes nearest to a picture's: exact, over all that the archive holds.

Approximate indexes lose recall on codes of 256 bits, and FAISS scans a million of them for
all eight orientations in some eight milliseconds, so every hash is compared.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable
from dataclasses import dataclass

import faiss
import numpy as np
from numpy.typing import NDArray

from verify.records import Orientation

HASH_BYTES = 32
# Bits within which PDQ's authors call two pictures the same. Source: its reference
# (github.com/facebook/ThreatExchange, pdq/README).
SAME_WITHIN = 31
_ORIENTATIONS = tuple(Orientation)


@dataclass(frozen=True)
class Neighbour:
    """A view whose hash is near, the distance in bits, and how the incoming picture lies."""

    view_id: int
    distance: int
    orientation: Orientation


class HashIndex:
    """PDQ hashes of views, in memory. May be used from several threads."""

    def __init__(self) -> None:
        self._index = faiss.IndexBinaryIDMap(faiss.IndexBinaryFlat(8 * HASH_BYTES))
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return int(self._index.ntotal)

    def add(self, view_id: int, hash: bytes) -> None:
        """Add one view's hash of 32 bytes."""
        hashes = np.frombuffer(hash, dtype=np.uint8).reshape(1, -1)
        self.add_many(np.array([view_id], dtype=np.int64), hashes)

    def add_many(self, view_ids: NDArray[np.int64], hashes: NDArray[np.uint8]) -> None:
        """Add the hashes of many views.

        view_ids: shape (n,). hashes: shape (n, 32), most significant bit first; n may be 0.
        Raises ValueError when the shapes differ from that.
        """
        if hashes.shape != (len(view_ids), HASH_BYTES):
            raise ValueError(f"expected {len(view_ids)} hashes of 32 bytes, got {hashes.shape}")
        with self._lock:
            self._index.add_with_ids(
                np.ascontiguousarray(hashes), np.ascontiguousarray(view_ids, dtype=np.int64)
            )

    def remove(self, view_ids: Iterable[int]) -> None:
        """Forget views; ids that are not there are ignored."""
        with self._lock:
            self._index.remove_ids(faiss.IDSelectorBatch(np.array(list(view_ids), dtype=np.int64)))

    def search(
        self,
        orientations: tuple[bytes, ...] | NDArray[np.uint8],
        limit: int = 50,
        max_distance: int = SAME_WITHIN,
    ) -> list[Neighbour]:
        """Find the views nearest to a picture, laid in any of the orientations.

        orientations: up to eight hashes in the order of `Orientation`, as in a fingerprint.
        Returns at most `limit` candidates, at most `max_distance` bits (of 256) away, best
        first; a view stands there once, as it fits best.
        """
        if isinstance(orientations, tuple):
            orientations = np.frombuffer(b"".join(orientations), dtype=np.uint8)
        queries = np.ascontiguousarray(orientations).reshape(-1, HASH_BYTES)
        with self._lock:
            # Each orientation's nearest hold all that can be among the nearest overall.
            nearest = min(limit, len(self))
            if nearest < 1 or len(queries) == 0:
                return []
            faiss.omp_set_num_threads(1)  # holds for the calling thread alone
            distances, view_ids = self._index.search(queries, nearest)
        found = [
            (int(distances[row, column]), int(row), int(view_ids[row, column]))
            for row, column in np.argwhere(distances <= max_distance)
        ]
        best: dict[int, Neighbour] = {}
        for distance, row, view_id in sorted(found):
            best.setdefault(view_id, Neighbour(view_id, distance, _ORIENTATIONS[row]))
        return list(best.values())[:limit]
