"""What an exhibit shows, said or taken back, so that it is shown in steps."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal

from verify.records import Cover, Person, Record, Sensitive

if TYPE_CHECKING:
    from verify.desk import Desk
    from verify.jobs.course import Course

ENDURES = False
CANCELLABLE = False


class Job(Record, frozen=True):
    """sha256: of the exhibit. way: it shows that, it does not as its caption says, or a mark goes.
    begins, ends: of a film, the stretch that it concerns, in seconds; None for all of it."""

    sha256: str
    kind: Sensitive
    way: Literal["mark", "refuse", "off"]
    begins: float | None = None
    ends: float | None = None


class Result(Record, frozen=True):
    """Why it is covered now. off: whether the mark is off; else somebody else has to agree."""

    cover: Cover
    off: bool = False


def run(desk: Desk, person: Person, job: Job, course: Course) -> Iterator[Result]:
    """Say it, which twice changes nothing more. Raises NotFound, NotAllowed, BadInput."""
    marking = desk.marking
    place = marking.place(person, job.sha256)
    if job.way == "refuse":
        yield Result(marking.refuse(person, *place, job.kind))
    elif job.way == "off":
        off, cover = marking.take_off(person, *place, job.kind)
        yield Result(cover, off)
    else:
        stretch = None if job.begins is None or job.ends is None else (job.begins, job.ends)
        yield Result(marking.mark(person, *place, job.kind, stretch))
