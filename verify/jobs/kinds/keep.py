"""Until when a case, a source, an import or an account is kept, and a legal hold."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from verify.records import Keep, Keepable, Person, Record

if TYPE_CHECKING:
    from verify.desk import Desk
    from verify.jobs.course import Course

ENDURES = False
CANCELLABLE = False


class Job(Record, frozen=True):
    """What is kept. name: the number of a case or an import, or a name or account. dated: whether
    the day is set, to `until` or to none. held: None leaves the hold as it is."""

    kind: Keepable
    name: str
    dated: bool = False
    until: date | None = None
    held: bool | None = None


class Result(Record, frozen=True):
    """How it is kept now."""

    keep: Keep


def run(desk: Desk, person: Person, job: Job, course: Course) -> Iterator[Result]:
    """Set it, which twice changes nothing more. Raises NotFound, NotAllowed, BadInput."""
    keep = Keep()
    if job.dated:
        keep = desk.keeping.keep(person, job.kind, job.name, job.until)
    if job.held is not None:
        keep = desk.keeping.hold(person, job.kind, job.name, job.held)
    yield Result(keep)
