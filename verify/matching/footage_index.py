"""Finds the frames of films nearest to a frame: exact, over the samples of all films.

The samples lie beside each other in memory, 32 bytes each and as many for the picture within
bars, and FAISS compares every one.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace

import faiss
import numpy as np
from numpy.typing import NDArray

from verify.matching.hash_index import HASH_BYTES, SAME_WITHIN
from verify.matching.reels import Bits, Reel
from verify.matching.votes import Votes

_AT_ONCE = 128  # hashes looked for in one step: of a film that stands still all are found
_NEAREST = 12  # samples of one film that a sample may vote for: one that stands still has thousands
_KEPT = 1  # orientations of a sample that is kept


class FootageIndex:
    """The samples of all films, in memory. May be used from several threads."""

    def __init__(self) -> None:
        self._lock = threading.RLock()
        self._index = faiss.IndexBinaryFlat(8 * HASH_BYTES)
        self._film = np.zeros(0, np.int64)
        self._row = np.zeros(0, np.int32)
        self._inner = np.zeros(0, bool)
        self._reels: dict[int, Reel] = {}

    def __len__(self) -> int:
        """How many samples there are."""
        return sum(len(reel) for reel in self._reels.values())

    @property
    def films(self) -> set[int]:
        """The exhibits that are here."""
        return set(self._reels)

    def reel(self, exhibit_id: int) -> Reel | None:
        """What is known of a film that is here."""
        return self._reels.get(exhibit_id)

    def add(self, exhibit_id: int, reel: Reel) -> None:
        """Make a film findable; what was known of it before is replaced."""
        with self._lock:
            self.remove(exhibit_id)
            kept = _first_orientation(reel)
            self._reels[exhibit_id] = kept
            for bits, these, inner in (
                (kept.bits, kept.telling, False),
                (kept.inner, kept.telling & kept.framed, True),
            ):
                rows = np.flatnonzero(these)
                if len(rows):
                    self._index.add(np.ascontiguousarray(bits[rows, 0]))
                    self._film = np.append(self._film, np.full(len(rows), exhibit_id, np.int64))
                    self._row = np.append(self._row, rows.astype(np.int32))
                    self._inner = np.append(self._inner, np.full(len(rows), inner))

    def remove(self, *exhibit_ids: int) -> None:
        """Forget films; those that are not here are ignored."""
        with self._lock:
            for one in exhibit_ids:
                self._reels.pop(one, None)
            gone = np.isin(self._film, exhibit_ids)
            if gone.any():
                places = np.flatnonzero(gone).astype(np.int64)
                self._index.remove_ids(faiss.IDSelectorBatch(places))
                self._film, self._row = self._film[~gone], self._row[~gone]
                self._inner = self._inner[~gone]

    def search(self, reel: Reel, leave_out: int | None = None) -> dict[int, Votes]:
        """The films that show what a film shows, by exhibit, with all that speaks for it.

        reel: with its eight orientations. leave_out: an exhibit that is not looked at.
        """
        with self._lock:
            parts = [
                part
                for bits, these, inner in (
                    (reel.bits, reel.telling, False),
                    (reel.inner, reel.telling & reel.framed, True),
                )
                for part in self._near(reel, bits, np.flatnonzero(these), inner, leave_out)
            ]
            if not parts:
                return {}
            film, mine, row, way, distance, inner = (
                np.concatenate(columns) for columns in zip(*parts, strict=True)
            )
            found = {}
            for exhibit_id in np.unique(film).tolist():
                of = film == exhibit_id
                earlier = self._reels[exhibit_id]
                found[exhibit_id] = Votes.of_hashes(
                    at=reel.at[mine[of]],
                    earlier_at=earlier.at[row[of]],
                    orientation=way[of],
                    distance=distance[of],
                    quality=np.minimum(reel.quality[mine[of]], earlier.quality[row[of]]),
                    inner=inner[of],
                )
            return found

    def _near(
        self, reel: Reel, bits: Bits, rows: NDArray[np.intp], inner: bool, leave_out: int | None
    ) -> Iterator[tuple[NDArray[np.int64], ...]]:
        """Film, row here, row there, orientation, distance, whether within bars: some at a time."""
        ways = bits.shape[1]
        queries = np.ascontiguousarray(bits[rows].reshape(-1, HASH_BYTES))
        faiss.omp_set_num_threads(1)  # holds for the calling thread alone
        for start in range(0, len(queries) if self._index.ntotal else 0, _AT_ONCE):
            some = queries[start : start + _AT_ONCE]
            limits, near, places = self._index.range_search(some, SAME_WITHIN + 1)
            asked = start + np.repeat(np.arange(len(some)), np.diff(limits.astype(np.int64)))
            film = self._film[places]
            keep = film != (-1 if leave_out is None else leave_out)
            asked, places, film = asked[keep], places[keep], film[keep]
            near = near[keep].astype(np.int64)
            kept = _nearest(asked, film, near)
            asked, places, film, near = asked[kept], places[kept], film[kept], near[kept]
            within = self._inner[places] | inner
            mine = rows[asked // ways]
            yield film, mine, self._row[places].astype(np.int64), asked % ways, near, within


def _first_orientation(reel: Reel) -> Reel:
    return replace(reel, bits=reel.bits[:, :_KEPT].copy(), inner=reel.inner[:, :_KEPT].copy())


def _nearest(
    asked: NDArray[np.int64], film: NDArray[np.int64], distance: NDArray[np.int64]
) -> NDArray[np.intp]:
    """Which rows to keep, so that no hash finds more than some of one film."""
    order = np.lexsort((distance, film, asked))
    new = np.ones(len(order), bool)
    new[1:] = (asked[order][1:] != asked[order][:-1]) | (film[order][1:] != film[order][:-1])
    starts = np.maximum.accumulate(np.where(new, np.arange(len(order)), 0))
    return order[np.arange(len(order)) - starts < _NEAREST]
