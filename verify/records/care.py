"""What is shown in steps, as it may hurt whoever sees it: marks, covers, pictures that leave."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from verify.records.record import Record


class Sensitive(StrEnum):
    """What a picture shows that nobody should meet unprepared."""

    GRAPHIC = "graphic"
    CHILD = "child"
    SEXUAL = "sexual"
    CAPTIVE = "captive"


class Step(StrEnum):
    """How much of a covered picture is shown, least first."""

    WORDS = "words"
    DRAWING = "drawing"
    SMALL = "small"
    FULL = "full"

    @property
    def next(self) -> Step | None:
        """The step after this one."""
        steps = [*Step]
        return steps[steps.index(self) + 1] if self is not Step.FULL else None

    @property
    def sees(self) -> bool:
        """Whether the picture itself is seen, small or in full."""
        return self in (Step.SMALL, Step.FULL)


class Mark(Record, frozen=True):
    """What somebody said that an exhibit shows.

    by, at: "" and None for a reader who may not see the case in which it was said. own: by the
    reader. off_by: who asks to take it off, which somebody else has to agree to.
    """

    kind: Sensitive
    by: str = ""
    at: datetime | None = None
    own: bool = False
    off_by: str = ""
    off_own: bool = False


class Cover(Record, frozen=True):
    """Why an exhibit is shown in steps.

    marks: by people. proposed: by words of its captions; nobody has said so. inherited: of a near
    copy, a frame, a crop, a film that shows it. stretches: when a film shows what is marked
    elsewhere, in seconds from its beginning.
    """

    marks: tuple[Mark, ...] = ()
    proposed: tuple[Sensitive, ...] = ()
    inherited: tuple[Sensitive, ...] = ()
    stretches: tuple[tuple[float, float], ...] = ()

    @property
    def kinds(self) -> tuple[Sensitive, ...]:
        """All that it may show, each once."""
        every = {*(mark.kind for mark in self.marks), *self.proposed, *self.inherited}
        return tuple(kind for kind in Sensitive if kind in every)


class Picture(Record, frozen=True):
    """A picture that may leave the desk; made in `verify.care.leaving` alone.

    step: how far it shows what is covered; FULL where nothing is. covers: of all that it shows.
    """

    jpeg: bytes
    step: Step = Step.FULL
    covers: tuple[Cover, ...] = ()


class Clip(Record, frozen=True):
    """A clip or a sound that may leave the desk; made in `verify.care.leaving` alone."""

    content: bytes
    step: Step = Step.FULL
    covers: tuple[Cover, ...] = ()


class Care(Record, frozen=True):
    """How far covered pictures go by themselves for one person, and how many of them a day they
    want to be told beyond; 0 for never."""

    by_itself: Step = Step.WORDS
    limit: int = 0


class Box(Record, frozen=True):
    """A part of a picture that is covered in a copy for others, in fractions of its sides.

    begins, ends: of a film, in seconds from its beginning; None, both, for all of it.
    """

    left: float
    top: float
    right: float
    bottom: float
    begins: float | None = None
    ends: float | None = None


class Opened(Record, frozen=True):
    """How many covered pictures one person opened, small or in full: today, and in seven days."""

    today: int = 0
    week: int = 0
