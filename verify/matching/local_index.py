"""All archived local features, in memory and as one file: the nearest of them to a query's."""

from __future__ import annotations

import struct
import threading
import zlib
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np

from verify.lab.features import STORED_POINTS
from verify.matching.candidates import FARTHEST, Search, shared_by
from verify.matching.descriptors import Descriptors, Places
from verify.matching.points import Points

NEIGHBOURS = 6  # archived descriptors that a keypoint may vote for
_FORGOTTEN = -(2**62)  # in the place of the id of a picture that was removed
_NOBODY = -1  # in the place of whom a point belongs to
_MAGIC = b"VDLF0002"
_BY_EXHIBIT = b"VDLF0001"  # a version that knew one view an exhibit, and called it by that
_HEADER = struct.Struct("<8sI4x")  # magic, CRC-32 of what follows; then the lengths of its parts


class LocalIndex:
    """All archived local features, in memory. Several threads may use it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._descriptors = Descriptors()
        self._count = 0
        self._look = np.zeros((1024, 2), np.float32)  # log2 of size, angle: one row a point
        self._owner = np.full(1024, _NOBODY, np.int32)  # the entry of _views a point is of
        self._views: list[int] = []
        self._clusters: list[int] = []
        self._exhibits: list[int] = []
        self._free: list[int] = []  # places of points that were removed, for others
        self._free_entries: list[int] = []  # the same of _views

    def __len__(self) -> int:
        return sum(known != _FORGOTTEN for known in self._views)

    @property
    def views(self) -> set[int]:
        """The ids of the views that are here."""
        with self._lock:
            return set(self._views) - {_FORGOTTEN}

    def add(
        self, view_id: int, points: Points, cluster: int | None = None, exhibit: int | None = None
    ) -> None:
        """Add a view's first `STORED_POINTS` keypoints.

        cluster: copies of one picture bear one number; None for a picture of its own. exhibit:
        views of one file bear one number; None for the only one. Either count as one picture
        where it matters how many pictures share a point.
        """
        n = min(len(points), STORED_POINTS)
        with self._lock:
            places = self._places(n)
            self._look[places, 0] = np.log2(points.size[:n])
            self._look[places, 1] = points.angle[:n]
            self._owner[places] = self._entry(
                view_id,
                -1 - view_id if cluster is None else cluster,
                -1 - view_id if exhibit is None else exhibit,
            )
            self._descriptors.add(places, points.bits[:n])

    def _places(self, n: int) -> Places:
        """Numbers for n new points: those that others left, then further ones."""
        left = [self._free.pop() for _ in range(min(n, len(self._free)))]
        further = n - len(left)
        self._make_room(further)
        self._count += further
        return np.array([*left, *range(self._count - further, self._count)], np.int64)

    def _entry(self, view_id: int, cluster: int, exhibit: int) -> int:
        """Where a new view stands in _views."""
        if self._free_entries:
            entry = self._free_entries.pop()
        else:
            entry = len(self._views)
            for entries in (self._views, self._clusters, self._exhibits):
                entries.append(_FORGOTTEN)
        self._views[entry], self._clusters[entry] = view_id, cluster
        self._exhibits[entry] = exhibit
        return entry

    def remove(self, *view_ids: int) -> None:
        """Forget views, so that nothing of them is left; those not there are ignored."""
        gone = set(view_ids)
        with self._lock:
            entries = [i for i, known in enumerate(self._views) if known in gone]
            if not entries:
                return
            owners = self._owner[: self._count]
            of_these = owners == entries[0] if len(entries) == 1 else np.isin(owners, entries)
            places = np.flatnonzero(of_these).astype(np.int64)
            self._descriptors.remove(places)
            self._owner[places], self._look[places] = _NOBODY, 0
            self._free += places.tolist()
            for entry in entries:
                self._views[entry] = self._clusters[entry] = _FORGOTTEN
                self._exhibits[entry] = _FORGOTTEN
            self._free_entries += entries

    def scrub(self) -> None:
        """Let no cell stand around a descriptor of a view that was removed."""
        with self._lock:
            self._descriptors.scrub()

    def regroup(self, name_of: Callable[[int], int]) -> None:
        """Name every view's group of copies anew, after groups became one."""
        with self._lock:
            self._clusters = [
                known if known == _FORGOTTEN else name_of(known) for known in self._views
            ]

    def to_chunks(self) -> Iterator[bytes]:
        """The whole index as bytes, to be kept in one file; `from_bytes` reads them."""
        with self._lock:
            parts: list[Any] = [
                np.array([self._count, self._descriptors.drawn_from], np.int64),
                np.array(self._views, np.int64),
                np.array(self._clusters, np.int64),
                np.array(self._exhibits, np.int64),
                self._owner[: self._count].copy(),
                self._look[: self._count].copy(),
            ]
            descriptors = self._descriptors.to_chunks()
        # flat bytes without a copy; a memoryview with a zero in its shape cannot be cast
        raw: list[Any] = [part.reshape(-1).view(np.uint8).data for part in parts]
        lengths = [*(len(part) for part in raw), sum(map(len, descriptors))]
        raw += descriptors
        checksum = 0
        for part in raw:
            checksum = zlib.crc32(part, checksum)
        yield _HEADER.pack(_MAGIC, checksum) + np.array(lengths, np.int64).tobytes()
        yield from raw

    @classmethod
    def from_bytes(
        cls, data: bytes | memoryview, views: Callable[[], Mapping[int, int]] = dict
    ) -> LocalIndex:
        """Read what `to_chunks` gave. Raises ValueError when it is not whole or not ours.

        views: by exhibit, the view that a former version knew: it called that by its exhibit.
        """
        view = memoryview(data)
        if len(view) < _HEADER.size:
            raise ValueError("not an index")
        magic, checksum = _HEADER.unpack(view[: _HEADER.size])
        by_exhibit = magic == _BY_EXHIBIT
        start = _HEADER.size + 8 * (6 if by_exhibit else 7)
        body = view[start:]
        if not (by_exhibit or magic == _MAGIC) or len(view) < start or zlib.crc32(body) != checksum:
            raise ValueError("not an index, or not a whole one")
        ends = np.cumsum(np.frombuffer(view[_HEADER.size : start], np.int64)).tolist()
        if ends[-1] != len(body):
            raise ValueError("not a whole index")
        parts = [body[at:end] for at, end in zip([0, *ends], ends, strict=False)]
        index = cls()
        index._count, drawn_from = (int(n) for n in np.frombuffer(parts[0], np.int64))
        index._views, index._clusters, *exhibits = (
            np.frombuffer(part, np.int64).tolist() for part in parts[1:-3]
        )
        if by_exhibit:
            exhibits = [index._views]
            index._views = _renamed(index._views, views())
        index._exhibits = exhibits[0]
        index._owner = np.frombuffer(parts[-3], np.int32).copy()
        index._look = np.frombuffer(parts[-2], np.float32).reshape(-1, 2).copy()
        index._descriptors = Descriptors.from_bytes(parts[-1], drawn_from)
        index._find_free()
        return index

    def _find_free(self) -> None:
        """Find again what views left that were removed."""
        entries = enumerate(self._views)
        self._free_entries = [entry for entry, known in entries if known == _FORGOTTEN]
        owners = self._owner[: self._count]
        owners[np.isin(owners, self._free_entries)] = _NOBODY  # as former versions left them
        self._free = np.flatnonzero(owners == _NOBODY).tolist()

    def _make_room(self, n: int) -> None:
        while self._count + n > len(self._owner):
            self._look = np.concatenate(
                [self._look, np.zeros((n + len(self._look), 2), np.float32)]
            )
            self._owner = np.concatenate([self._owner, np.zeros(n + len(self._owner), np.int32)])

    def search(self, points: Points) -> Search:
        """Look for views that share something with the query, as is and mirrored."""
        mirror = points.mirrored()
        with self._lock:
            if not len(points) or not self._count:
                return Search.empty(len(points))
            queries = np.concatenate([points.bits, mirror.bits])
            distances, places = self._descriptors.search(queries, NEIGHBOURS)
            ok = (places >= 0) & (distances <= FARTHEST)
            rows, columns = np.nonzero(ok)
            found, distance = places[rows, columns], distances[rows, columns]
            owner, look = self._owner[found], self._look[found]
            views = np.array(self._views, np.int64)
            clusters = np.array(self._clusters, np.int64)
            exhibits = np.array(self._exhibits, np.int64)
        shared = shared_by(rows, clusters[owner], exhibits[owner], distance, len(queries))
        keypoint, mirrored = rows % len(points), rows >= len(points)
        angle = np.where(mirrored, mirror.angle[keypoint], points.angle[keypoint])
        return Search(
            keypoint=keypoint,
            mirrored=mirrored,
            owner=owner,
            zoom=np.log2(points.size[keypoint]) - look[:, 0],
            turn=np.mod(angle - look[:, 1], 2 * np.pi),
            weight=(1 - distance / (FARTHEST + 10)) / shared[rows],
            views=views,
            clusters=clusters,
            shared=shared.reshape(2, -1),
        )


def _renamed(exhibits: list[int], views: Mapping[int, int]) -> list[int]:
    """The views of exhibits; where one has none, a number that is no view's."""
    return [known if known == _FORGOTTEN else views.get(known, -1 - known) for known in exhibits]
