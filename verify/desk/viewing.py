"""The one way by which pixels of exhibits leave the desk, as far as whoever looks wants to see.

What is covered is shown in steps: words, a line drawing, small and grey, in full. Each is asked
for; by themselves pictures go as far as a person chose, and in front of others no further than
words. How many a person opened is kept for that person alone.
"""

from __future__ import annotations

import logging
import threading
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, TypeAlias

from verify.desk.covers import covers
from verify.errors import Covered, NotAllowed, Unavailable
from verify.records import (
    WHOLE,
    Care,
    Clip,
    Cover,
    Opened,
    Person,
    Picture,
    Pixels,
    Step,
    View,
    say,
)
from verify.sandbox import Sandbox
from verify.store.care import withheld
from verify.store.care.own import Own
from verify.store.folder.home import Home
from verify.store.pictures import exhibits

if TYPE_CHECKING:
    from PIL import Image

_Lately: TypeAlias = OrderedDict[tuple[str, int, View], Pixels | None]
_log = logging.getLogger(__name__)
_MOST_LATELY = 8  # pictures of 3 MB at most


class Viewing:
    """Lets people look at exhibits, and lets each choose how."""

    def __init__(self, home: Home, sandbox: Sandbox, *, reading: bool) -> None:
        self._home = home
        self._store = home.store
        self._sandbox = sandbox
        self._own = Own(home.folder, reading=reading)
        self._seen: set[tuple[date, int, int]] = set()  # day, person, exhibit; never on a disk
        self._lately = threading.local()

    def covers(self, person: Person, exhibit_ids: Iterable[int]) -> dict[int, Cover]:
        """Why exhibits are covered, by exhibit; those that are not are left out."""
        return covers(self._store, person, exhibit_ids)

    def held(self, sha256: str) -> int | None:
        """The exhibit with these bytes, in whichever case."""
        return exhibits.with_bytes(self._store, sha256)

    def looking(self, person: Person, step: Step | None, *exhibit_ids: int) -> Looking:
        """Begin to look at exhibits. step: as far as was asked for; None for by itself.

        Raises NotAllowed for what is withheld, Covered where one is covered and no more than words
        is to be shown.
        """
        if any(withheld.is_withheld(self._store, one) for one in exhibit_ids) and not (
            withheld.may_see(self._store, person) and not person.among_others
        ):
            raise NotAllowed(say("This picture is withheld: it is shown to one person alone."))
        covered = covers(self._store, person, exhibit_ids)
        step = step or self.by_itself(person)
        if covered and step is Step.WORDS:
            raise _covered(covered)
        digests = exhibits.digests(self._store, exhibit_ids)
        return Looking(self, person, step if covered else Step.FULL, digests, covered)

    def care(self, person: Person) -> Care:
        """How far covered pictures go by themselves for this person, as they chose."""
        try:
            return self._own.care(person.id)
        except Unavailable as error:  # a damaged file of numbers must not show anything
            _log.warning("what people chose cannot be read: %s", type(error).__name__)
            return Care()

    def by_itself(self, person: Person) -> Step:
        """How far a covered picture goes here without a press."""
        return Step.WORDS if person.among_others else self.care(person).by_itself

    def choose(self, person: Person, care: Care) -> None:
        """Keep how this person wants to look. Raises Unavailable."""
        self._own.choose(person.id, care)

    def opened(self, person: Person) -> Opened:
        """How many covered pictures this person opened; nobody else may ask."""
        try:
            self._own.forget(_today())
            return self._own.opened(person.id, _today())
        except Unavailable as error:
            _log.warning("a number cannot be read: %s", type(error).__name__)
            return Opened()

    def begin(self) -> None:
        """Erase numbers that are too old."""
        try:
            self._own.forget(_today())
        except Unavailable as error:
            _log.warning("old numbers cannot be erased: %s", type(error).__name__)

    def close(self) -> None:
        """Close the file of what people keep for themselves."""
        self._own.close()

    @contextmanager
    def remembering(self) -> Iterator[None]:
        """Decode nothing anew that was decoded just now, as long as the body runs on this thread:
        an exhibit is drawn alone, and beside each of its matches."""
        self._lately.decoded = OrderedDict()
        try:
            yield
        finally:
            del self._lately.decoded

    def _decoded(self, sha256: str, side: int, view: View) -> Pixels | None:
        """For `Looking`: what the lab decodes of an exhibit."""
        lately: _Lately | None = getattr(self._lately, "decoded", None)
        path, key = self._home.vault.path(sha256), (sha256, side, view.bare())
        if lately is None:
            return self._sandbox.pixels(path, side, view)
        if key not in lately:
            lately[key] = self._sandbox.pixels(path, side, view)
        lately.move_to_end(key)
        while len(lately) > _MOST_LATELY:
            lately.popitem(last=False)
        return lately[key]

    def _filmed(
        self, sha256: str, side: int, times: Sequence[int], step: int
    ) -> list[tuple[int, Pixels]]:
        """For `Looking`: frames of a film, each with its time in milliseconds."""
        return self._sandbox.frames(self._home.vault.path(sha256), side, times, step=step)

    def _reel(self, sha256: str, side: int, begin_ms: int, most: int) -> list[tuple[int, Pixels]]:
        """For `Looking`: a film's frames one after the other, as `Sandbox.reel` gives them."""
        return self._sandbox.reel(self._home.vault.path(sha256), side, begin_ms, most)

    def _heard(self, sha256: str, begins_ms: int, ends_ms: int) -> bytes:
        """For `Looking`: samples of a sound, as `Sandbox.play` gives them."""
        return self._sandbox.play(self._home.vault.path(sha256), begins_ms, ends_ms)

    def _note(self, person: Person, exhibit_ids: Iterable[int]) -> None:
        """For `Looking`: count what a person saw, each exhibit once a day."""
        today = _today()
        fresh = {(today, person.id, one) for one in exhibit_ids} - self._seen
        if not fresh:
            return
        self._seen = {one for one in self._seen if one[0] == today} | fresh
        try:
            self._own.count(person.id, today, len(fresh))
        except Unavailable as error:
            _log.warning("a number cannot be kept: %s", type(error).__name__)


@dataclass(frozen=True)
class Looking:
    """One person looks at exhibits, as far as a step goes. covered: those that are, and why."""

    _viewing: Viewing
    _person: Person
    step: Step
    _digests: dict[int, str]
    covered: dict[int, Cover] = field(default_factory=dict)

    @property
    def enlarges(self) -> bool:
        """Whether what is drawn may enlarge pictures."""
        return self.step is not Step.SMALL

    def pixels(self, exhibit_id: int, side: int, view: View = WHOLE) -> Pixels | None:
        """An exhibit's picture as it may be seen, at most so many pixels long; None where it
        cannot be decoded."""
        true = self.measured(exhibit_id, side, view)
        return true and self.veil(exhibit_id, true)

    def frames(
        self, exhibit_id: int, side: int, times: Sequence[int], *, step: int = 0
    ) -> list[tuple[int, Pixels]]:
        """A film's frames as they may be seen, each with its time in milliseconds."""
        shown = self.measured_frames(exhibit_id, side, times, step=step)
        return [(at_ms, self.veil(exhibit_id, pixels)) for at_ms, pixels in shown]

    def measured_frames(
        self, exhibit_id: int, side: int, times: Sequence[int], *, step: int = 0
    ) -> list[tuple[int, Pixels]]:
        """A film's true frames, to compute with, as `measured`."""
        return self._viewing._filmed(self._digests[exhibit_id], side, times, step)

    def measured_reel(
        self, exhibit_id: int, side: int, begin_ms: int, most: int
    ) -> list[tuple[int, Pixels]]:
        """The same, of frames one after the other from a time on, so many at most."""
        return self._viewing._reel(self._digests[exhibit_id], side, begin_ms, most)

    def measured(self, exhibit_id: int, side: int, view: View = WHOLE) -> Pixels | None:
        """The true picture, to compute with; what is drawn of it has to be veiled."""
        return self._viewing._decoded(self._digests[exhibit_id], side, view)

    def veil(self, exhibit_id: int, true: Pixels) -> Pixels:
        """A true picture of an exhibit as it may be seen."""
        from verify.care.leaving import veiled

        return veiled(true, self.step if exhibit_id in self.covered else Step.FULL)

    def samples(self, exhibit_id: int, begins_ms: int, ends_ms: int) -> bytes:
        """A part of an exhibit's sound, mono, 16 bits; b"" where there is none.

        Raises Covered at any step but the last: a sound has no smaller one.
        """
        if self.covered and self.step is not Step.FULL:
            raise _covered(self.covered)
        return self._viewing._heard(self._digests[exhibit_id], begins_ms, ends_ms)

    def demand_sight(self) -> None:
        """Raise Covered where a covered film is to move and is seen as a drawing at most."""
        if self.covered and not self.step.sees:
            raise _covered(self.covered)

    def picture(self, image: Image.Image) -> Picture:
        """What was drawn, ready to leave; from now on it counts as seen."""
        from verify.care.leaving import leaving

        self.note()
        return leaving(image, self.step, tuple(self.covered.values()))

    def clip(self, images: Sequence[Image.Image]) -> Clip:
        """Pictures that were drawn, ready to leave as a clip; they count as seen."""
        from verify.care.leaving import playing

        self.note()
        return playing(images, self.step, tuple(self.covered.values()))

    def sound(self, samples: bytes, rate: int) -> Clip:
        """Samples, ready to leave."""
        from verify.care.leaving import sounding

        self.note()
        return sounding(samples, rate, self.step, tuple(self.covered.values()))

    def note(self) -> None:
        """Count what is shown as seen."""
        if self.covered and self.step.sees:
            self._viewing._note(self._person, self.covered)


def _covered(covers: dict[int, Cover]) -> Covered:
    return Covered(
        say("This picture is covered: it is shown in steps, when you ask for them."),
        tuple(covers.values()),
    )


def _today() -> date:
    """The day by the clock on the wall of the desk's computer."""
    return datetime.now().astimezone().date()
