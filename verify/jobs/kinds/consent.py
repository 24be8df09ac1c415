"""What a source was asked and allowed, written down."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from verify.records import Consent, ConsentEvent, Person, Record, Use

if TYPE_CHECKING:
    from verify.desk import Desk
    from verify.jobs.course import Course

ENDURES = False
CANCELLABLE = False


class Job(Record, frozen=True):
    """One event, as `Consenting.record` takes it."""

    case: int
    event: ConsentEvent
    use: Use
    named: bool | None = None
    until: str = ""


class Result(Record, frozen=True):
    """All events of the case."""

    consents: tuple[Consent, ...]


def run(desk: Desk, person: Person, job: Job, course: Course) -> Iterator[Result]:
    """Write it down, under a key of this job. Raises NotFound, NotAllowed, BadInput."""
    yield Result(
        desk.consenting.record(
            person,
            job.case,
            job.event,
            job.use,
            named=job.named,
            until=job.until,
            key=course.key,
        )
    )
