"""The pictures this desk has seen: what an incoming one is matched against."""

from __future__ import annotations

import msgspec
import numpy as np

from verify.matching.chance import expected_by_chance
from verify.matching.index import HashIndex
from verify.records import (
    Chance,
    Examination,
    Fingerprint,
    Match,
    Orientation,
    Person,
    ViewKind,
)
from verify.store import cases, examinations, submissions, visibility
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

    def look_up(self, person: Person, sha256: str, examination: Examination) -> list[Match]:
        """What matches a file that is not kept: the same bytes first, then closest first."""
        same = submissions.exhibit_with(self._store, sha256)
        found = [] if same is None else [self._same_bytes(person, same, same)]
        pdq, index = _matchable(examination), self._index()
        for candidate in index.search(pdq.orientations) if pdq else ():
            other = examinations.exhibit_of_view(self._store, candidate.view_id)
            if other != same:
                found.append(
                    self._match(
                        person,
                        method="pdq",
                        exhibit_id=0,
                        earlier_id=other,
                        orientation=candidate.orientation,
                        distance=candidate.distance,
                        chance=expected_by_chance("pdq", candidate.distance, len(index)),
                    )
                )
        return [match for match in found if match]

    def matches(self, person: Person, exhibit_id: int, case_id: int) -> tuple[Match, ...]:
        """Other cases with the same bytes, then earlier pictures found alike, closest first.

        Only what this person may see.
        """
        same = [
            self._same_bytes(person, exhibit_id, exhibit_id, other)
            for other in submissions.cases_of(self._store, person, exhibit_id)
            if other != case_id
        ]
        alike = [self._stored(person, row) for row in examinations.matches(self._store, exhibit_id)]
        return tuple(match for match in (*same, *alike) if match)

    def whom_to_ask(self, person: Person, exhibit_id: int, case_id: int) -> tuple[str, ...]:
        """Who can tell about cases that this person may not open, where this picture was seen."""
        ids = {row["earlier_exhibit_id"] for row in examinations.matches(self._store, exhibit_id)}
        closed = {
            case
            for exhibit in {exhibit_id, *ids}
            for case in submissions.all_cases_of(self._store, exhibit)
            if case != case_id and not visibility.sees(self._store, person, case)
        }
        return tuple(sorted({visibility.whom_to_ask(self._store, case) for case in closed}))

    def match(self, person: Person, match_id: int) -> Match | None:
        """One match between kept pictures, if this person may see both."""
        row = examinations.match(self._store, match_id)
        if row is None or not submissions.cases_of(self._store, person, row["exhibit_id"]):
            return None
        return self._stored(person, row)

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

    def _same_bytes(
        self, person: Person, exhibit_id: int, earlier_id: int, case_id: int | None = None
    ) -> Match | None:
        return self._match(
            person,
            method="sha256",
            exhibit_id=exhibit_id,
            earlier_id=earlier_id,
            orientation=Orientation.ORIGINAL,
            distance=0,
            chance=expected_by_chance("sha256", 0, 1),
            case_id=case_id,
        )

    def _stored(self, person: Person, row: Row) -> Match | None:
        match = self._match(
            person,
            method=row["method"],
            exhibit_id=row["exhibit_id"],
            earlier_id=row["earlier_exhibit_id"],
            orientation=Orientation(row["orientation"]),
            distance=row["distance"],
            chance=Chance(expected=row["expected"], bound=bool(row["bound"])),
        )
        return msgspec.structs.replace(match, id=row["id"]) if match else None

    def _match(
        self,
        person: Person,
        *,
        method: str,
        exhibit_id: int,
        earlier_id: int,
        orientation: Orientation,
        distance: int | None,
        chance: Chance,
        case_id: int | None = None,
    ) -> Match | None:
        """A match with what is known of the earlier picture now. id 0: not in the store.

        None when the earlier picture stands only in cases that this person may not see.
        """
        seen_in = submissions.cases_of(self._store, person, earlier_id)
        earlier = submissions.exhibit(self._store, earlier_id)
        if earlier is None or not seen_in:
            return None
        case_id = case_id or seen_in[0]
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
            first_seen=submissions.first_seen(self._store, person, earlier_id),
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
