"""All archived local features, in memory and as one file: the nearest of them to a query's."""

from __future__ import annotations

import struct
import threading
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from verify.lab.features import STORED_POINTS
from verify.matching.candidates import FARTHEST, NEIGHBOURS, Near, Search, descriptors, search
from verify.matching.descriptors import Bits, Descriptors, Places
from verify.matching.points import Points

FORGOTTEN = -(2**62)
"""In the place of the id of a view that was removed."""
_NOBODY = -1  # in the place of whom a point belongs to
_MAGIC = b"VDLF0002"
_BY_EXHIBIT = b"VDLF0001"  # a version that knew one view an exhibit, and called it by that
_HEADER = struct.Struct("<8sI4x")  # magic, CRC-32 of what follows; then the lengths of its parts


@dataclass(frozen=True)
class Kept:
    """Archived points, one row each: whose they are, look as in `Near`, and (n, 32) bits."""

    view: NDArray[np.int64]
    exhibit: NDArray[np.int64]
    look: NDArray[np.float32]
    bits: Bits

    @classmethod
    def joined(cls, parts: Sequence[Kept]) -> Kept:
        """All of them."""
        return cls(
            *(
                np.concatenate([getattr(one, column.name) for one in parts])
                for column in fields(cls)
            )
        )


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
        return sum(known != FORGOTTEN for known in self._views)

    @property
    def views(self) -> set[int]:
        """The ids of the views that are here."""
        with self._lock:
            return set(self._views) - {FORGOTTEN}

    @property
    def clusters(self) -> dict[int, int]:
        """The group of copies of each view that is here."""
        with self._lock:
            known = zip(self._views, self._clusters, strict=True)
            return {view: cluster for view, cluster in known if view != FORGOTTEN}

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
                entries.append(FORGOTTEN)
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
                self._views[entry] = self._clusters[entry] = FORGOTTEN
                self._exhibits[entry] = FORGOTTEN
            self._free_entries += entries

    def scrub(self) -> None:
        """Let no cell stand around a descriptor of a view that was removed."""
        with self._lock:
            self._descriptors.scrub()

    def regroup(self, name_of: Callable[[int], int]) -> None:
        """Name every view's group of copies anew, after groups became one."""
        with self._lock:
            self._clusters = [
                known if known == FORGOTTEN else name_of(known) for known in self._views
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
        self._free_entries = [entry for entry, known in entries if known == FORGOTTEN]
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
        return search(points, self.nearest(descriptors(points)))

    def nearest(self, queries: Bits) -> Near:
        """The archived descriptors nearest to each of these. queries: (n, 32)."""
        with self._lock:
            distances: NDArray[Any] = np.zeros((0, NEIGHBOURS), np.int32)
            places: Places = np.zeros((0, NEIGHBOURS), np.int64)
            if len(queries) and self._count:
                distances, places = self._descriptors.search(queries, NEIGHBOURS)
            rows, columns = np.nonzero((places >= 0) & (distances <= FARTHEST))
            found = places[rows, columns]
            owner = self._owner[found]
            return Near(
                row=rows,
                distance=distances[rows, columns].astype(np.int32),
                look=self._look[found],
                view=np.array(self._views, np.int64)[owner],
                cluster=np.array(self._clusters, np.int64)[owner],
                exhibit=np.array(self._exhibits, np.int64)[owner],
            )

    def everything(self) -> Kept:
        """All points with whom they are of."""
        with self._lock:
            places, bits = self._descriptors.everything()
            owner = self._owner[places]
            return Kept(
                view=np.array(self._views, np.int64)[owner],
                exhibit=np.array(self._exhibits, np.int64)[owner],
                look=self._look[places],
                bits=bits,
            )


def _renamed(exhibits: list[int], views: Mapping[int, int]) -> list[int]:
    """The views of exhibits; where one has none, a number that is no view's."""
    return [known if known == FORGOTTEN else views.get(known, -1 - known) for known in exhibits]
