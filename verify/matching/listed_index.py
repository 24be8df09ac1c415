"""Finds the hashes of a list near to a file's own: exact, over all of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import faiss
import numpy as np
from numpy.typing import NDArray

from verify.matching.hash_index import HASH_BYTES, SAME_WITHIN

_AT_ONCE = 64  # own hashes looked for in one step: of a film that stands still all are found


class Near(NamedTuple):
    """Pairs of hashes at most `SAME_WITHIN` bits apart: which of the own, which of the listed, and
    how many bits; each of shape (n,)."""

    own: NDArray[np.int64]
    listed: NDArray[np.int64]
    distance: NDArray[np.int64]


class ListedIndex:
    """PDQ hashes in memory, by their places."""

    def __init__(self, hashes: Sequence[bytes]) -> None:
        """hashes: of 32 bytes each."""
        self._index = faiss.IndexBinaryFlat(8 * HASH_BYTES)
        if hashes:
            self._index.add(_rows(hashes))

    def near(self, own: Sequence[bytes]) -> Iterator[Near]:
        """All that is near to some of these hashes, some of them at a time."""
        faiss.omp_set_num_threads(1)  # holds for the calling thread alone
        for start in range(0, len(own) if self._index.ntotal else 0, _AT_ONCE):
            some = _rows(own[start : start + _AT_ONCE])
            limits, near, places = self._index.range_search(some, SAME_WITHIN + 1)
            asked = start + np.repeat(np.arange(len(some)), np.diff(limits.astype(np.int64)))
            yield Near(asked, places.astype(np.int64), near.astype(np.int64))


def _rows(hashes: Sequence[bytes]) -> NDArray[np.uint8]:
    return np.frombuffer(b"".join(hashes), np.uint8).reshape(-1, HASH_BYTES).copy()
