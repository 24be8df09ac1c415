"""Packs: what others checked and published, or told this desk that they look at, held against what
comes and against what is here.

A pack is added from a file, offline, and counts until it expires, is removed or is withdrawn by
its publisher. A hit says that others checked what an exhibit shows: it is no match, no exhibit,
and nothing that this desk concluded.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from verify.comparisons.checked_elsewhere import told
from verify.desk.behind import Behind
from verify.desk.comparing import Comparing
from verify.desk.permissions import require
from verify.desk.precedence import Precedence
from verify.errors import BadInput, NotFound
from verify.folding import looks_like
from verify.lab import LAB_VERSION
from verify.records import (
    CalendarDate,
    CheckedElsewhere,
    Examination,
    Pack,
    Person,
    Role,
    Sentence,
    say,
)
from verify.store.care import withheld
from verify.store.casework import notices, stale
from verify.store.database.connection import now
from verify.store.folder.home import Home, working
from verify.store.keeping import custody
from verify.store.packs import file, kept
from verify.store.packs.file import Read
from verify.store.packs.kept import Hit
from verify.store.pictures import exhibits, features

if TYPE_CHECKING:  # it loads FAISS, and most desks have no pack
    from verify.desk.pack_recall import PackRecall

_AT_ONCE = 200  # entries that are kept in one transaction
_STEP = 20  # exhibits


@dataclass(frozen=True)
class Added:
    """A pack that was added. first: whether it is the first of its publisher. replaced: the packs
    that it withdrew here. lessened: those of which it withdrew entries, as they are now."""

    pack: Pack
    first: bool
    replaced: tuple[Pack, ...]
    lessened: tuple[Pack, ...] = ()


def _day(at: datetime) -> CalendarDate:
    return CalendarDate(at.date().isoformat())


class Packs:
    """Keeps packs, and what they say of exhibits."""

    def __init__(
        self, home: Home, comparing: Comparing, precedence: Precedence, *, reading: bool = False
    ) -> None:
        self._store = home.store
        self._folder = home.folder
        self._comparing = comparing
        self._precedence = precedence
        self._reading = reading
        self._behind = Behind("packs", self._turn, precedence)
        self._ready = False
        self._at_once = threading.Lock()
        self._changing = threading.Lock()
        self._loading = threading.Lock()
        self._loaded: tuple[tuple[int, ...], PackRecall] | None = None

    # --- adding and removing ------------------------------------------------------------------

    def add(
        self, person: Person, path: Path, name: str, secret: str = ""
    ) -> Generator[tuple[int, int] | Added, None, None]:
        """Add a pack: how many bytes of how many are kept, and last what came of it. What is here
        is held against it behind the caller.

        name: of the file, as people named it. secret: the age key that opens it, where it is
        encrypted. Raises BadInput, with nothing kept.
        """
        require(person, Role.EDITOR)
        within = working(self._folder)
        with self._changing, file.opened(path, name, secret, within) as pack:
            self._clear_unfinished()
            first = self._demand_wanted(pack)
            with self._store.transaction():
                number = kept.begin(self._store, pack.header, pack.key, pack.digest)
            try:
                yield from self._take(number, pack)
                self._index(number)
                added = self._end(person, number, pack, first)
            except BaseException:
                self._clear_unfinished()
                raise
            self._clear_unfinished()
            for one in added.lessened:  # their index still has what was withdrawn
                if one.entries:
                    self._index(one.number)
            with self._loading:
                self._loaded = None
        self._comparing.go_on()
        yield added

    def _end(self, person: Person, number: int, pack: file.Opened, first: bool) -> Added:
        """Have a pack count that is here, and what it withdraws no longer."""
        with self._store.transaction():
            kept.end(self._store, number)
            gone = kept.withdraw(self._store, pack.key, pack.header.withdraws)
            packs, named = kept.take_back(self._store, pack.key, pack.header.withdraws)
            for exhibit_id in named:
                stale.mark_exhibit(self._store, exhibit_id)
            every = {one.number: one for one in kept.every(self._store)}
            less = [every[one] for one in packs if one in every]
            for one in (every[number], *less):
                if not one.entries:  # it does nothing but withdraw, or is withdrawn by now
                    self._forget(one.number)
            for one in gone:
                self._forget(one.number)
            custody.append(self._store, "pack added", person.id, pack=pack.digest)
        return Added(every[number], first, tuple(gone), tuple(less))

    def remove(self, person: Person, number: int) -> Pack:
        """Have a pack count no more, with all that it says of exhibits; `clear` takes its entries
        out. Raises NotFound."""
        require(person, Role.EDITOR)
        with self._changing, self._store.transaction():
            known = {one.number: one for one in kept.every(self._store)}
            if number not in known:
                raise NotFound(say("There is no pack {number}.", number=number))
            self._forget(number)
            digest = known[number].digest
            custody.append(self._store, "pack removed", person.id, pack=digest)
        self._comparing.go_on()
        return known[number]

    def clear(self) -> Generator[None, None, None]:
        """Take out what of packs counts no more; one step some entries. What is left undone, the
        next start does."""
        with self._changing:
            yield from self._cleared()

    def every(self, person: Person) -> list[Pack]:
        """The packs that are here, those that expired too."""
        require(person, Role.VIEWER)
        return kept.every(self._store)

    def _demand_wanted(self, pack: file.Opened) -> bool:
        """Whether this is the first pack of its publisher. Raises BadInput."""
        header = pack.header
        if header.expires_at <= now():
            raise BadInput(say("This pack expired on {day}.", day=_day(header.expires_at)))
        if kept.is_withdrawn(self._store, pack.key, pack.digest):
            raise BadInput(say("Its publisher withdrew this pack."))
        known = kept.every(self._store)
        if any(one.digest == pack.digest for one in known):
            raise BadInput(say("This pack is here already."))
        named = looks_like(header.publisher)
        theirs = {one.key for one in known if looks_like(one.publisher) == named}
        if theirs - {pack.key}:
            raise BadInput(
                say(
                    "This pack says that it is by {publisher}, but another key signed it than those"
                    " of {publisher} here: {key}. Ask {publisher}; if the key is right, remove"
                    " their earlier packs first.",
                    publisher=header.publisher,
                    key=pack.key,
                )
            )
        return not any(one.key == pack.key and looks_like(one.publisher) == named for one in known)

    def _take(self, number: int, pack: file.Opened) -> Iterator[tuple[int, int]]:
        waiting: list[Read] = []
        for entry in pack.entries():
            waiting.append(entry)
            if len(waiting) == _AT_ONCE:
                self._put(number, pack.key, waiting)
                waiting = []
                yield pack.progress
        self._put(number, pack.key, waiting)

    def _put(self, number: int, key: str, several: list[Read]) -> None:
        self._precedence.give_way()
        with self._store.transaction():
            kept.add(self._store, number, key, several)

    def _index(self, number: int) -> None:
        from verify.desk.pack_recall import build  # it loads FAISS

        build(self._store, self._folder, number)

    def _clear_unfinished(self) -> None:
        """Take out what does not count, under `_changing`: a kill leaves it to the next one."""
        for _ in self._cleared():
            pass

    def _cleared(self) -> Iterator[None]:
        for number in kept.unfinished(self._store):
            more = True
            while more:
                self._precedence.give_way()
                with self._store.transaction():
                    more = kept.remove(self._store, number)
                yield
            self._drop(number)

    def _forget(self, number: int) -> None:
        for exhibit_id in kept.named(self._store, number):
            stale.mark_exhibit(self._store, exhibit_id)
        kept.retire(self._store, number)

    def _drop(self, number: int) -> None:
        for path in self._folder.glob(f"pack-{number}-*.index"):
            with contextlib.suppress(OSError):  # in use on some systems
                path.unlink(missing_ok=True)

    # --- what they say ------------------------------------------------------------------------

    def find(self, seen: Examination) -> dict[int, Hit]:
        """What shows the same as an examined picture or film, by the numbers of entries."""
        recall = self._recall()
        return recall.find(seen) if recall else {}

    def look_up(self, seen: Examination) -> tuple[CheckedElsewhere, ...]:
        """What packs say of a file that is not kept."""
        return kept.told(self._store, self.find(seen))

    def record(self, exhibit_id: int, found: dict[int, Hit]) -> None:
        """Keep what was found for an exhibit as it was examined. Inside the transaction that
        records that."""
        standing = kept.standing(self._store)
        if standing and kept.looked(self._store, exhibit_id, standing[-1], found):
            stale.mark_exhibit(self._store, exhibit_id)

    def begin_looking(self) -> None:
        """Hold what there is against new packs, beside everything else, from now on."""
        self._behind.begin()

    def look_through(self) -> Iterator[None]:
        """Hold all that waits for it against the packs now; one step some exhibits."""
        while self._step():
            yield

    def close(self) -> None:
        """End after the exhibit under way; the next start goes on from there."""
        self._behind.close()

    def _recall(self) -> PackRecall | None:
        standing = tuple(kept.standing(self._store))
        if not standing:
            return None
        from verify.desk.pack_recall import of_packs

        with self._loading:
            if self._loaded is None or self._loaded[0] != standing:
                made = of_packs(self._store, self._folder, standing, reading=self._reading)
                self._loaded = standing, made
            return self._loaded[1]

    def _turn(self) -> bool:
        """A step, and before it what each asks for; False where there is none left."""
        if not self._ready:
            with self._changing:
                self._clear_unfinished()
            self._recall()  # or the first search would load it
            self._ready = True
        self._expire()
        return self._step()

    def _expire(self) -> None:
        """Have said no more what packs say that expired; they stay in the list."""
        if gone := kept.expired(self._store):
            with self._store.transaction():
                for exhibit_id in gone:
                    stale.mark_exhibit(self._store, exhibit_id)
                kept.forget_expired(self._store)
            self._comparing.go_on()

    def _step(self) -> bool:
        """Hold some exhibits against the packs; False where there is none left."""
        with self._at_once:
            waiting = kept.unlooked(self._store, _STEP)
            for exhibit_id in waiting:
                if self._behind.ended:
                    return False
                self._precedence.give_way()
                self._hold(exhibit_id)
        if waiting:
            self._comparing.go_on()
        return bool(waiting)

    def _hold(self, exhibit_id: int) -> None:
        """Hold what was here before against packs, by what is kept of it, and tell of it once."""
        standing = kept.standing(self._store)
        if not standing:
            return
        found = self.find(self._kept(exhibit_id))
        with self._store.transaction():
            if exhibits.exhibit(self._store, exhibit_id) is None:  # wiped meanwhile
                return
            if withheld.is_withheld(self._store, exhibit_id):
                return
            new = kept.looked(self._store, exhibit_id, standing[-1], found)
            if new:
                stale.mark_exhibit(self._store, exhibit_id)
                self._tell(exhibit_id, {one: found[one] for one in new})

    def _kept(self, exhibit_id: int) -> Examination:
        seen = features.of_exhibit(self._store, exhibit_id)
        return Examination(lab_version=LAB_VERSION, media_type="", views=seen)

    def _tell(self, exhibit_id: int, found: dict[int, Hit]) -> None:
        """Tell the people of an exhibit's cases, once a case."""
        for one in kept.told(self._store, found):
            for case_id in exhibits.all_cases_of(self._store, exhibit_id):
                if case_id > 0 and not kept.told_in(self._store, one.entry, case_id, exhibit_id):
                    news = _news(case_id, one)
                    notices.tell_people(self._store, case_id, news)


def _news(case_id: int, one: CheckedElsewhere) -> Sentence:
    if one.rating is None:
        return say("Case {number}: {what}", number=case_id, what=told(one))
    return say(
        "Case {number}: what it shows was checked elsewhere. {what}",
        number=case_id,
        what=told(one),
    )
