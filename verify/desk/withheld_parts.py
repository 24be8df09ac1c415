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
        # by number in the index: whose, by SHA-256, since numbers of exhibits are given again
        self._known: dict[int, tuple[str, Features]] = {}
        self._read: set[str] = set()
        self._last = 0
        self._index: LocalIndex | None = None

    def shown_in(self, seen: Iterable[View]) -> Shows:
        """What the views of a picture that the lab just saw show of withheld ones."""
        known = withheld.by_digest(self._home.store)
        if not known and not self._read:
            return Shows()
        with self._lock:
            self._fill(known)
            return self._found(seen, known)

    def _fill(self, known: dict[str, int]) -> None:
        """Read the details of what is withheld since, and forget those of what was wiped."""
        from verify.lab.features import STORED_POINTS
        from verify.matching.local_index import LocalIndex
        from verify.matching.points import read

        self._index = self._index or LocalIndex()
        gone = [number for number, (sha256, _) in self._known.items() if sha256 not in known]
        self._index.remove(*gone)
        for number in gone:
            del self._known[number]
        self._read &= known.keys()
        for sha256 in sorted(known.keys() - self._read):
            self._read.add(sha256)
            for view in self._views(known[sha256]):
                if view.features and view.kind is ViewKind.WHOLE:
                    try:
                        points = read(view.features, STORED_POINTS)
                    except ValueError:  # the lab's child contradicted itself
                        continue
                    self._last += 1
                    self._known[self._last] = sha256, view.features
                    self._index.add(self._last, points, exhibit=known[sha256])

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

    def _found(self, seen: Iterable[View], known: dict[str, int]) -> Shows:
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
                sha256, _ = self._known[one.view_id]
                proof = placed(one.alignment.proof, view, WHOLE)
                some.add(known[sha256])
                most |= lies_in(proof.region, proof.earlier_region)
        return Shows(most, frozenset(some))
