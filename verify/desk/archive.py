"""The pictures this desk has seen: what an incoming one is matched against."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from verify.desk.earlier import Found, same_bytes, stored, told
from verify.errors import NotFound
from verify.records import Examination, Match, Person, say
from verify.store.casework import visibility
from verify.store.database.connection import Store
from verify.store.pictures import exhibits, matches
from verify.store.pictures.matches import Correspondence, Kept

if TYPE_CHECKING:
    from verify.desk.indexes import Indexes
    from verify.desk.recall import Recall


class Archive:
    """Every match between kept pictures, as far as a person may see it."""

    def __init__(self, store: Store, home: Path) -> None:
        """home: where the index of local features is kept between runs."""
        self._store = store
        self._home = home
        self._loading = threading.Lock()
        self._search: tuple[Indexes, Recall] | None = None

    @property
    def _indexes(self) -> Indexes:
        return self._loaded()[0]

    @property
    def _recall(self) -> Recall:
        return self._loaded()[1]

    def _loaded(self) -> tuple[Indexes, Recall]:
        with self._loading:
            if self._search is None:
                # FAISS and OpenCV take long to load, and who only reads cases does without
                from verify.desk.indexes import Indexes
                from verify.desk.recall import Recall

                indexes = Indexes(self._store, self._home)
                self._search = indexes, Recall(self._store, indexes)
            return self._search

    def prepare(self) -> None:
        """Begin to load what a search needs, before anybody asks or while the lab is busy."""
        self._indexes.prepare()

    @contextmanager
    def examined(
        self, exhibit_id: int, examination: Examination
    ) -> Iterator[Callable[[int], None]]:
        """Match a new examination against what was there before, then add it.

        Gives what records the matches, to be called with the examination's id inside the
        transaction that records it. Nothing is added when the body raises.
        """
        with self._indexes.lock:
            found = self._recall.find(examination, leave_out=exhibit_id)
            yield lambda examination_id: self._record(examination_id, exhibit_id, found)
            try:
                self._indexes.add(exhibit_id, examination)
            except BaseException:
                self._indexes.empty()  # filled from the store when next needed
                raise

    def _record(self, examination_id: int, exhibit_id: int, found: list[Correspondence]) -> None:
        for one in found:
            if not matches.matched(self._store, exhibit_id, one.earlier_exhibit_id):
                matches.add(self._store, examination_id, exhibit_id, one)

    def close(self) -> None:
        """Keep what was derived for the next start."""
        if self._search:
            self._search[0].close()

    def damaged(self) -> bool:
        """Whether what was kept for the next start cannot be read."""
        return self._indexes.damaged()

    @contextmanager
    def losing(self) -> Iterator[None]:
        """While the body takes pictures out of the store nobody searches."""
        with self._indexes.losing():
            yield

    def forget_gone(self) -> None:
        """Leave nothing of pictures that are in the store no longer in what is derived."""
        self._indexes.forget_gone()

    def rebuild(self) -> None:
        """Make what is derived in memory and beside the store again."""
        self._indexes.rebuild()

    def look_up(self, person: Person, sha256: str, examination: Examination) -> list[Match]:
        """What matches a file that is not kept: the same bytes first, then closest first."""
        same = exhibits.with_bytes(self._store, sha256)
        found = [Found(one) for one in self._recall.find(examination, same)]
        alike = told(self._store, person, found)
        if same is None:
            return [*alike]
        return [*told(self._store, person, [same_bytes(same, same)]), *alike]

    def matches(self, person: Person, exhibit_id: int, case_id: int) -> tuple[Match, ...]:
        """Other cases with the same bytes, then earlier pictures found alike, closest first.

        Only what this person may see, and without what somebody called not the same.
        """
        same = [
            same_bytes(exhibit_id, exhibit_id, other)
            for other in exhibits.cases_of(self._store, person, exhibit_id)
            if other != case_id
        ]
        return told(self._store, person, [*same, *_shown(matches.earlier(self._store, exhibit_id))])

    def later(self, person: Person, exhibit_id: int) -> tuple[Match, ...]:
        """What came after a picture and was found to show it: the matches from the other side.

        Only what this person may see, and without what somebody called not the same.
        """
        return told(self._store, person, _shown(matches.later(self._store, exhibit_id)))

    def whom_to_ask(self, person: Person, exhibit_id: int, case_id: int) -> tuple[str, ...]:
        """Who can tell about cases that this person may not open, where this picture was seen."""
        ids = {
            one.correspondence.earlier_exhibit_id
            for one in matches.earlier(self._store, exhibit_id)
        }
        others = {*exhibits.all_cases_of(self._store, exhibit_id, *ids)} - {case_id}
        names = visibility.whom_to_ask(self._store, person, others)
        if person.among_others:  # the name is for the desk, not for whoever reads along
            return ("",) if names else ()
        return tuple(sorted(names))

    def match(self, person: Person, match_id: int) -> Match | None:
        """One match between kept pictures, if this person may see both."""
        kept = matches.match(self._store, match_id)
        found = [kept] if kept else []
        return next(iter(told(self._store, person, [stored(one) for one in found])), None)

    def known_match(self, person: Person, match_id: int) -> Match:
        """One match, if this person may see both pictures. Raises NotFound."""
        found = self.match(person, match_id)
        if found is None:
            raise NotFound(say("There is no such match."))
        return found


def _shown(kept: list[Kept]) -> list[Found]:
    return [stored(one) for one in kept if one.same is not False]
