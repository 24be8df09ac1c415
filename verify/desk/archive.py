"""The pictures this desk has seen: what an incoming one is matched against."""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from verify.desk.earlier import (
    Found,
    first_of_copies,
    other_side,
    other_way,
    same_bytes,
    stored,
    told,
    told_each,
)
from verify.errors import NotFound
from verify.records import Examination, Footage, Match, Person, say
from verify.store.casework import sightings, visibility
from verify.store.database.connection import Store
from verify.store.pictures import (
    examinations,
    exhibits,
    matches,
    resemblances,
    search_copy,
    views,
)
from verify.store.pictures.matches import Correspondence, Kept
from verify.store.posts import shelves

if TYPE_CHECKING:
    from verify.desk.film_recall import FilmRecall
    from verify.desk.indexes import Indexes
    from verify.desk.recall import Recall, Recalled
    from verify.matching.points import Points


_TRIES = 2
Elsewhere = tuple[list[Correspondence], list[Correspondence]]
"""What another computer found: matches, and what looks alike."""


class _Search(NamedTuple):
    indexes: Indexes
    recall: Recall
    films: FilmRecall


class Archive:
    """Every match between kept pictures, as far as a person may see it."""

    def __init__(self, store: Store, home: Path, *, reading: bool = False) -> None:
        """home: where the index of local features is kept between runs; with `reading` nothing is
        written there."""
        self._store = store
        self._reading = reading
        self._home = home
        self._loading = threading.Lock()
        self._search: _Search | None = None

    @property
    def _indexes(self) -> Indexes:
        return self._loaded().indexes

    @property
    def _recall(self) -> Recall:
        return self._loaded().recall

    def _loaded(self) -> _Search:
        with self._loading:
            if self._search is None:
                # FAISS and OpenCV take long to load, and who only reads cases does without
                from verify.desk.film_recall import FilmRecall
                from verify.desk.indexes import Indexes
                from verify.desk.recall import Recall

                indexes = Indexes(self._store, self._home, reading=self._reading)
                self._search = _Search(
                    indexes, Recall(self._store, indexes), FilmRecall(self._store, indexes)
                )
            return self._search

    def prepare(self) -> None:
        """Begin to load what a search needs, before anybody asks or while the lab is busy."""
        self._indexes.prepare()

    def filled(self, seconds: float | None = None) -> tuple[int, int]:
        """Wait until everything can be found, or so long; gives how many views of how many can."""
        indexes = self._indexes
        indexes.wait(seconds)
        with indexes.lock:
            there, lacking = len(indexes.local()), indexes.lacking
        return there, there + lacking

    def lacking(self) -> int:
        """How many pictures cannot be found by their details yet."""
        indexes = self._indexes
        with indexes.lock:
            return indexes.lacking_pictures

    @contextmanager
    def examined(
        self, exhibit_id: int, examination: Examination
    ) -> Iterator[Callable[[int], None]]:
        """Match a new examination against what was there before, then add it.

        Gives what records the matches, to be called with the examination's id inside the
        transaction that records it. Nothing is added when the body raises.
        """
        with self._indexes.complete():
            found = self._recall.find(examination, leave_out=exhibit_id)
            yield lambda examination_id: self._record(examination_id, exhibit_id, found)
            self._add_to_indexes(exhibit_id, examination)

    @contextmanager
    def described(self, exhibit_id: int, examination: Examination) -> Iterator[None]:
        """Make a picture findable by a new examination, without a search for others. Nothing is
        added when the body, which records it, raises."""
        with self._indexes.complete():
            yield
            self._add_to_indexes(exhibit_id, examination)

    def like_of_a_case(self, examination: Examination) -> bool:
        """Whether a hash calls something in a case like what was examined."""
        return exhibits.stand_in_cases(self._store, self._recall.near(examination))

    def likely(self, hashes: Iterable[bytes], described: Iterable[Points]) -> set[int]:
        """The exhibits that may show what these are of: see `Recall.likely`."""
        return self._recall.likely(hashes, described)

    @contextmanager
    def compared(
        self,
        exhibit_id: int,
        examination: Examination,
        elsewhere: Elsewhere | None = None,
    ) -> Iterator[Callable[[int], set[int]]]:
        """Match a picture that was made findable before with what came earlier, and later.

        elsewhere: what another computer found among all that was here then, matches and what
        looks alike; what came since was held against this picture when it came.

        Gives what records the matches, to be called like that of `examined`; it returns the
        exhibits that came later.
        """
        with self._indexes.complete():
            if elsewhere is None:
                found = self._recall.find(examination, leave_out=exhibit_id)
            else:
                found = self._found_elsewhere(*elsewhere)
            yield lambda examination_id: self._record_both(examination_id, exhibit_id, found)
            later = (one.earlier_exhibit_id for one in found.matches)
            self._indexes.join([exhibit_id, *(one for one in later if one > exhibit_id)])

    def _found_elsewhere(
        self, found: list[Correspondence], alike: list[Correspondence]
    ) -> Recalled:
        from verify.desk.recall import Recalled

        return Recalled(self._still_there(found), self._still_there(alike))

    def _still_there(self, found: list[Correspondence]) -> list[Correspondence]:
        """Without what was wiped or described otherwise meanwhile, or never was."""
        known = views.known(self._store, (one.earlier_view_id for one in found))
        there = {(one.id, one.exhibit_id, one.view) for one in known.values()}
        return [
            one
            for one in found
            if (one.earlier_view_id, one.earlier_exhibit_id, one.earlier_view) in there
            or (
                not one.earlier_view_id
                and exhibits.exhibit(self._store, one.earlier_exhibit_id) is not None
            )
        ]

    def _record_both(self, examination_id: int, exhibit_id: int, found: Recalled) -> set[int]:
        for one in found.matches:
            other = one.earlier_exhibit_id
            if self._one_of_the_other(exhibit_id, other):
                continue
            if not matches.matched(self._store, exhibit_id, other):
                self._add(examination_id, exhibit_id, one)
        self._record_alike(exhibit_id, found.alike)
        found_in = {one.earlier_exhibit_id for one in found.matches}
        return {other for other in found_in if other > exhibit_id}

    def _add_to_indexes(self, exhibit_id: int, examination: Examination) -> None:
        try:
            self._indexes.add(exhibit_id, examination)
        except BaseException:
            self._indexes.empty()  # filled from the store when next needed
            raise

    def _record(self, examination_id: int, exhibit_id: int, found: Recalled) -> None:
        for one in found.matches:
            if self._one_of_the_other(exhibit_id, one.earlier_exhibit_id):
                continue
            if not matches.matched(self._store, exhibit_id, one.earlier_exhibit_id):
                matches.add(self._store, examination_id, exhibit_id, one)
        self._record_alike(exhibit_id, found.alike)

    def _record_alike(self, exhibit_id: int, found: list[Correspondence]) -> None:
        """Record what looks alike, as seen from the one that arrived later."""
        for one in found:
            other = one.earlier_exhibit_id
            if self._one_of_the_other(exhibit_id, other):
                continue
            if other < exhibit_id:
                resemblances.add(self._store, exhibit_id, one)
            else:
                resemblances.add(self._store, other, other_side(one, exhibit_id))

    @contextmanager
    def watched(
        self, exhibit_id: int, seen: Footage
    ) -> Iterator[tuple[Footage, Callable[[int], None]]]:
        """Match a film in all its length against what was there before, then add it.

        Gives what is to be kept of it, and what records the matches, to be called with the id of
        its latest examination inside the transaction that keeps it. Nothing is added when the
        body raises.
        """
        from verify.desk.indexes import kept_of_film  # it loads FAISS

        kept = kept_of_film(seen)
        with self._found_in_film(seen, exhibit_id) as found:
            yield kept, lambda examination_id: self._show(examination_id, exhibit_id, found)
            try:
                self._indexes.add_footage(exhibit_id, kept)
            except BaseException:
                self._indexes.empty()  # filled from the store when next needed
                raise

    @contextmanager
    def _found_in_film(self, seen: Footage, exhibit_id: int) -> Iterator[list[Correspondence]]:
        """What a film shows, of all that is there as long as the body runs.

        Others search and add meanwhile, since it takes long: then what they added is looked for
        too, at last while they wait.
        """
        indexes, films = self._indexes, self._loaded().films
        for _ in range(_TRIES):
            with indexes.complete():
                known = indexes.arrivals
            found = films.find(seen, exhibit_id)
            with indexes.complete():
                if indexes.arrivals == known:
                    yield found
                    return
        with indexes.complete():
            yield films.find(seen, exhibit_id)

    def _show(self, examination_id: int, exhibit_id: int, found: list[Correspondence]) -> None:
        """Record matches with what they show; those that are known stay, and show it from now on,
        from whichever side they are told."""
        for one in found:
            if exhibits.exhibit(self._store, one.earlier_exhibit_id) is None:
                continue  # wiped meanwhile
            if self._one_of_the_other(exhibit_id, one.earlier_exhibit_id):
                continue
            known = matches.between(self._store, exhibit_id, one.earlier_exhibit_id)
            if known is None:
                self._add(examination_id, exhibit_id, one)
            elif known.correspondence.exhibit_id == exhibit_id:
                matches.show(self._store, known.id, one.shown)
            else:
                matches.show(self._store, known.id, tuple(map(other_way, one.shown)))

    def _one_of_the_other(self, exhibit_id: int, other: int) -> bool:
        """Whether the desk took one of them out of the other: that is no find."""
        return other in sightings.taken_out_of(
            self._store, exhibit_id
        ) or exhibit_id in sightings.taken_out_of(self._store, other)

    def _add(self, examination_id: int, exhibit_id: int, found: Correspondence) -> None:
        """Record a match as one of the exhibit that arrived later."""
        other = found.earlier_exhibit_id
        if other < exhibit_id:
            matches.add(self._store, examination_id, exhibit_id, found)
        elif examined := examinations.latest(self._store, other):
            matches.add(self._store, examined.id, other, other_side(found, exhibit_id))

    def copy_to(self, folder: Path) -> None:
        """Put what a search needs into a folder, for computers that search beside this one: no
        words, no names, no originals. Raises Unavailable."""
        indexes = self._indexes
        indexes.wait()
        indexes.save()
        search_copy.write(self._store, folder, indexes.saved_beside())

    def close(self) -> None:
        """Keep what was derived for the next start."""
        if self._search:
            self._search.indexes.close()

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

    def look_up(
        self, person: Person, sha256: str, examination: Examination, footage: Footage | None
    ) -> tuple[list[Match], list[Match]]:
        """What matches a file that is not kept: the same bytes first, then closest first, among
        what can be found by now; and what only looks alike.

        footage: of a film, in all its length.
        """
        same = exhibits.with_bytes(self._store, sha256)
        found = self._recall.find(examination, same)
        both = {one.earlier_exhibit_id: one for one in found.matches}
        if footage:
            for one in self._loaded().films.find(footage, same):
                both[one.earlier_exhibit_id] = one
        matching = told(self._store, person, map(Found, both.values()))
        alike = told(self._store, person, map(Found, found.alike))
        if same is not None:
            matching = (*told(self._store, person, [same_bytes(same, same)]), *matching)
        return [*matching], [*alike]

    def alike(self, person: Person, exhibit_id: int) -> tuple[Match, ...]:
        """What came earlier and looks alike wherever the two overlap, which is too little for a
        match. Only what this person may see."""
        return told(self._store, person, map(Found, resemblances.earlier(self._store, exhibit_id)))

    def matches(self, person: Person, exhibit_id: int, case_id: int) -> tuple[Match, ...]:
        """Other cases with the same bytes, then earlier pictures found alike, closest first.

        Only what this person may see, and without what somebody called not the same.
        """
        place = case_id, exhibit_id
        return first_of_copies(self._store, person, self.matches_of(person, [place])[place])

    def matches_of(
        self, person: Person, places: Collection[tuple[int, int]]
    ) -> dict[tuple[int, int], tuple[Match, ...]]:
        """The same for many exhibits in their cases, by case and exhibit."""
        ids = {exhibit_id for _, exhibit_id in places}
        cases = exhibits.seen_in(self._store, person, ids)
        found: dict[int, list[Found]] = {}
        for one in _shown(matches.earlier(self._store, *ids)):
            found.setdefault(one.correspondence.exhibit_id, []).append(one)
        for one in self._older(ids):
            found.setdefault(one.correspondence.exhibit_id, []).append(one)
        same = {
            (case_id, exhibit_id): [
                same_bytes(exhibit_id, exhibit_id, other)
                for other in cases.get(exhibit_id, ())
                if other != case_id
            ]
            for case_id, exhibit_id in places
        }
        every = {place: [*same[place], *found.get(place[1], ())] for place in places}
        return told_each(self._store, person, every)

    def later(self, person: Person, exhibit_id: int) -> tuple[Match, ...]:
        """What came after a picture and was found to show it: the matches from the other side.

        Only what this person may see, and without what somebody called not the same.
        """
        later = _shown(matches.later(self._store, exhibit_id))
        older = self._seen_first(later)
        left = [one for one in later if one.correspondence not in older]
        return told(self._store, person, left)

    def _older(self, ids: Collection[int]) -> list[Found]:
        """What came later, and was posted before or is in the archive alone: a post is as old as
        it is, and not as its arrival."""
        later = _shown(matches.later(self._store, *ids))
        older = self._seen_first(later)
        return [_turned(one) for one in later if one.correspondence in older]

    def _seen_first(self, found: Collection[Found]) -> list[Correspondence]:
        """Those whose later picture is told as the earlier one."""
        lie = [one.correspondence for one in found]
        archived = shelves.holding(self._store, (one.exhibit_id for one in lie))
        both = {id_ for one in lie for id_ in (one.exhibit_id, one.earlier_exhibit_id)}
        at = sightings.first_times(self._store, both)
        return [
            one
            for one in lie
            if one.exhibit_id in archived
            or at.get(one.exhibit_id, "~") < at.get(one.earlier_exhibit_id, "")
        ]

    def whom_to_ask(self, person: Person, exhibit_id: int, case_id: int) -> tuple[str, ...]:
        """Who can tell about cases that this person may not open, where this picture was seen."""
        ids = {
            one.correspondence.earlier_exhibit_id
            for one in matches.earlier(self._store, exhibit_id)
        }
        others = {*exhibits.all_cases_of(self._store, exhibit_id, *ids)} - {case_id}
        others = {one for one in others if one > 0}  # nobody asks for a confidential import
        names = visibility.whom_to_ask(self._store, person, others)
        if person.among_others:  # the name is for the desk, not for whoever reads along
            return ("",) if names else ()
        return tuple(sorted(names))

    def match(self, person: Person, match_id: int) -> Match | None:
        """One match between kept pictures, if this person may see both."""
        kept = matches.match(self._store, match_id)
        found = [stored(kept)] if kept else []
        if self._seen_first(found):
            found = [_turned(one) for one in found]
        return next(iter(told(self._store, person, found)), None)

    def known_match(self, person: Person, match_id: int) -> Match:
        """One match, if this person may see both pictures. Raises NotFound."""
        found = self.match(person, match_id)
        if found is None:
            raise NotFound(say("There is no such match."))
        return found


def _turned(found: Found) -> Found:
    """A match told of the earlier picture, with the later one as what was found."""
    turned = other_side(found.correspondence, found.correspondence.exhibit_id)
    own = found.correspondence.earlier_exhibit_id
    return replace(found, correspondence=replace(turned, exhibit_id=own))


def _shown(kept: list[Kept]) -> list[Found]:
    return [stored(one) for one in kept if one.same is not False]
