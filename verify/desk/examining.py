"""A file's way through the lab: examined, its text read, matched, and all of it recorded."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import NamedTuple, TypeVar

from verify.desk.archive import Archive
from verify.desk.bulk import Bulk, Tools
from verify.desk.catching_up import CatchingUp, left_for_later
from verify.desk.comparing import Comparing
from verify.desk.devices import without_device
from verify.desk.film_words import FilmWords
from verify.desk.hash_lists import HashLists
from verify.desk.hearing import Hearing
from verify.desk.hub import Hub
from verify.desk.packs import Packs
from verify.desk.permissions import require
from verify.desk.precedence import Precedence
from verify.desk.withheld_parts import WithheldParts
from verify.desk.withholding import cover, withheld_by_sight, withhold_each
from verify.errors import NotFound, Unavailable
from verify.lab import FOOTAGE_VERSION, LAB_VERSION
from verify.readers.text import add_text
from verify.records import (
    CheckedElsewhere,
    Examination,
    Finding,
    Footage,
    Heard,
    Match,
    Outcome,
    Person,
    Pillar,
    Role,
    SeenElsewhere,
    SentAs,
    say,
)
from verify.sandbox import Sandbox
from verify.store.care import withheld
from verify.store.casework import sealed, sightings, stale
from verify.store.folder.home import Home
from verify.store.folder.vault import sha256_of
from verify.store.keeping import custody
from verify.store.pictures import (
    examinations,
    exhibits,
    features,
    film_words,
    footage,
    uncompared,
    views,
)
from verify.store.pictures.exhibits import Exhibit
from verify.store.posts import posts, shelves
from verify.store.search import finding_words
from verify.tesseract import Tesseract

T = TypeVar("T")


class _Seen(NamedTuple):
    """What was seen of one of many: by the lab, of a film in all its length, and by who catches up
    with what was only described."""

    examination: Examination | None = None
    footage: Footage | None = None
    late: Examination | None = None


# all that is said of a file whose very bytes nobody may hold
_WITHHELD = Examination(
    lab_version=LAB_VERSION,
    media_type="application/octet-stream",
    findings=(
        Finding(
            check="withheld",
            pillar=Pillar.PROVENANCE,
            outcome=Outcome.FAILED,
            summary=say("This very file is withheld at this desk: nothing is looked for."),
        ),
    ),
)


class _WithheldMeanwhileError(Exception):
    """Nothing more is kept of it."""


class Look(NamedTuple):
    """What came of looking for a file that is not kept. alike: what looks alike without being a
    match. lacking: so many pictures, and parts of them, were not compared in their details.
    checked: what packs say of it. elsewhere: what other desks do."""

    seen: Examination
    matches: list[Match]
    alike: list[Match]
    heard: tuple[Heard, ...]
    lacking: int
    checked: tuple[CheckedElsewhere, ...] = ()
    elsewhere: tuple[SeenElsewhere, ...] = ()


class Examining:
    """Runs the lab on what the vault holds, and on files that are not kept."""

    def __init__(
        self,
        home: Home,
        sandbox: Sandbox,
        tesseract: Tesseract,
        archive: Archive,
        comparing: Comparing,
        precedence: Precedence,
        bulk: Bulk,
        hearing: Hearing,
        parts: WithheldParts,
        hash_lists: HashLists,
        packs: Packs,
        hub: Hub,
        catching_up: CatchingUp,
    ) -> None:
        self._home = home
        self._store = home.store
        self._sandbox = sandbox
        self._tesseract = tesseract
        self._archive = archive
        self._comparing = comparing
        self._precedence = precedence
        self._bulk = bulk
        self._hearing = hearing
        self._parts = parts
        self._hash_lists = hash_lists
        self._packs = packs
        self._hub = hub
        self._catching_up = catching_up
        self._words = FilmWords(home, sandbox, tesseract, bulk)

    def examine(self, person: Person, exhibit_id: int, *, again: bool = False) -> None:
        """Run the lab on an exhibit, find its matches, compare. Does nothing when that is done,
        unless `again`; examining again adds an examination and overwrites none.

        Raises NotFound, and Unavailable when its original is missing or changed.
        """
        require(person, Role.REPORTER)
        exhibit = exhibits.known(self._store, exhibit_id)
        if withheld.is_withheld(self._store, exhibit_id):
            return
        with self._precedence.first():
            if again or not examinations.latest(self._store, exhibit_id):
                self._archive.prepare()
                seen = self._run_lab(exhibit, self._sandbox)
                path = self._home.vault.path(exhibit.sha256)
                self._record(person, exhibit, add_text(seen, path, self._sandbox, self._tesseract))
            elif uncompared.waits(self._store, exhibit_id):  # people wait for no second pass
                self._archive.prepare()
                tools = Tools(self._sandbox, self._tesseract, Precedence())
                if late := self._catching_up.look(exhibit_id, tools):
                    self._catching_up.record(exhibit_id, late, more=False)
            self.settle(exhibit_id)

    def all_of(self, person: Person, exhibit_id: int) -> None:
        """Examine an exhibit, look at all of it where it moves, listen to it where it sounds, read
        what is written in its frames."""
        self.examine(person, exhibit_id)
        self.watch(person, exhibit_id)
        self._hearing.hear(person, exhibit_id)
        self.read(person, exhibit_id)

    def read(self, person: Person, exhibit_id: int) -> bool:
        """Read what is written in the frames of a film that was watched, once. Whether there was
        any now. Raises NotFound, and Unavailable when its original is missing or changed."""
        require(person, Role.REPORTER)
        return self._words.read(exhibit_id)

    def read_rest(self, person: Person) -> Iterator[None]:
        """Read in all films that were watched and not read; one step an exhibit."""
        require(person, Role.REPORTER)
        yield from self._words.read_rest()

    def watch(self, person: Person, exhibit_id: int) -> bool:
        """Look at a film from its beginning to its end, and find what its stretches show, which
        may take minutes. Whether that was done now: not for what is no film, nor where it is done.

        Raises NotFound, and Unavailable when its original is missing or changed.
        """
        require(person, Role.REPORTER)
        exhibit = exhibits.known(self._store, exhibit_id)
        if not self._unwatched(exhibit_id):
            return False
        self._archive.prepare()
        seen = self._sandbox.watch(self._home.vault.original(exhibit.sha256))
        if seen is None:
            return False
        self._record_footage(person, exhibit, seen)
        self.settle(exhibit_id)
        return True

    def _unwatched(self, exhibit_id: int) -> bool:
        """Whether it is an examined film that this version has not seen in all its length."""
        examined = examinations.latest(self._store, exhibit_id)
        moves = examined is not None and (
            examined.examination.moves or bool(views.frame_ids(self._store, exhibit_id))
        )
        moves = moves and not withheld.is_withheld(self._store, exhibit_id)
        return moves and not footage.searched(self._store, exhibit_id, FOOTAGE_VERSION)

    def examine_each(
        self,
        person: Person,
        things: Iterable[T],
        exhibit_of: Callable[[T], int | None],
        *,
        since: datetime | None = None,
    ) -> Iterator[tuple[T, Exception | None]]:
        """Examine the exhibits of many things, several at once; give each back, in their order,
        when it is recorded, with what went wrong. The rest goes on. What is new in the
        archive alone is only described: the second pass does the rest.

        exhibit_of: the exhibit of a thing; None where there is nothing to examine. since: an
        exhibit is examined unless that was done at or after this moment; without, unless that
        was ever done. An error that `things` raises comes last.
        """
        require(person, Role.REPORTER)
        self._archive.prepare()

        def look(thing: T, tools: Tools) -> _Seen:
            number = exhibit_of(thing)
            if number is None or withheld.is_withheld(self._store, number):
                return _Seen()
            exhibit, seen, late = exhibits.known(self._store, number), None, None
            alone = since is None and self._in_archive_alone(number)
            if not self._examined(number, since):
                tools.give_way()
                seen = self._run_lab(exhibit, tools.sandbox)
                if not alone:
                    tools.give_way()
                    path = self._home.vault.path(exhibit.sha256)
                    seen = add_text(seen, path, tools.sandbox, tools.tesseract)
            elif not alone:
                late = self._catching_up.look(number, tools)
            moves = seen.moves if seen else self._unwatched(number)
            if alone or not moves:
                return _Seen(seen, None, late)
            tools.give_way()
            original = self._home.vault.original(exhibit.sha256)
            return _Seen(seen, tools.sandbox.watch(original), late)

        for thing, awaited in self._bulk.each(things, look):
            wrong = None
            try:
                seen, number = awaited(), exhibit_of(thing)
                if number is not None:
                    self._record_each(person, number, seen, since)
            except Exception as error:  # one bad file stops nothing
                wrong = error
            yield thing, wrong

    def _record_each(
        self, person: Person, number: int, seen: _Seen, since: datetime | None
    ) -> None:
        # the same bytes may have come twice, and the first of them be recorded by now
        if seen.examination and not self._examined(number, since):
            exhibit = exhibits.known(self._store, number)
            later = since is None and self._in_archive_alone(number)
            self._record(person, exhibit, seen.examination, later=later)
        if seen.late:
            self._catching_up.record(number, seen.late, more=False)
        if seen.footage and self._unwatched(number):
            self.record_watched(person, number, seen.footage)
        self.settle(number)

    def record_described(self, person: Person, exhibit_id: int, seen: Examination) -> None:
        """Keep what another computer saw of an exhibit, which is compared and read later. Does
        nothing where it is examined by now. Raises NotFound where it was wiped."""
        if not self._examined(exhibit_id, None):
            self._record(person, exhibits.known(self._store, exhibit_id), seen, later=True)

    def watched(self, exhibit_id: int, tools: Tools) -> Footage | None:
        """What is seen of a film in all its length; None for what was watched, or is no film."""
        if not self._unwatched(exhibit_id):
            return None
        exhibit = exhibits.known(self._store, exhibit_id)
        return tools.sandbox.watch(self._home.vault.original(exhibit.sha256))

    def record_watched(self, person: Person, exhibit_id: int, seen: Footage) -> None:
        """Keep what was seen of a film, and match it. Raises NotFound where it was wiped."""
        self._record_footage(person, exhibits.known(self._store, exhibit_id), seen)
        self._hash_lists.hold(exhibit_id)

    def _in_archive_alone(self, exhibit_id: int) -> bool:
        return bool(shelves.holding(self._store, [exhibit_id]))

    def _examined(self, exhibit_id: int, since: datetime | None) -> bool:
        if since is not None:
            return examinations.added_since(self._store, exhibit_id, since)
        return examinations.latest(self._store, exhibit_id) is not None

    def settle(self, exhibit_id: int) -> None:
        """Hold what is found of an exhibit by now against lists of hashes, and compare its
        cases."""
        self._hash_lists.hold(exhibit_id)
        self._comparing.settle(*exhibits.all_cases_of(self._store, exhibit_id))

    def look(
        self, person: Person, content: bytes | Path, filename: str, patience: float | None = None
    ) -> Look:
        """Examine and match a file without keeping anything, nor reading the text in it; and find
        where its sound was heard before.

        patience: seconds that an index which is being filled may take yet before the search
        makes do with what it has by then; None for all that it needs.
        """
        sha256 = sha256_of(content)
        if withheld.is_listed(self._store, sha256):
            return Look(_WITHHELD, [], [], (), 0)
        self._archive.prepare()
        with self._precedence.first():
            seen = self._sandbox.examine(content, filename=filename, sent_as=SentAs.IMPORT)
            moving = self._sandbox.watch(content) if seen.moves else None
            heard = self._hearing.look_up(person, content, seen.media_type)
            self._archive.filled(patience)
            lacking = self._archive.lacking()
            matches, alike = self._archive.look_up(person, sha256, seen, moving)
            checked, elsewhere = self._packs.look_up(seen), self._hub.look_up(seen)
            return Look(seen, matches, alike, heard, lacking, checked, elsewhere)

    def reindex(self, person: Person) -> Iterator[tuple[int, int]]:
        """Make the local features of all exhibits again; gives how many of how many are done.

        They are derived from the originals: no examination is added, none is changed. An
        exhibit whose original is missing is left as it is.
        """
        from verify.desk.indexes import kept, kept_of_film  # it loads FAISS

        require(person, Role.OWNER)
        ids = exhibits.all_ids(self._store)

        def look(exhibit_id: int, tools: Tools) -> tuple[Examination, Footage | None]:
            tools.give_way()
            exhibit = exhibits.known(self._store, exhibit_id)
            if withheld.is_withheld(self._store, exhibit_id):
                raise NotFound(say("There is no such exhibit."))
            seen = self._run_lab(exhibit, tools.sandbox)
            if not seen.moves:
                return seen, None
            tools.give_way()
            return seen, tools.sandbox.watch(self._home.vault.original(exhibit.sha256))

        done = 0
        for exhibit_id, awaited in self._bulk.each(ids, look):
            try:
                seen, moving = awaited()
                own = kept(seen)
            except (NotFound, Unavailable):  # its original is gone: what is known of it stays
                yield done, len(ids)
                continue
            with self._store.transaction():
                # neither wiped nor withheld meanwhile
                there = exhibits.exhibit(self._store, exhibit_id)
                if own and there and not withheld.is_withheld(self._store, exhibit_id):
                    views.keep(self._store, exhibit_id, own)
                    features.keep(self._store, exhibit_id, own)
                    searched = footage.searched(self._store, exhibit_id, FOOTAGE_VERSION)
                    footage.drop(self._store, exhibit_id)
                    if moving:
                        known = kept_of_film(moving)
                        footage.keep(self._store, exhibit_id, known, searched=searched)
            done += 1
            yield done, len(ids)
        self._archive.rebuild()

    def _run_lab(self, exhibit: Exhibit, sandbox: Sandbox) -> Examination:
        return sandbox.examine(
            self._home.vault.original(exhibit.sha256),
            filename=exhibit.submission.filename,
            declared_type=exhibit.submission.declared_type,
            sent_as=exhibit.submission.sent_as,
        )

    def _record(
        self, person: Person, exhibit: Exhibit, seen: Examination, *, later: bool = False
    ) -> None:
        """later: whether it is compared and read by the second pass. What a hash calls like
        something in a case is compared now all the same, for its people wait to be told."""
        from verify.desk.indexes import kept  # it loads FAISS

        parts = self._parts.shown_in(seen.views)
        if parts.most or withheld_by_sight(self._store, seen.views):
            self._withhold(person, exhibit)
            return
        private = sealed.of_exhibits(self._store, [exhibit.id])
        if private or posts.of_closed_chat(self._store, exhibit.id):
            seen = without_device(seen)
        checked = None if later else self._packs.find(seen)
        elsewhere = None if later else self._hub.find(seen)
        soon = later and self._archive.like_of_a_case(seen)
        with (
            suppress(_WithheldMeanwhileError),
            self._findable(exhibit.id, seen, later=later and not soon) as record_matches,
        ):
            own = kept(seen)
            with self._store.transaction():
                self._demand(exhibit.id)
                number = examinations.add(self._store, exhibit.id, person.id, seen)
                features.keep(self._store, exhibit.id, own)
                footage.drop(self._store, exhibit.id)  # it is watched and read again
                film_words.drop(self._store, exhibit.id)
                uncompared.strike(self._store, exhibit.id)
                if later:
                    needed = left_for_later(seen)
                    uncompared.add(self._store, exhibit.id, person.id, needed, soon=soon)
                record_matches(number)
                if checked is not None:
                    self._packs.record(exhibit.id, checked)
                if elsewhere is not None:
                    self._hub.record(exhibit.id, elsewhere)
                finding_words.index(self._store, exhibit.id)
                for one in parts.some:
                    cover(self._store, person, one, [exhibit.id])
                custody.append(
                    self._store,
                    "examined",
                    person.id,
                    case=exhibits.all_cases_of(self._store, exhibit.id)[0],
                    exhibit=exhibit.sha256,
                    examination=number,
                    lab=seen.lab_version,
                )
                self._touched(exhibit.id)

    @contextmanager
    def _findable(
        self, exhibit_id: int, seen: Examination, *, later: bool
    ) -> Iterator[Callable[[int], None]]:
        """As `Archive.examined`, without a search where that is for later."""
        if not later:
            with self._archive.examined(exhibit_id, seen) as record_matches:
                yield record_matches
            return
        with self._archive.described(exhibit_id, seen):
            yield lambda examination_id: None

    def _touched(self, exhibit_id: int) -> None:
        """Have what an exhibit is told with compared again: its own cases, and of a post those of
        what it shows, for it may be older than they."""
        stale.mark_exhibit(self._store, exhibit_id)
        if sightings.posted(self._store, exhibit_id) or shelves.holding(self._store, [exhibit_id]):
            stale.mark_alike(self._store, exhibit_id)

    def _record_footage(self, person: Person, exhibit: Exhibit, seen: Footage) -> None:
        if withheld_by_sight(self._store, (), seen):
            self._withhold(person, exhibit)
            return
        with (
            suppress(_WithheldMeanwhileError),
            self._archive.watched(exhibit.id, seen) as (kept, record_matches),
            self._store.transaction(),
        ):
            self._demand(exhibit.id)
            footage.keep(self._store, exhibit.id, kept, searched=True)
            if examined := examinations.latest(self._store, exhibit.id):
                record_matches(examined.id)
            custody.append(
                self._store,
                "watched",
                person.id,
                case=exhibits.all_cases_of(self._store, exhibit.id)[0],
                exhibit=exhibit.sha256,
                version=seen.version,
            )
            self._touched(exhibit.id)

    def _withhold(self, person: Person, exhibit: Exhibit) -> None:
        withhold_each(self._home, self._archive, self._hearing, person, [exhibit.id])

    def _demand(self, exhibit_id: int) -> None:
        """Raises NotFound where an exhibit was wiped meanwhile, _WithheldMeanwhileError."""
        exhibits.known(self._store, exhibit_id)
        if withheld.is_withheld(self._store, exhibit_id):
            raise _WithheldMeanwhileError
