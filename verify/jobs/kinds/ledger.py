"""What a person says contradicts in a case, written into its ledger or taken back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from verify.records import Person, Record, StatedContradiction

if TYPE_CHECKING:
    from verify.desk import Desk
    from verify.jobs.course import Course

ENDURES = False
CANCELLABLE = False


class Job(Record, frozen=True):
    """text: what contradicts. reason: why, or why it is taken back. withdrawn: which is taken back;
    0 for none."""

    case: int
    text: str
    reason: str
    withdrawn: int = 0


class Result(Record, frozen=True):
    """All that people said contradicts in the case."""

    stated: tuple[StatedContradiction, ...]


def run(desk: Desk, person: Person, job: Job, course: Course) -> Iterator[Result]:
    """Write it down, under a key of this job. Raises NotFound, NotAllowed, BadInput."""
    ledgers = desk.ledgers
    if job.withdrawn:
        yield Result(ledgers.withdraw(person, job.case, job.withdrawn, job.reason))
    else:
        yield Result(ledgers.state(person, job.case, job.text, job.reason, key=course.key))
