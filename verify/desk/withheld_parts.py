"""By what a part of a withheld picture is known: its details, in memory and nowhere else.

Of a withheld picture nothing that finds it again is kept but hashes, which know no crop of it. So
its details are read anew from its original where something arrives, once a start.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from verify.errors import Unavailable
from verify.records import WHOLE, Corners, Features, View, ViewKind, area
from verify.sandbox import Sandbox
from verify.store.care import withheld
from verify.store.folder.home import Home
from verify.store.pictures import exhibits

if TYPE_CHECKING:
    from verify.matching.local_index import LocalIndex

LEAST_PART = 0.5
"""Of whichever picture lies in the other: what shows less shares something with it, such as a mark
of who spread both."""


@dataclass(frozen=True)
class Shows:
    """What a picture shows of withheld ones.

    most: whether it lies in one of them, or one in it, for the most part. some: the exhibits of
    which it shows anything.
    """

    most: bool = False
    some: frozenset[int] = frozenset()


def lies_in(region: Corners, other: Corners) -> bool:
    """Whether what two pictures share is most of one of them. region, other: in each."""
    return max(area(region), area(other)) >= LEAST_PART


class WithheldParts:
    """Finds parts of withheld pictures, and such in pictures. Several threads may use it."""

    def __init__(self, home: Home, sandbox: Sandbox) -> None:
        self._home = home
        self._sandbox = sandbox
        self._lock = threading.Lock()
        self._known: dict[
            int, tuple[int, Features]
        ] = {}  # by number in the index: exhibit, details
        self._read: set[int] = set()
        self._index: LocalIndex | None = None

    def shown_in(self, seen: Iterable[View]) -> Shows:
        """What the views of a picture that the lab just saw show of withheld ones."""
        ids = withheld.ids(self._home.store)
        if not ids:
            return Shows()
        with self._lock:
            self._fill(ids)
            return self._found(seen, ids)

    def _fill(self, ids: set[int]) -> None:
        from verify.lab.features import STORED_POINTS
        from verify.matching.local_index import LocalIndex
        from verify.matching.points import read

        self._index = self._index or LocalIndex()
        for exhibit_id in sorted(ids - self._read):
            self._read.add(exhibit_id)
            for view in self._views(exhibit_id):
                if view.features and view.kind is ViewKind.WHOLE:
                    number = len(self._known) + 1
                    try:
                        points = read(view.features, STORED_POINTS)
                    except ValueError:  # the lab's child contradicted itself
                        continue
                    self._known[number] = exhibit_id, view.features
                    self._index.add(number, points, exhibit=exhibit_id)

    def _views(self, exhibit_id: int) -> tuple[View, ...]:
        exhibit = exhibits.exhibit(self._home.store, exhibit_id)
        if exhibit is None:
            return ()
        try:
            path = self._home.vault.original(exhibit.sha256)
            return self._sandbox.examine(
                path,
                filename="",
                declared_type=exhibit.submission.declared_type,
                sent_as=exhibit.submission.sent_as,
            ).views
        except Unavailable:  # a backup leaves originals of such out
            return ()

    def _found(self, seen: Iterable[View], ids: set[int]) -> Shows:
        import cv2

        from verify.matching.alignment import Query
        from verify.matching.find import find
        from verify.matching.placing import placed

        most, some = False, set[int]()
        for view in seen:
            if view.features is None or self._index is None or not self._known:
                continue
            try:
                query = Query.of(view.features)
            except (ValueError, cv2.error):  # the lab's child contradicted itself
                continue
            for one in find(query, self._index, lambda number: self._known[number][1]):
                exhibit_id, _ = self._known[one.view_id]
                if exhibit_id in ids:
                    proof = placed(one.alignment.proof, view, WHOLE)
                    some.add(exhibit_id)
                    most |= lies_in(proof.region, proof.earlier_region)
        return Shows(most, frozenset(some))
