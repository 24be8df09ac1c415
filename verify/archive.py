"""The pictures this desk has seen: what an incoming one is matched against."""

from __future__ import annotations

import msgspec
import numpy as np

from verify.matching.chance import expected_by_chance
from verify.matching.index import HashIndex
from verify.records import Chance, Examination, Fingerprint, Match, Orientation, ViewKind
from verify.store import cases, examinations, submissions
from verify.store.store import Row, Store

PDQ_VERSION = 1
# Below this quality a hash is neither matched nor trusted. Source: the PDQ reference
# (github.com/facebook/ThreatExchange, pdq/README), which advises to drop hashes under 50.
_LEAST_QUALITY = 50


class Archive:
    """Everything seen, as an index in memory that is filled from the store when first needed."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._filled: HashIndex | None = None
        # the store's own lock: with two locks, filling and recording could wait for each other
        self._lock = store.lock

    def remember(self, examination_id: int, exhibit_id: int, examination: Examination) -> None:
        """Match a new examination against what was there before, then add it to the archive.

        Inside the transaction that records the examination.
        """
        pdq = _matchable(examination)
        view = examinations.whole_view(self._store, exhibit_id)
        if pdq is None or view is None:
            return
        with self._lock:
            index = self._index()
            for found in index.search(pdq.orientations):
                other = examinations.exhibit_of_view(self._store, found.view_id)
                if other == exhibit_id or examinations.matched(self._store, view, found.view_id):
                    continue
                examinations.add_match(
                    self._store,
                    examination_id,
                    view,
                    found.view_id,
                    method="pdq",
                    orientation=found.orientation,
                    distance=found.distance,
                    chance=expected_by_chance("pdq", found.distance, len(index)),
                )
            index.remove([view])
            index.add(view, pdq.hash)

    def forget_index(self) -> None:
        """Fill the index anew when next needed, as after a transaction that came to nothing."""
        with self._lock:
            self._filled = None

    def look_up(self, sha256: str, examination: Examination) -> list[Match]:
        """What matches a file that is not kept: the same bytes first, then closest first."""
        same = submissions.exhibit_with(self._store, sha256)
        found = [] if same is None else [self._same_bytes(same, same)]
        pdq, index = _matchable(examination), self._index()
        for candidate in index.search(pdq.orientations) if pdq else ():
            other = examinations.exhibit_of_view(self._store, candidate.view_id)
            if other != same:
                found.append(
                    self._match(
                        method="pdq",
                        exhibit_id=0,
                        earlier_id=other,
                        orientation=candidate.orientation,
                        distance=candidate.distance,
                        chance=expected_by_chance("pdq", candidate.distance, len(index)),
                    )
                )
        return found

    def matches(self, exhibit_id: int, case_id: int) -> tuple[Match, ...]:
        """Other cases with the same bytes, then earlier pictures found alike, closest first."""
        same = [
            self._same_bytes(exhibit_id, exhibit_id, other)
            for other in submissions.cases_of(self._store, exhibit_id)
            if other != case_id
        ]
        return (*same, *map(self._stored, examinations.matches(self._store, exhibit_id)))

    def match(self, match_id: int) -> Match | None:
        """One match between kept pictures."""
        row = examinations.match(self._store, match_id)
        return self._stored(row) if row else None

    def _index(self) -> HashIndex:
        with self._lock:
            if self._filled is None:
                index = HashIndex()
                rows = examinations.hashes(self._store, "pdq", PDQ_VERSION, _LEAST_QUALITY)
                if rows:
                    ids = np.fromiter((row["view_id"] for row in rows), np.int64, len(rows))
                    packed = np.frombuffer(b"".join(row["hash"] for row in rows), np.uint8)
                    index.add_many(ids, packed.reshape(len(rows), 32))
                self._filled = index
            return self._filled

    def _same_bytes(self, exhibit_id: int, earlier_id: int, case_id: int | None = None) -> Match:
        return self._match(
            method="sha256",
            exhibit_id=exhibit_id,
            earlier_id=earlier_id,
            orientation=Orientation.ORIGINAL,
            distance=0,
            chance=expected_by_chance("sha256", 0, 1),
            case_id=case_id,
        )

    def _stored(self, row: Row) -> Match:
        match = self._match(
            method=row["method"],
            exhibit_id=row["exhibit_id"],
            earlier_id=row["earlier_exhibit_id"],
            orientation=Orientation(row["orientation"]),
            distance=row["distance"],
            chance=Chance(expected=row["expected"], bound=bool(row["bound"])),
        )
        return msgspec.structs.replace(match, id=row["id"])

    def _match(
        self,
        *,
        method: str,
        exhibit_id: int,
        earlier_id: int,
        orientation: Orientation,
        distance: int | None,
        chance: Chance,
        case_id: int | None = None,
    ) -> Match:
        """A match with what is known of the earlier picture now. id 0: not in the store."""
        earlier = submissions.exhibit(self._store, earlier_id)
        assert earlier is not None  # noqa: S101 - it was found in the archive
        case_id = case_id or submissions.cases_of(self._store, earlier_id)[0]
        claims = [
            claim
            for claim in cases.claims(self._store, case_id)
            if claim.exhibit_id in (None, earlier_id)
        ]
        return Match(
            id=0,
            method=method,
            exhibit_id=exhibit_id,
            earlier_exhibit_id=earlier_id,
            earlier_sha256=earlier.sha256,
            earlier_case_id=case_id,
            orientation=orientation,
            expected_by_chance=chance,
            first_seen=submissions.first_seen(self._store, earlier_id),
            distance=distance,
            earlier_claim=claims[0] if claims else None,
            earlier_from_chat=submissions.came_over(self._store, earlier_id, "telegram"),
        )


def _matchable(examination: Examination) -> Fingerprint | None:
    """The PDQ fingerprint of the whole picture, where it is good enough to match on."""
    for view in examination.views:
        for print_ in view.fingerprints if view.kind is ViewKind.WHOLE else ():
            if print_.algorithm == "pdq" and (print_.quality or 0) >= _LEAST_QUALITY:
                return print_
    return None
