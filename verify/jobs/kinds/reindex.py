"""What pictures are found by, made again from the originals."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from verify.jobs.messages import Progress
from verify.records import Person, Record

if TYPE_CHECKING:
    from verify.desk import Desk
    from verify.jobs.course import Course

ENDURES = True
CANCELLABLE = True


class Job(Record, frozen=True):
    """All of it."""


class Result(Record, frozen=True):
    """How many exhibits were indexed, and how many left out for want of their originals."""

    exhibits: int
    left: int = 0


def run(desk: Desk, person: Person, job: Job, course: Course) -> Iterator[Result | Progress]:
    """Make it again from the start; what was there answers until then."""
    count = total = 0
    for count, total in desk.examining.reindex(person):
        course.step()
        yield Progress(count, total)
    for _ in desk.hearing.hear_rest(person, again=True):
        course.step()
    desk.renewing.finish()
    yield Result(count, total - count)
