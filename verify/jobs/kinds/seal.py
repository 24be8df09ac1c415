"""The sources of a case that stands already, or all that one sender brought, sealed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING

from verify.records import Person, Record

if TYPE_CHECKING:
    from verify.desk import Desk
    from verify.jobs.course import Course

ENDURES = False
CANCELLABLE = False


class Job(Record, frozen=True):
    """The number of the case, or else a sender by name or account."""

    case: int = 0
    sender: str = ""


class Result(Record, frozen=True):
    """As `verify.desk.resealing.Resealed`."""

    case_id: int
    sealed: int
    events: int
    telegram: int
    exports: int
    compacted: bool


def run(desk: Desk, person: Person, job: Job, course: Course) -> Iterator[Result]:
    """Seal them; of a sender one result a case. Raises NotFound, NotAllowed, BadInput,
    Unavailable."""
    if job.sender:
        yield from (Result(**asdict(one)) for one in desk.resealing.seal_sender(person, job.sender))
        return
    yield Result(**asdict(desk.resealing.seal(person, job.case)))
