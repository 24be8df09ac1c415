"""Comparisons made again wherever claims, sightings or matches of a picture changed.

A change marks the cases that it touches, in its own transaction. The case that somebody works on
is compared before they get their answer, the others behind them, in order; what a kill leaves is
taken up at the next start. Whoever reads a case that still waits gets what is right by now.
"""

from __future__ import annotations

import contextlib
import logging
import time
from concurrent.futures import ThreadPoolExecutor

from verify import comparisons
from verify.desk.archive import Archive
from verify.desk.circumstances import Place, gathered
from verify.desk.standing_watch import StandingWatch
from verify.desk.understanding import read_again
from verify.errors import VerifyError
from verify.records import Finding
from verify.store.casework import claims, quotes, stale
from verify.store.database.connection import Store
from verify.store.pictures import examinations, exhibits
from verify.store.pictures.examinations import Examined
from verify.store.search import finding_words

_MOST_AT_CLOSE = 5.0  # seconds; the rest waits for the next start
_AT_ONCE = 50  # cases, and exhibits of them, that are compared together

_log = logging.getLogger(__name__)


class Comparing:
    """Keeps what the comparisons say in step with what they compare."""

    def __init__(self, store: Store, archive: Archive) -> None:
        self._store = store
        self._archive = archive
        self._watch = StandingWatch(store, archive)
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

    def again(self, *case_ids: int) -> None:
        """Compare cases by the rules of today. Raises Unavailable when the disk refuses."""
        with self._store.transaction():
            for case_id in case_ids:
                stale.mark_case(self._store, case_id)
        self._each(stale.marks(self._store, case_ids))
        self.go_on()

    def settle(self, *case_ids: int) -> None:
        """Compare these cases now if they wait for it, and the others that do behind the caller.

        A disk that refuses leaves them waiting.
        """
        with contextlib.suppress(VerifyError):
            while marks := stale.marks(self._store, case_ids):
                self._compare(marks)
            self.go_on()

    def go_on(self) -> None:
        """Compare what waits for it, behind the caller."""
        if not stale.first_after(self._store, 0, 1):
            return
        with contextlib.suppress(RuntimeError):  # closing: the next start goes on with it
            self._background.submit(self._work_off)

    def close(self) -> None:
        """Work off what waits, for some seconds; the next start goes on with the rest."""
        self._ends_at = time.monotonic() + _MOST_AT_CLOSE
        self._background.shutdown(wait=True)

    def found(self, case_id: int, exhibit_id: int, examined: Examined) -> tuple[Finding, ...]:
        """What the comparisons say of an exhibit in a case, by what the store holds now."""
        if stale.marks(self._store, [case_id]):
            place = case_id, exhibit_id
            _, now = self._found([place]).get(place, (0, ()))
            return now
        said = examinations.comparison_findings(self._store, [(examined.id, case_id)])
        return said.get((examined.id, case_id), ())

    # --- one after the other ------------------------------------------------------------------

    def _work_off(self) -> None:
        done = 0
        while waiting := stale.first_after(self._store, done, _AT_ONCE):
            if self._ends_at is not None and time.monotonic() > self._ends_at:
                return
            done = max(waiting.values())
            try:
                self._each(waiting)
            except VerifyError:  # the disk refuses: tried again with the next change
                return

    def _each(self, marks: dict[int, int]) -> None:
        """Compare cases together; one by one where that fails, for one stops no other."""
        try:
            self._compare(marks)
        except VerifyError:
            raise
        except Exception:
            if len(marks) == 1:
                _log.exception("the comparisons of a case could not be made")
                return
            for case_id, mark in marks.items():
                self._each({case_id: mark})

    def _compare(self, marks: dict[int, int]) -> None:
        """Compare the cases that have these marks, and keep it for each of which nothing that
        was read has changed meanwhile.
        """
        # what rules of a new version read otherwise is nobody's news
        renewed = {claim.case_id for claim in claims.unread(self._store, marks)}
        read_again(self._store, marks)
        places = [
            (case_id, exhibit_id)
            for case_id, held in exhibits.of_cases(self._store, marks).items()
            for exhibit_id in held
        ]
        made: dict[Place, tuple[int, tuple[Finding, ...]]] = {}
        for first in range(0, len(places), _AT_ONCE):
            made |= self._found(places[first : first + _AT_ONCE])
        against = self._watch.against({place: said for place, (_, said) in made.items()})
        with self._store.transaction():
            struck = stale.strike(self._store, marks.values())
            news = (one for one in against if one.verdict.case_id in struck - renewed)
            self._watch.tell(news)
            said = {
                (number, case_id): findings
                for (case_id, _), (number, findings) in made.items()
                if case_id in struck
            }
            changed = examinations.compared(self._store, said, comparisons.COMPARISONS_VERSION)
            finding_words.index(
                self._store,
                *(
                    exhibit_id
                    for (case_id, exhibit_id), (number, _) in made.items()
                    if (number, case_id) in changed
                ),
            )

    def _found(self, places: list[Place]) -> dict[Place, tuple[int, tuple[Finding, ...]]]:
        """The number of the latest examination, and what the comparisons say of it."""
        examined = examinations.bare_of(self._store, (exhibit_id for _, exhibit_id in places))
        seen = {place: examined[place[1]] for place in places if place[1] in examined}
        known = gathered(
            self._store, self._archive, {place: one.examination for place, one in seen.items()}
        )
        return {
            place: (one.id, comparisons.run(known[place]) if place in known else ())
            for place, one in seen.items()
        }
