"""Descriptors of 256 bits, each under a number: which lie nearest to a query's.

Nearest is by Hamming's distance. They lie flat while they are few. Once they are many they lie
in an inverted file, whose cells stand around some of them (Sivic, Zisserman, ICCV 2003). A file
that has outgrown its cells moves into one with more of them, a little with every addition, so
that nobody waits.
"""

from __future__ import annotations

from typing import Any

import faiss
import numpy as np
from numpy.typing import NDArray

BYTES = 32  # a descriptor
_FLAT_UP_TO = 60_000  # descriptors; beyond that an inverted file is faster
_GROWTH = 8  # more cells when it holds this many times what its cells were drawn from
_CELLS = 4  # times the root of how many descriptors there are
_PROBES = 12  # cells that are searched
_MOVED = 1200  # descriptors moved at an addition, as many as four pictures have

Places = NDArray[np.int64]
Bits = NDArray[np.uint8]


class Descriptors:
    """Descriptors in memory. One thread at a time."""

    def __init__(self) -> None:
        self._held: Any = faiss.IndexBinaryIDMap(faiss.IndexBinaryFlat(8 * BYTES))
        self._outgrown: Any = None  # what moves into `_held`; nothing is added to it any more
        self._emptied = 0  # cells of `_outgrown` that are empty, from the first
        self.drawn_from = 0  # how many descriptors there were when the cells were drawn

    def __len__(self) -> int:
        return sum(int(part.ntotal) for part in self._parts())

    @property
    def moving(self) -> bool:
        """Whether some still lie in a file that was outgrown."""
        return self._outgrown is not None

    def _parts(self) -> tuple[Any, ...]:
        return (self._held,) if self._outgrown is None else (self._held, self._outgrown)

    def add(self, places: Places, bits: Bits) -> None:
        """Add descriptors. places: (n,), new numbers. bits: (n, 32)."""
        _one_thread()
        self._held.add_with_ids(np.ascontiguousarray(bits), places)
        if self._outgrown is not None:
            self._move()
        elif len(self) > max(_FLAT_UP_TO, _GROWTH * self.drawn_from):
            self._grow()

    def _grow(self) -> None:
        """Begin to move into an inverted file with as many cells as there should be by now."""
        self.drawn_from = len(self)
        centres = _drawn(self._held, int(_CELLS * self.drawn_from**0.5))
        self._held, self._outgrown, self._emptied = inverted_file(centres), self._held, 0

    def remove(self, places: Places) -> None:
        """Forget descriptors; numbers that are not there are ignored."""
        for part in self._parts():
            part.remove_ids(faiss.IDSelectorBatch(places))

    def scrub(self) -> None:
        """Let no cell stand around a descriptor that is not held any more.

        Such a cell stands around another that it holds from now on, or around nothing.
        """
        for part in self._parts():
            if isinstance(part, faiss.IndexBinaryIDMap):
                continue
            centres = _centres(part)
            lost = [cell for cell, centre in enumerate(centres) if not _holds(part, cell, centre)]
            if lost and self.moving:  # what is in no cell of one part may lie in the other
                distances, _ = self.search(centres[lost], 1)
                lost = [
                    cell for cell, far in zip(lost, distances[:, 0].tolist(), strict=True) if far
                ]
            for cell in lost:
                size = part.invlists.list_size(cell)
                centres[cell] = _codes(part.invlists, cell, size)[0] if size else 0
            if lost:
                part.quantizer.reset()
                part.quantizer.add(centres)

    def search(self, queries: Bits, nearest: int) -> tuple[NDArray[np.int32], Places]:
        """The nearest to each query: (n, nearest) distances in bits, and numbers, -1 for none.

        queries: (n, 32). What an inverted file holds outside the cells probed is not found.
        """
        _one_thread()
        found = [part.search(queries, nearest) for part in self._parts()]
        if len(found) == 1:
            distances, places = found[0]
            return distances, places
        distances, places = (np.concatenate(both, axis=1) for both in zip(*found, strict=True))
        best = np.argsort(distances, axis=1, kind="stable")[:, :nearest]
        return np.take_along_axis(distances, best, 1), np.take_along_axis(places, best, 1)

    def everything(self) -> tuple[Places, Bits]:
        """All numbers, (n,), and their descriptors, (n, 32)."""
        numbers, bits = [np.zeros(0, np.int64)], [np.zeros((0, BYTES), np.uint8)]
        for part in self._parts():
            if isinstance(part, faiss.IndexBinaryIDMap):
                numbers.append(faiss.vector_to_array(part.id_map).copy())
                bits.append(_flat_bits(part))
                continue
            lists = part.invlists
            for cell in range(part.nlist):
                if size := lists.list_size(cell):
                    numbers.append(_ids(lists, cell, size).copy())
                    bits.append(_codes(lists, cell, size).copy())
        return np.concatenate(numbers), np.concatenate(bits)

    def to_chunks(self) -> list[bytes]:
        """All of them as bytes, to be read again by `from_bytes`."""
        chunks: list[bytes] = []
        for part in self._parts():
            writer = faiss.PyCallbackIOWriter(chunks.append)  # type: ignore[attr-defined]
            faiss.write_index_binary(part, writer)
        return chunks

    @classmethod
    def from_bytes(cls, data: memoryview, drawn_from: int) -> Descriptors:
        """Read what `to_chunks` gave; the move that was under way goes on with the next one."""
        place = 0

        def next_bytes(size: int) -> bytes:  # read at once it would lie in memory three times
            nonlocal place
            place += size
            return bytes(data[place - size : place])

        reader = faiss.PyCallbackIOReader(next_bytes)  # type: ignore[attr-defined]
        found = cls()
        found.drawn_from = drawn_from
        found._held = faiss.read_index_binary(reader)
        if place < len(data):
            found._outgrown = faiss.read_index_binary(reader)
        return found

    def _move(self) -> None:
        """Move some of what is outgrown: from the ends of its cells, or all if it is flat."""
        outgrown = self._outgrown
        if isinstance(outgrown, faiss.IndexBinaryIDMap):
            bits = _flat_bits(outgrown)
            self._held.add_with_ids(bits, faiss.vector_to_array(outgrown.id_map).copy())
            self._outgrown = None
            return
        lists, left = outgrown.invlists, _MOVED
        while left and self._emptied < outgrown.nlist:
            size = lists.list_size(self._emptied)
            taken = min(left, size)
            if taken:
                bits = _codes(lists, self._emptied, size)[size - taken :]
                self._held.add_with_ids(bits, _ids(lists, self._emptied, size)[size - taken :])
                lists.resize(self._emptied, size - taken)
            left -= taken
            self._emptied += size == taken
        outgrown.ntotal -= _MOVED - left
        if outgrown.ntotal == 0:
            self._outgrown = None


def _one_thread() -> None:
    """Threads of FAISS's own wait for each other in a loop: many times slower on a busy machine.

    This holds for the calling thread alone.
    """
    faiss.omp_set_num_threads(1)


def inverted_file(centres: Bits) -> Any:
    """An empty inverted file with a cell around each of the descriptors. centres: (n, 32)."""
    quantizer = faiss.IndexBinaryFlat(8 * BYTES)
    quantizer.add(centres)
    index: Any = faiss.IndexBinaryIVF(quantizer, 8 * BYTES, len(centres))
    index.own_fields = False
    index.referenced_objects = [quantizer]
    index.is_trained = True
    index.nprobe = _PROBES
    return index


def _drawn(index: Any, n: int) -> Bits:
    """n of an index's descriptors, drawn at random, always the same."""
    at = np.sort(np.random.default_rng(0).choice(index.ntotal, n, replace=False))
    if isinstance(index, faiss.IndexBinaryIDMap):
        drawn: Bits = _flat_bits(index)[at]
        return drawn
    sizes = [index.invlists.list_size(cell) for cell in range(index.nlist)]
    starts = np.cumsum([0, *sizes])
    edges = np.searchsorted(at, starts)
    return np.concatenate(
        [
            _codes(index.invlists, cell, size)[at[edges[cell] : edges[cell + 1]] - starts[cell]]
            for cell, size in enumerate(sizes)
            if edges[cell] < edges[cell + 1]
        ]
    )


def _centres(index: Any) -> Bits:
    """The descriptors that the cells of an inverted file stand around: (cells, 32)."""
    quantizer: Any = faiss.downcast_IndexBinary(index.quantizer)
    centres: Bits = faiss.vector_to_array(quantizer.xb).reshape(-1, BYTES)
    return centres.copy()


def _holds(index: Any, cell: int, bits: Bits) -> bool:
    size = index.invlists.list_size(cell)
    return size > 0 and bool((_codes(index.invlists, cell, size) == bits).all(axis=1).any())


def _flat_bits(index: Any) -> Bits:
    flat: Any = faiss.downcast_IndexBinary(index.index)
    bits: Bits = faiss.vector_to_array(flat.xb).reshape(-1, BYTES)
    return bits.copy()


def _ids(lists: Any, cell: int, size: int) -> Places:
    """The numbers in a cell, as a view that lasts until it changes."""
    ids: Places = faiss.rev_swig_ptr(lists.get_ids(cell), size)
    return ids


def _codes(lists: Any, cell: int, size: int) -> Bits:
    """The descriptors in a cell, as a view that lasts until it changes."""
    codes: Bits = faiss.rev_swig_ptr(lists.get_codes(cell), size * BYTES)
    return codes.reshape(size, BYTES)
