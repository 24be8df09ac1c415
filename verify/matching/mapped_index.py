"""All archived local features where they are many: most lie in a file, what came since in memory.

It answers as `LocalIndex` does. See `postings` for the file.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

import numpy as np

from verify.matching.candidates import Near, Search, descriptors, search
from verify.matching.local_index import FORGOTTEN, Kept, LocalIndex
from verify.matching.points import Points
from verify.matching.postings import Postings, written
from verify.matching.words import Words

_IN_MEMORY = 5_000  # views that were added, or removed, since the file was written


class MappedIndex:
    """All archived local features. Several threads may use it."""

    def __init__(self, postings: Postings | None, added: LocalIndex) -> None:
        """added: what is not in the file, or not as it is now."""
        self._lock = threading.RLock()
        self._postings = postings
        self._added = [added]  # the last takes what comes; the others are being written
        self._scrubbed = False
        if postings:
            postings.forget(sorted(added.views))

    def __len__(self) -> int:
        return len(self.views)

    @property
    def views(self) -> set[int]:
        """The ids of the views that are here."""
        with self._lock:
            found = set[int]().union(*(one.views for one in self._added))
            if self._postings:
                found.update(self._postings.views.tolist())
            return found - {FORGOTTEN}

    def add(
        self, view_id: int, points: Points, cluster: int | None = None, exhibit: int | None = None
    ) -> None:
        """As `LocalIndex.add`."""
        with self._lock:
            self._added[-1].add(view_id, points, cluster, exhibit)

    def remove(self, *view_ids: int) -> None:
        """Find views no longer; those not there are ignored. `scrub` takes them out of the file."""
        with self._lock:
            if not view_ids:
                return
            for one in self._added:
                one.remove(*view_ids)
            if self._postings:
                self._postings.forget(view_ids)

    def scrub(self) -> None:
        """Let the file that is written next have nothing of a view that was removed."""
        with self._lock:
            for one in self._added:
                one.scrub()
            self._scrubbed = True

    def regroup(self, name_of: Callable[[int], int]) -> None:
        """As `LocalIndex.regroup`."""
        with self._lock:
            for one in self._added:
                one.regroup(name_of)
            if self._postings:
                self._postings.regroup(name_of)

    def search(self, points: Points) -> Search:
        """As `LocalIndex.search`."""
        queries = descriptors(points)
        with self._lock:
            parts = [one.nearest(queries) for one in self._added]
            if self._postings and len(queries):
                parts.append(self._postings.nearest(queries))
        return search(points, Near.joined(parts))

    def to_chunks(self) -> Iterator[bytes]:
        """What is in memory, as `LocalIndex.to_chunks`."""
        return self._added[-1].to_chunks()

    @property
    def full(self) -> bool:
        """Whether much has changed since the file was written."""
        with self._lock:
            changed = sum(map(len, self._added))
            return changed + (self._postings.forgotten if self._postings else 0) >= _IN_MEMORY

    @property
    def due(self) -> bool:
        """Whether the file should be written anew."""
        return self.full or self._scrubbed or self._postings is None

    def write(self, keep: Callable[[Iterator[bytes]], memoryview]) -> None:
        """Write the file anew, with what is in memory; searches go on meanwhile.

        keep: keeps the bytes and gives them back mapped. One thread at a time.
        """
        with self._lock:
            former, moved, scrubbed = self._postings, self._added, self._scrubbed
            self._added, self._scrubbed = [*moved, LocalIndex()], False
            added = [one.everything() for one in moved]
        try:
            self._take(keep(_file(former, added)), len(moved))
        except BaseException:
            self._scrubbed |= scrubbed
            raise

    def _take(self, data: memoryview, moved: int) -> None:
        """Look things up in a new file, in which the first of what was in memory is."""
        new = Postings(data) if len(data) else None
        with self._lock:
            known, clusters = self.views, self._clusters()
            self._added = self._added[moved:]
            if new:
                new.clusters = np.array([clusters.get(v, -1 - v) for v in new.views.tolist()])
                gone = set(new.views.tolist()) - known
                new.forget(sorted(gone | self._added[-1].views))
            self._postings = new

    def _clusters(self) -> dict[int, int]:
        found: dict[int, int] = {}
        if former := self._postings:
            found |= zip(former.views.tolist(), former.clusters.tolist(), strict=True)
        for one in self._added:
            found |= one.clusters
        return found


def _file(former: Postings | None, added: list[Kept]) -> Iterator[bytes]:
    whole = Kept.joined(added)
    if former:
        return written(former, whole, former.words)
    return written(None, whole, Words.drawn(whole.bits)) if len(whole.bits) else iter(())
