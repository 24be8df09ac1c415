"""The local features of packs: each pack's points in a file of its own that is mapped.

See `postings` for the file. It is written once, when a pack is added, and never changed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

import numpy as np

from verify.matching.candidates import Near, Search, descriptors, search
from verify.matching.local_index import Kept
from verify.matching.points import Points
from verify.matching.postings import Postings, written
from verify.matching.words import Words

_AT_ONCE = 8_000  # views whose points are sorted in memory, some 100 MB

Described = tuple[int, int, Points]
"""A view, the entry that it is of, and its keypoints."""


class PackIndex:
    """All that is described in some packs. Several threads may use it."""

    def __init__(self, parts: Sequence[Postings]) -> None:
        self._parts = parts

    def __len__(self) -> int:
        return sum(len(one.views) for one in self._parts)

    def search(self, points: Points) -> Search:
        """As `LocalIndex.search`."""
        queries = descriptors(points)
        if not len(queries) or not self._parts:
            return Search.empty(len(points))
        return search(points, Near.joined([one.nearest(queries) for one in self._parts]))


def built(
    described: Iterable[Described], keep: Callable[[Iterator[bytes]], memoryview]
) -> Postings | None:
    """The file of a pack; None where it describes nothing.

    keep: keeps bytes in the place of what it kept before, and gives them back mapped.
    """
    made: Postings | None = None
    for some in _batches(described):
        words = made.words if made else Words.drawn(some.bits)
        made = Postings(keep(written(made, some, words)))
    return made


def _batches(described: Iterable[Described]) -> Iterator[Kept]:
    waiting: list[Kept] = []
    for view, entry, points in described:
        if not len(points):
            continue
        look = np.stack([np.log2(points.size), points.angle], axis=1).astype(np.float32)
        n = len(points)
        waiting.append(Kept(np.full(n, view), np.full(n, entry), look, points.bits))
        if len(waiting) >= _AT_ONCE:
            yield Kept.joined(waiting)
            waiting = []
    if waiting:
        yield Kept.joined(waiting)
