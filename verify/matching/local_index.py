"""All archived local features, in memory and as one file: the nearest of them to a query's.

Descriptors lie in an inverted file once they are many; its cells stand around some of them.
"""

from __future__ import annotations

import struct
import threading
import zlib
from collections.abc import Callable, Iterator
from typing import Any

import faiss
import numpy as np
from numpy.typing import NDArray

from verify.lab.features import STORED_POINTS
from verify.matching.candidates import FARTHEST, Search, shared_by
from verify.matching.points import Points

NEIGHBOURS = 6  # archived descriptors that a keypoint may vote for
_FLAT_UP_TO = 60_000  # descriptors; beyond that an inverted file is faster
_PROBES = 12
_GROWTH = 8  # trained anew when it holds this many times what it was trained on
_FORGOTTEN = -(2**62)
_MAGIC = b"VDLF0001"
_HEADER = struct.Struct("<8sI4x6q")


class LocalIndex:
    """All archived local features, in memory. Several threads may use it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._index: Any = faiss.IndexBinaryIDMap(faiss.IndexBinaryFlat(256))
        self._trained_on = 0
        self._count = 0
        self._look = np.zeros((1024, 2), np.float32)  # log2 of size, angle: one row a point
        self._owner = np.zeros(1024, np.int32)  # which entry of _pictures a point belongs to
        self._pictures: list[int] = []
        self._clusters: list[int] = []

    def __len__(self) -> int:
        return sum(known != _FORGOTTEN for known in self._pictures)

    @property
    def pictures(self) -> set[int]:
        """The ids of the pictures that are here."""
        with self._lock:
            return set(self._pictures) - {_FORGOTTEN}

    def add(self, picture_id: int, points: Points, cluster: int | None = None) -> None:
        """Add a picture's first `STORED_POINTS` keypoints.

        cluster: copies of one picture bear one number, so that they count as one picture
        where it matters how many pictures share a point; None for a picture of its own.
        """
        n = min(len(points), STORED_POINTS)
        with self._lock:
            places = np.arange(self._count, self._count + n)
            self._make_room(n)
            self._look[places, 0] = np.log2(points.size[:n])
            self._look[places, 1] = points.angle[:n]
            self._owner[places] = len(self._pictures)
            self._pictures.append(picture_id)
            self._clusters.append(-1 - picture_id if cluster is None else cluster)
            self._index.add_with_ids(np.ascontiguousarray(points.bits[:n]), places)
            self._count += n
            if self._count > max(_FLAT_UP_TO, _GROWTH * self._trained_on):
                self._index = self._trained()

    def remove(self, picture_id: int) -> None:
        """Forget a picture; one that is not there is ignored."""
        with self._lock:
            owners = [i for i, known in enumerate(self._pictures) if known == picture_id]
            for owner in owners:
                places = np.flatnonzero(self._owner[: self._count] == owner).astype(np.int64)
                self._index.remove_ids(faiss.IDSelectorBatch(places))
                self._pictures[owner] = _FORGOTTEN

    def regroup(self, name_of: Callable[[int], int]) -> None:
        """Name every picture's group of copies anew, after groups became one."""
        with self._lock:
            self._clusters = [
                known if known == _FORGOTTEN else name_of(known) for known in self._pictures
            ]

    def to_chunks(self) -> Iterator[bytes]:
        """The whole index as bytes, to be kept in one file; `from_bytes` reads them."""
        with self._lock:
            parts: list[Any] = [
                np.array([self._count, self._trained_on], np.int64),
                np.array(self._pictures, np.int64),
                np.array(self._clusters, np.int64),
                self._owner[: self._count],
                self._look[: self._count],
                faiss.serialize_index_binary(self._index),
            ]
        # flat bytes without a copy; a memoryview with a zero in its shape cannot be cast
        raw: list[Any] = [
            np.ascontiguousarray(part).reshape(-1).view(np.uint8).data for part in parts
        ]
        checksum = 0
        for part in raw:
            checksum = zlib.crc32(part, checksum)
        yield _HEADER.pack(_MAGIC, checksum, *(len(part) for part in raw))
        yield from raw

    @classmethod
    def from_bytes(cls, data: bytes | memoryview) -> LocalIndex:
        """Read what `to_chunks` gave. Raises ValueError when it is not whole or not ours."""
        view = memoryview(data)
        if len(view) < _HEADER.size:
            raise ValueError("not an index")
        magic, checksum, *lengths = _HEADER.unpack(view[: _HEADER.size])
        body = view[_HEADER.size :]
        if magic != _MAGIC or sum(lengths) != len(body) or zlib.crc32(body) != checksum:
            raise ValueError("not an index, or not a whole one")
        ends = np.cumsum(lengths)
        parts = [body[end - length : end] for end, length in zip(ends, lengths, strict=True)]
        index = cls()
        index._count, index._trained_on = (int(n) for n in np.frombuffer(parts[0], np.int64))
        index._pictures = np.frombuffer(parts[1], np.int64).tolist()
        index._clusters = np.frombuffer(parts[2], np.int64).tolist()
        index._owner = np.frombuffer(parts[3], np.int32).copy()
        index._look = np.frombuffer(parts[4], np.float32).reshape(-1, 2).copy()
        index._index = _read(parts[5])
        return index

    def _make_room(self, n: int) -> None:
        while self._count + n > len(self._owner):
            self._look = np.concatenate(
                [self._look, np.zeros((n + len(self._look), 2), np.float32)]
            )
            self._owner = np.concatenate([self._owner, np.zeros(n + len(self._owner), np.int32)])

    def _trained(self) -> Any:
        """An inverted file over all that is here, its cells around descriptors drawn from it."""
        places, bits = _contents(self._index)
        cells = int(4 * np.sqrt(len(bits)))
        drawn = np.random.default_rng(0).choice(len(bits), cells, replace=False)
        quantizer = faiss.IndexBinaryFlat(256)
        quantizer.add(bits[np.sort(drawn)])
        index: Any = faiss.IndexBinaryIVF(quantizer, 256, cells)
        index.own_fields = False
        index.is_trained = True
        index.nprobe = _PROBES
        index.add_with_ids(bits, places)
        index.referenced_objects = [quantizer]
        self._trained_on = len(bits)
        return index

    def search(self, points: Points) -> Search:
        """Look for pictures that share something with the query, as is and mirrored."""
        mirror = points.mirrored()
        with self._lock:
            if not len(points) or not self._count:
                return Search.empty(len(points))
            queries = np.concatenate([points.bits, mirror.bits])
            distances, places = self._index.search(queries, NEIGHBOURS)
            ok = (places >= 0) & (distances <= FARTHEST)
            rows, columns = np.nonzero(ok)
            found, distance = places[rows, columns], distances[rows, columns]
            owner, look = self._owner[found], self._look[found]
            pictures = np.array(self._pictures, np.int64)
            clusters = np.array(self._clusters, np.int64)
        shared = shared_by(rows, clusters[owner], distance, len(queries))
        keypoint, mirrored = rows % len(points), rows >= len(points)
        angle = np.where(mirrored, mirror.angle[keypoint], points.angle[keypoint])
        return Search(
            keypoint=keypoint,
            mirrored=mirrored,
            owner=owner,
            zoom=np.log2(points.size[keypoint]) - look[:, 0],
            turn=np.mod(angle - look[:, 1], 2 * np.pi),
            weight=(1 - distance / (FARTHEST + 10)) / shared[rows],
            pictures=pictures,
            clusters=clusters,
            shared=shared.reshape(2, -1),
        )


def _read(serialized: memoryview) -> Any:
    """FAISS's index from its bytes, piece by piece: at once it would lie in memory three times."""
    place = 0

    def next_bytes(size: int) -> bytes:
        nonlocal place
        place += size
        return bytes(serialized[place - size : place])

    reader = faiss.PyCallbackIOReader(next_bytes)  # type: ignore[attr-defined]
    return faiss.read_index_binary(reader)


def _contents(index: Any) -> tuple[NDArray[np.int64], NDArray[np.uint8]]:
    """All places and bits that an index holds."""
    if isinstance(index, faiss.IndexBinaryIDMap):
        flat: Any = faiss.downcast_IndexBinary(index.index)
        return (
            faiss.vector_to_array(index.id_map).copy(),
            faiss.vector_to_array(flat.xb).reshape(-1, 32).copy(),
        )
    places, bits = [], []
    for cell in range(index.nlist):
        size = index.invlists.list_size(cell)
        if size:
            places.append(faiss.rev_swig_ptr(index.invlists.get_ids(cell), size).copy())
            codes = faiss.rev_swig_ptr(index.invlists.get_codes(cell), size * 32)
            bits.append(codes.reshape(-1, 32).copy())
    return np.concatenate(places), np.concatenate(bits)
