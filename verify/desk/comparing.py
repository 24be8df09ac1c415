"""Comparisons made again wherever claims, sightings or matches of a picture changed."""

from __future__ import annotations

from collections.abc import Iterable

from verify import comparisons
from verify.desk.archive import Archive
from verify.reading.claims import Reading, read_words
from verify.records import Claim, Person, Role, Sighting
from verify.store import claims, examinations, exhibits, findings, matches, sightings
from verify.store.examinations import Examined
from verify.store.store import Store

_ANYBODY = Person(id=0, name="", role=Role.VIEWER)  # what all who read a case may know


def read_claim(store: Store, claim: Claim) -> Reading:
    """What the words of a claim can mean; "yesterday" counts from when they were posted."""
    posted = claims.posted_at(store, claim.id)
    return read_words(claim.text, posted.date() if posted else None, claim.recorded_at.date())


class Comparing:
    """Keeps what the comparisons say in step with what they compare."""

    def __init__(self, store: Store, archive: Archive) -> None:
        self._store = store
        self._archive = archive

    def around(self, case_id: int) -> None:
        """Compare again wherever the pictures of a case, or pictures like them, stand."""
        self.cases({case_id, *self.alike(case_id)})

    def alike(self, case_id: int) -> set[int]:
        """The cases in which the pictures of a case, or pictures like them, stand."""
        return {
            case
            for exhibit_id in exhibits.of_case(self._store, case_id)
            for alike in (exhibit_id, *matches.alike(self._store, exhibit_id))
            for case in exhibits.all_cases_of(self._store, alike)
        }

    def cases(self, case_ids: Iterable[int]) -> None:
        """Compare every examined exhibit of these cases again."""
        for case_id in sorted(case_ids):
            self._case(case_id)

    def _case(self, case_id: int) -> None:
        self._read_claims(case_id)
        case_claims = claims.of_case(self._store, case_id)
        case_sightings = sightings.of_case(self._store, case_id)
        for exhibit_id in exhibits.of_case(self._store, case_id):
            if examined := examinations.latest(self._store, exhibit_id):
                about = tuple(c for c in case_claims if c.exhibit_id in (None, exhibit_id))
                seen = tuple(s for s in case_sightings if s.exhibit_id == exhibit_id)
                self._exhibit(case_id, exhibit_id, examined, about, seen)

    def _read_claims(self, case_id: int) -> None:
        """Read the date and place in the words of claims that these rules have not read."""
        for claim in claims.unread(self._store, case_id):
            read = read_claim(self._store, claim)
            said = claims.Said(read.date, read.place, counted_from=read.when.counted_from)
            with self._store.transaction():
                claims.keep_reading(self._store, claim.id, said)

    def _exhibit(
        self,
        case_id: int,
        exhibit_id: int,
        examined: Examined,
        about: tuple[Claim, ...],
        seen: tuple[Sighting, ...],
    ) -> None:
        arrived = exhibits.known(self._store, exhibit_id, case_id).submission
        compared = comparisons.run(
            comparisons.Circumstances(
                examination=examined.examination,
                received_at=min(sighting.received_at for sighting in seen),
                claims=about,
                sightings=seen,
                matches=self._archive.matches(_ANYBODY, exhibit_id, case_id),
                filename=arrived.filename,
            )
        )
        if compared == examinations.comparison_findings(self._store, examined.id, case_id):
            return
        with self._store.transaction():
            examinations.compared(
                self._store, examined.id, case_id, compared, comparisons.COMPARISONS_VERSION
            )
            findings.index(self._store, exhibit_id)
