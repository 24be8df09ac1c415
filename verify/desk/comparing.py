"""Comparisons made again wherever claims, sightings or matches of a picture changed.

A change marks the cases that it touches, in its own transaction. The case that somebody works on
is compared before they get their answer, the others behind them, in order; what a kill leaves is
taken up at the next start. Whoever reads a case that still waits gets what is right by now.
"""

from __future__ import annotations

import contextlib
import logging
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

from verify import comparisons
from verify.desk.archive import Archive
from verify.errors import VerifyError
from verify.reading.claimed import Reading, read_places, read_words
from verify.reading.places import places_in
from verify.records import Claim, Finding, Person, Role
from verify.store.casework import claims, quotes, sightings, stale
from verify.store.database.connection import Store
from verify.store.pictures import examinations, exhibits
from verify.store.pictures.examinations import Examined
from verify.store.search import finding_words

_ANYBODY = Person(id=0, name="", role=Role.VIEWER)  # what all who read a case may know
_MOST_BESIDE = 50  # files and claims of a case that tell where another of its claims means
_MOST_AT_CLOSE = 5.0  # seconds; the rest waits for the next start

Point = tuple[float, float]  # degrees, north and east

_log = logging.getLogger(__name__)


def read_claim(store: Store, claim: Claim) -> Reading:
    """What the words of a claim can mean; "yesterday" counts from when they were posted.

    Of several towns of one name, that near what else is known of the case is likelier: near the
    coordinates in the file, or a place that another claim plainly names.
    """
    posted = claims.posted_at(store, claim.id)
    return read_words(
        claim.text,
        posted.date() if posted else None,
        claim.recorded_at.date(),
        near=(*_recorded(store, claim), *_told(store, claim)),
    )


def _recorded(store: Store, claim: Claim) -> Iterator[Point]:
    """The coordinates in the files that a claim speaks of."""
    only = claim.exhibit_id
    for exhibit_id in [only] if only else exhibits.of_case(store, claim.case_id)[:_MOST_BESIDE]:
        examined = examinations.latest(store, exhibit_id)
        gps = examined.examination.metadata.gps if examined else None
        if not gps or not (gps.latitude or gps.longitude):
            continue
        if abs(gps.latitude) <= 90 and abs(gps.longitude) <= 180:
            yield gps.latitude, gps.longitude


def _told(store: Store, claim: Claim) -> Iterator[Point]:
    """The places that the other claims of its case name for certain, each by itself."""
    for other in claims.of_case(store, claim.case_id)[:_MOST_BESIDE]:
        if other.id == claim.id or other.text == claim.text:
            continue
        if other.place_stated:
            spot = claims.said(other).spot
        else:
            spot = read_places(places_in(other.text)).spot
        if spot.latitude is not None and spot.longitude is not None:
            yield spot.latitude, spot.longitude


class Comparing:
    """Keeps what the comparisons say in step with what they compare."""

    def __init__(self, store: Store, archive: Archive) -> None:
        self._store = store
        self._archive = archive
        self._background = ThreadPoolExecutor(1, "comparing")
        self._ends_at: float | None = None  # once the desk is closing

    def changed(self, case_id: int) -> None:
        """Note that what a case's pictures are compared with has changed, or is about to.

        Inside the transaction that changes it.
        """
        stale.mark_around(self._store, case_id)

    def around(self, case_id: int) -> set[int]:
        """The cases whose comparisons may speak of this case, and itself."""
        return {*stale.around(self._store, case_id)}

    def hidden(self, case_id: int) -> None:
        """Note it where fewer may see a case from now on: nothing quotes it meanwhile."""
        quotes.take_back(self._store, self.around(case_id), erase=False)

    def again(self, case_id: int) -> None:
        """Compare a case by the rules of today."""
        with self._store.transaction():
            stale.mark_case(self._store, case_id)
        self.settle(case_id)

    def settle(self, *case_ids: int) -> None:
        """Compare these cases now if they wait for it, and the others that do behind the caller.

        A disk that refuses leaves them waiting.
        """
        with contextlib.suppress(VerifyError):
            for case_id in case_ids:
                while (mark := stale.mark(self._store, case_id)) is not None:
                    self._case(case_id, mark)
            self.go_on()

    def go_on(self) -> None:
        """Compare what waits for it, behind the caller."""
        if stale.first_after(self._store, 0) is None:
            return
        with contextlib.suppress(RuntimeError):  # closing: the next start goes on with it
            self._background.submit(self._work_off)

    def close(self) -> None:
        """Work off what waits, for some seconds; the next start goes on with the rest."""
        self._ends_at = time.monotonic() + _MOST_AT_CLOSE
        self._background.shutdown(wait=True)

    def found(self, case_id: int, exhibit_id: int, examined: Examined) -> tuple[Finding, ...]:
        """What the comparisons say of an exhibit in a case, by what the store holds now."""
        if stale.mark(self._store, case_id) is not None:
            return self._compared(case_id, exhibit_id, examined)
        return examinations.comparison_findings(self._store, examined.id, case_id)

    # --- one after the other ------------------------------------------------------------------

    def _work_off(self) -> None:
        done = 0
        while waiting := stale.first_after(self._store, done):
            if self._ends_at is not None and time.monotonic() > self._ends_at:
                return
            done, case_id = waiting
            try:
                self._case(case_id, done)
            except VerifyError:  # the disk refuses: tried again with the next change
                return
            except Exception:  # what one case holds stops no other
                _log.exception("the comparisons of a case could not be made")

    def _case(self, case_id: int, mark: int) -> None:
        """Compare a case, and keep it unless what was read has changed meanwhile."""
        self._read_claims(case_id)
        made = [
            (exhibit_id, examined.id, self._compared(case_id, exhibit_id, examined))
            for exhibit_id, examined in self._examined(case_id)
        ]
        with self._store.transaction():
            if not stale.strike(self._store, mark):
                return
            for exhibit_id, number, now in made:
                if now != examinations.comparison_findings(self._store, number, case_id):
                    examinations.compared(
                        self._store, number, case_id, now, comparisons.COMPARISONS_VERSION
                    )
                    finding_words.index(self._store, exhibit_id)

    def _examined(self, case_id: int) -> Iterator[tuple[int, Examined]]:
        for exhibit_id in exhibits.of_case(self._store, case_id):
            if examined := examinations.latest(self._store, exhibit_id):
                yield exhibit_id, examined

    def _read_claims(self, case_id: int) -> None:
        """Read the date and place in the words of claims: those that these rules have not read,
        and those whose place may have become another by what else is known now.
        """
        unread = {claim.id: claim for claim in claims.unread(self._store, case_id)}
        again = {
            claim.id: claim
            for claim in claims.of_case(self._store, case_id)[:_MOST_BESIDE]
            if not claim.place_stated
        }
        for claim in (again | unread).values():
            read = read_claim(self._store, claim)
            said = claims.Said(read.date, read.place, counted_from=read.when.counted_from)
            if claim.id in unread or said.spot != claims.said(claim).spot:
                with self._store.transaction():
                    claims.keep_reading(self._store, claim.id, said)

    def _compared(self, case_id: int, exhibit_id: int, examined: Examined) -> tuple[Finding, ...]:
        seen = sightings.of_exhibit(self._store, case_id, exhibit_id)
        arrived = exhibits.exhibit(self._store, exhibit_id, case_id)
        if arrived is None or not seen:  # moved away meanwhile
            return ()
        return comparisons.run(
            comparisons.Circumstances(
                examination=examined.examination,
                received_at=min(sighting.received_at for sighting in seen),
                claims=tuple(
                    claim
                    for claim in claims.of_case(self._store, case_id)
                    if claim.exhibit_id in (None, exhibit_id)
                ),
                sightings=seen,
                matches=self._archive.matches(_ANYBODY, exhibit_id, case_id),
                filename=arrived.submission.filename,
            )
        )
