"""Words: descriptors of 256 bits that all others are counted to, the nearest of them.

Who looks for what lies near reads what is counted to a few words, not everything (Sivic, Zisserman,
"Video Google", ICCV 2003). Words lie in groups around some of themselves, and only those of the
nearest groups are compared.
"""

from __future__ import annotations

import faiss
import numpy as np
from numpy.typing import NDArray

from verify.matching.descriptors import Bits, inverted_file

_MOST = 1 << 16
_APIECE = 8  # descriptors, of those that words are drawn from
_GROUP = 256  # words
_GROUPS = 6  # that are looked into


class Words:
    """Some words, in memory: 32 bytes each and as many in their groups."""

    def __init__(self, bits: Bits) -> None:
        """bits: (n, 32)."""
        self.bits = np.ascontiguousarray(bits)
        self._index = inverted_file(self.bits[::_GROUP])
        self._index.nprobe = _GROUPS
        # threads that wait for one another take seconds where others work
        faiss.omp_set_num_threads(1)
        self._index.add_with_ids(self.bits, np.arange(len(bits)))

    def __len__(self) -> int:
        return len(self.bits)

    @classmethod
    def drawn(cls, descriptors: Bits) -> Words:
        """As many as there should be, at random, always the same. descriptors: (n, 32), n > 0."""
        count = min(_MOST, -(-len(descriptors) // _APIECE))
        at = np.random.default_rng(0).choice(len(descriptors), count, replace=False)
        return cls(descriptors[at])

    def near(self, descriptors: Bits, count: int) -> NDArray[np.int64]:
        """The numbers of the words nearest to each: (n, count), -1 where there are no more."""
        faiss.omp_set_num_threads(1)  # holds for the calling thread alone
        numbers: NDArray[np.int64] = self._index.search(np.ascontiguousarray(descriptors), count)[1]
        return numbers
