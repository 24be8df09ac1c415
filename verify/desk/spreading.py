"""An import whose lab, text and search run on other computers; this desk alone writes.

First everything is described, as an import of posts does; then each picture is read and compared
with all that was described by then, whichever came first. What is left of either is in the store
as that of any import, so that whatever is killed, the same import given again goes on, and a desk
that runs, too.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Protocol, TypeVar

import msgspec

from verify.desk.archive import Archive, Elsewhere
from verify.desk.bulk import in_turn
from verify.desk.catching_up import CatchingUp, with_frames
from verify.desk.examining import Examining
from verify.desk.handed import Compared, Described, Handed, ToCompare, ToDescribe
from verify.desk.permissions import require
from verify.errors import Unavailable, VerifyError
from verify.readers.text import SIDE, with_read
from verify.records import Examination, Person, Role, Sentence, TrustLists, View
from verify.sandbox import Sandbox
from verify.store.care import withheld
from verify.store.folder.files import private_folder
from verify.store.folder.home import Home, working
from verify.store.pictures import examinations, exhibits, uncompared
from verify.store.pictures.exhibits import Exhibit

T = TypeVar("T")
_SMALL = 1 << 19  # bytes of a file that travels itself, where no other computer sees it
_log = logging.getLogger(__name__)


class CrewLostError(Unavailable):
    """Nobody works any more: the import ends, and goes on when it is given again."""


class FailedElsewhereError(Unavailable):
    """What one file did to whoever worked on it."""


class NotSeenError(FailedElsewhereError):
    """Nobody could read one file, which this desk can."""


class Crew(Protocol):
    """Other computers that work for this desk."""

    @property
    def ahead(self) -> int:
        """How many files they should have on their way."""

    def seen_at(self, path: Path) -> bytes:
        """Where they see a file or folder of this computer; b"" where they do not."""

    def describe(self, asked: ToDescribe) -> Callable[[], Described]:
        """Have it done; the call waits for it. It raises CrewLostError, FailedElsewhereError."""

    def compare(self, asked: ToCompare) -> Callable[[], Compared]:
        """As `describe`."""


class Spreading:
    """Hands the files of an import to a crew, and records what comes back."""

    def __init__(
        self,
        home: Home,
        sandbox: Sandbox,
        archive: Archive,
        examining: Examining,
        catching_up: CatchingUp,
        trust: TrustLists,
    ) -> None:
        self._home = home
        self._store = home.store
        self._sandbox = sandbox
        self._archive = archive
        self._examining = examining
        self._catching_up = catching_up
        self._trust = trust

    def describe_each(
        self,
        person: Person,
        things: Iterable[T],
        exhibit_of: Callable[[T], int | None],
        source_of: Callable[[T], Path | None],
        crew: Crew,
    ) -> Iterator[tuple[T, Exception | None]]:
        """Have the exhibits of many things described; give each back, in their order, when it is
        recorded, with what went wrong. The rest goes on.

        exhibit_of: as in `Examining.examine_each`. source_of: a file with the same bytes outside
        of the vault, which others may see. Raises CrewLostError.
        """
        require(person, Role.REPORTER)
        self._archive.prepare()

        def begin(thing: T) -> Callable[[], Examination | None]:
            number = exhibit_of(thing)
            if number is None or withheld.is_withheld(self._store, number):
                return lambda: None
            if examinations.latest(self._store, number):
                return lambda: None
            return self._description(exhibits.known(self._store, number), source_of(thing), crew)

        for thing, awaited in in_turn(things, begin, lambda: crew.ahead):
            wrong = None
            try:
                seen, number = awaited(), exhibit_of(thing)
                if seen and number is not None:
                    self._examining.record_described(person, number, seen)
            except CrewLostError:
                raise
            except Exception as error:  # one bad file stops nothing
                wrong = error
            yield thing, wrong

    def compare_each(
        self, sources: dict[int, Path], crew: Crew, told: Callable[[Sentence], None]
    ) -> Iterator[tuple[int, int]]:
        """Have what was only described read and compared; gives how many of how many are done.
        Films, and what the crew cannot do, are left to the second pass of this desk.

        sources: by exhibits, files as in `describe_each`. Raises CrewLostError.
        """
        waiting = uncompared.in_turn(self._store)
        with self._copied(crew) as search:

            def begin(number: int) -> Callable[[], None]:
                return self._comparison(number, sources.get(number), search, crew, told)

            for done, (_, finish) in enumerate(in_turn(waiting, begin, lambda: crew.ahead), 1):
                finish()
                yield done, len(waiting)

    # --- one file -------------------------------------------------------------------------------

    def _description(
        self, exhibit: Exhibit, source: Path | None, crew: Crew
    ) -> Callable[[], Examination | None]:
        asked = self._asked(exhibit, source, crew)
        if asked is None:
            return lambda: self._seen_here(exhibit)
        waited = crew.describe(asked)

        def finish() -> Examination:
            try:
                return waited().examination
            except NotSeenError:
                return self._seen_here(exhibit)

        return finish

    def _seen_here(self, exhibit: Exhibit) -> Examination:
        """What this desk's own lab sees of what no other computer can be given."""
        submission = exhibit.submission
        return self._sandbox.examine(
            self._home.vault.original(exhibit.sha256),
            filename=submission.filename,
            declared_type=submission.declared_type,
            sent_as=submission.sent_as,
        )

    def _comparison(
        self,
        number: int,
        source: Path | None,
        search: bytes,
        crew: Crew,
        told: Callable[[Sentence], None],
    ) -> Callable[[], None]:
        waiting = uncompared.of(self._store, number)
        exhibit = exhibits.exhibit(self._store, number)
        examined = examinations.latest(self._store, number)
        if not (waiting and exhibit and examined) or examined.examination.moves:
            return lambda: None
        asked = self._asked(exhibit, source, crew)
        if asked is None:
            return lambda: None
        bare = msgspec.structs.replace(examined.examination, findings=())
        views = waiting.views
        if views == ():  # nothing in it that could be read, or be alike
            return lambda: self._record(number, bare, ([], []))
        if views is None and not search:
            return lambda: None
        waited = crew.compare(ToCompare(asked.file, asked, number, views, search))

        def finish() -> None:
            try:
                came = waited()
                seen = with_read(bare, came.read) if came.read else bare
                if came.found is None:
                    seen = self._to_search(seen, exhibit, views or ())
                elsewhere = None if came.found is None else (came.found, came.alike)
                self._record(number, seen, elsewhere)
            except FailedElsewhereError as error:  # left to this desk, behind its walls
                told(error.sentence)
            except VerifyError:
                raise
            except Exception:  # one bad file stops nothing: the second pass takes it
                _log.exception("a picture of an import could not be compared")

        return finish

    def _record(self, number: int, seen: Examination, elsewhere: Elsewhere | None) -> None:
        self._catching_up.record(number, seen, more=False, elsewhere=elsewhere)
        self._examining.settle(number)

    def _to_search(
        self, seen: Examination, exhibit: Exhibit, views: tuple[View, ...]
    ) -> Examination:
        """With what this desk needs to search by it."""
        pixels = self._sandbox.pixels(self._home.vault.original(exhibit.sha256), SIDE)
        return msgspec.structs.replace(seen, views=with_frames(views, pixels))

    def _asked(self, exhibit: Exhibit, source: Path | None, crew: Crew) -> ToDescribe | None:
        """A file as the crew is asked for it; None where it cannot be handed over."""
        handed = self._handed(exhibit, source, crew)
        if handed is None:
            return None
        submission = exhibit.submission
        return ToDescribe(
            handed,
            submission.filename,
            submission.declared_type,
            submission.sent_as,
            self._trust,
            frames=bool(withheld.by_digest(self._store)),
        )

    def _handed(self, exhibit: Exhibit, source: Path | None, crew: Crew) -> Handed | None:
        original = self._home.vault.path(exhibit.sha256)
        for path in (source, original):
            if path and (there := crew.seen_at(path)):
                return Handed(exhibit.sha256, exhibit.size, path=there)
        if exhibit.size > _SMALL:
            return None
        with suppress(OSError):
            return Handed(exhibit.sha256, exhibit.size, content=original.read_bytes())
        return None

    # --- what is searched in --------------------------------------------------------------------

    @contextmanager
    def _copied(self, crew: Crew) -> Iterator[bytes]:
        """Where the crew finds what it searches in; b"" where it sees nothing of this home."""
        place = working(self._home.folder)
        if not crew.seen_at(place):
            yield b""
            return
        with private_folder(place) as folder:
            self._archive.copy_to(folder)
            yield crew.seen_at(folder)
