"""Until when a case or a source is kept, and a legal hold."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from verify.records import Keep, Person, Record

if TYPE_CHECKING:
    from verify.desk import Desk
    from verify.jobs.course import Course

ENDURES = False
CANCELLABLE = False


class Job(Record, frozen=True):
    """What is kept: a case, or else a source by name or account. dated: whether the day is set,
    to `until` or to none. held: None leaves the hold as it is."""

    case: int = 0
    source: str = ""
    dated: bool = False
    until: date | None = None
    held: bool | None = None


class Result(Record, frozen=True):
    """How it is kept now."""

    keep: Keep


def run(desk: Desk, person: Person, job: Job, course: Course) -> Iterator[Result]:
    """Set it, which twice changes nothing more. Raises NotFound, NotAllowed, BadInput."""
    keeping, keep = desk.keeping, Keep()
    if job.dated:
        keep = (
            keeping.keep_source(person, job.source, job.until)
            if job.source
            else keeping.keep_case(person, job.case, job.until)
        )
    if job.held is not None:
        keep = (
            keeping.hold_source(person, job.source, job.held)
            if job.source
            else keeping.hold_case(person, job.case, job.held)
        )
    yield Result(keep)
