"""Archived points as one file that is mapped into memory: those of one word lie beside each other.

A search reads what is counted to a few words, so that the system keeps in memory what is asked for
and lets go of it when it needs the room. The file is never changed; it is written anew with what
was added, and without what was removed.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from verify.matching.candidates import FARTHEST, NEIGHBOURS, Near
from verify.matching.descriptors import BYTES, Bits
from verify.matching.local_index import FORGOTTEN, Kept
from verify.matching.words import Words

_POSTING = np.dtype([("bits", "u1", BYTES), ("entry", "<i4"), ("look", "<f2", 2)])
_PROBES = 8  # words that a descriptor asks
_READ = 200_000  # postings that are compared in one step, give or take a word
_NOTHING = (np.zeros(0, np.int64),) * 3
_AT_ONCE = 512  # words that are written in one step
_MAGIC = b"VDLP0001"
# At the end: magic, how many postings, views and words, CRC-32 of what lies between these
# and the postings: views, exhibits, where each word begins, words.
_TRAILER = struct.Struct("<8sQQQI4x")


class Postings:
    """A file of them. views, exhibits, clusters: of each entry that a posting names."""

    def __init__(self, data: memoryview) -> None:
        """Read what `written` gave. Raises ValueError when it is not whole or not ours."""
        if len(data) < _TRAILER.size:
            raise ValueError("not an index")
        magic, points, views, words, checksum = _TRAILER.unpack(data[-_TRAILER.size :])
        lengths = [points * _POSTING.itemsize, 8 * views, 8 * views, 8 * (words + 1), BYTES * words]
        ends = np.cumsum(np.array(lengths, object)).tolist()
        if magic != _MAGIC or ends[-1] + _TRAILER.size != len(data):
            raise ValueError("not an index, or not a whole one")
        if zlib.crc32(data[ends[0] : ends[-1]]) != checksum:
            raise ValueError("a damaged index")
        parts = [data[at:end] for at, end in zip([0, *ends], ends, strict=False)]
        self._postings = np.frombuffer(parts[0], _POSTING)
        whole = np.frombuffer(parts[0], np.uint64).reshape(-1, _POSTING.itemsize // 8)
        self._bits = whole[:, : BYTES // 8]
        self.views, self.exhibits = (np.frombuffer(part, np.int64).copy() for part in parts[1:3])
        self.clusters = -1 - self.views
        self._starts = np.frombuffer(parts[3], np.int64).copy()
        self.words = Words(np.frombuffer(parts[4], np.uint8).reshape(-1, BYTES).copy())
        self.forgotten = 0  # entries

    def forget(self, views: Sequence[int]) -> None:
        """Find these views no longer; those not there are ignored."""
        gone = np.isin(self.views, np.array(views, np.int64))
        self.views[gone] = FORGOTTEN
        self.forgotten += int(gone.sum())

    def regroup(self, name_of: Callable[[int], int]) -> None:
        """Name every view's group of copies anew."""
        names = [view if view == FORGOTTEN else name_of(view) for view in self.views.tolist()]
        self.clusters = np.array(names, np.int64)

    def nearest(self, queries: Bits) -> Near:
        """The archived descriptors nearest to each of these, as far as they have words in common.

        queries: (n, 32).
        """
        word = self.words.near(queries, _PROBES)
        row = np.repeat(np.arange(len(queries)), word.shape[1])[word.ravel() >= 0]
        word = word[word >= 0]
        sizes = self._starts[word + 1] - self._starts[word]
        ends = np.cumsum(sizes)
        found = []
        for read in range(0, int(ends[-1]) if len(ends) else 0, _READ):
            some = slice(*np.searchsorted(ends, [read, read + _READ], side="right").tolist())
            found.append(self._within(queries, row[some], word[some], sizes[some]))
        rows, places, far = (np.concatenate(one) for one in zip(*found, _NOTHING, strict=True))
        return self._of(rows, places, far)

    def _within(
        self,
        queries: Bits,
        row: NDArray[np.int64],
        word: NDArray[np.int64],
        sizes: NDArray[np.int64],
    ) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
        """What of these words is near to these queries: query, place of the posting, distance.

        row: of queries, in order.
        """
        before = np.repeat(np.cumsum(sizes) - sizes, sizes)
        places = np.repeat(self._starts[word], sizes) + np.arange(len(before)) - before
        rows = np.repeat(row, sizes)
        far = np.bitwise_count(self._bits[places] ^ queries.view(np.uint64)[rows]).sum(
            axis=1, dtype=np.int64
        )
        near = far <= FARTHEST
        rows, places, far = rows[near], places[near], far[near]
        if self.forgotten:
            known = self.views[self._postings["entry"][places]] != FORGOTTEN
            rows, places, far = rows[known], places[known], far[known]
        near = far <= _limits(rows - row[0], far, row[-1] - row[0] + 1)[rows - row[0]]
        return rows[near], places[near], far[near]

    def _of(self, row: NDArray[np.int64], at: NDArray[np.int64], far: NDArray[np.int64]) -> Near:
        found = self._postings[at]
        entry = found["entry"]
        every = Near(
            row=row.astype(np.intp),
            distance=far.astype(np.int32),
            look=found["look"].astype(np.float32),
            view=self.views[entry],
            cluster=self.clusters[entry],
            exhibit=self.exhibits[entry],
        )
        return Near.joined([every])

    def of_words(
        self, first: int, last: int, entries: NDArray[np.int32]
    ) -> tuple[NDArray[np.int64], NDArray[np.void]]:
        """What is counted to some words, each with its word, under other numbers of entries; -1 for
        those left out."""
        found = self._postings[self._starts[first] : self._starts[last]].copy()
        word = np.repeat(np.arange(first, last), np.diff(self._starts[first : last + 1]))
        found["entry"] = entries[found["entry"]]
        kept = found["entry"] >= 0
        return word[kept], found[kept]


def _limits(row: NDArray[np.int64], far: NDArray[np.int64], rows: int) -> NDArray[np.int64]:
    """Of each row, how far the last of its nearest may be: of many copies there are thousands."""
    counts = np.bincount(row * (FARTHEST + 1) + far, minlength=rows * (FARTHEST + 1))
    before = counts.reshape(rows, -1).cumsum(axis=1) < NEIGHBOURS
    limits: NDArray[np.int64] = before.sum(axis=1, dtype=np.int64)
    return limits


def written(former: Postings | None, added: Kept, words: Words) -> Iterator[bytes]:
    """A file of what a former one has and of what is added, to be read by `Postings`.

    What was forgotten is not in it, and no word is a descriptor that is not.
    """
    views, seen, entry = np.unique(added.view, return_index=True, return_inverse=True)
    exhibits, old = added.exhibit[seen], np.zeros(0, np.int64)
    kept = np.zeros(0, np.int32)
    if former:
        stays = former.views != FORGOTTEN
        kept = np.where(stays, np.cumsum(stays) - 1, -1).astype(np.int32)
        old = former.views[stays]
        exhibits = np.concatenate([former.exhibits[stays], exhibits])
    new = np.zeros(len(added.view), _POSTING)
    new["bits"], new["entry"], new["look"] = added.bits, len(old) + entry, added.look
    word = words.near(added.bits, 1)[:, 0] if len(new) else np.zeros(0, np.int64)
    order = np.argsort(word, kind="stable")
    word, new = word[order], new[order]
    sizes, bits = [np.zeros(1, np.int64)], words.bits.copy()
    for first in range(0, len(words), _AT_ONCE):
        last = min(first + _AT_ONCE, len(words))
        some = slice(*np.searchsorted(word, [first, last]).tolist())
        of, here = word[some], new[some]
        if former:
            of, here = (
                np.concatenate(both)
                for both in zip(former.of_words(first, last, kept), (of, here), strict=True)
            )
        order = np.argsort(of, kind="stable")
        of, here = of[order] - first, here[order]
        sizes.append(np.bincount(of, minlength=last - first))
        _only_kept(bits[first:last], of, here["bits"])
        yield here.tobytes()
    numbers = np.concatenate([old, views]), exhibits, np.cumsum(np.concatenate(sizes))
    footer = b"".join(one.astype(np.int64).tobytes() for one in numbers) + bits.tobytes()
    yield footer
    yield _TRAILER.pack(
        _MAGIC, int(numbers[2][-1]), len(numbers[0]), len(words), zlib.crc32(footer)
    )


def _only_kept(words: Bits, of: NDArray[np.int64], bits: Bits) -> None:
    """Put the first descriptor that is counted to a word in its place, where it is none of them.

    of: (n,) the word of each of these bits, in order.
    """
    held = np.bincount(of[(bits == words[of]).all(axis=1)], minlength=len(words)) > 0
    first = np.searchsorted(of, np.arange(len(words)))
    empty = np.bincount(of, minlength=len(words)) == 0
    words[empty] = 0
    for number in np.flatnonzero(~held & ~empty).tolist():
        words[number] = bits[first[number]]
