"""The sources of a case that stands already, sealed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from verify.records import Person, Record

if TYPE_CHECKING:
    from verify.desk import Desk
    from verify.jobs.course import Course

ENDURES = False
CANCELLABLE = False


class Job(Record, frozen=True):
    """The number of the case."""

    case: int


class Result(Record, frozen=True):
    """As `verify.desk.resealing.Resealed`."""

    case_id: int
    sealed: int
    events: int
    telegram: int
    exports: int
    compacted: bool


def run(desk: Desk, person: Person, job: Job, course: Course) -> Iterator[Result]:
    """Seal them. Raises NotFound, NotAllowed, BadInput, Unavailable."""
    from dataclasses import asdict

    yield Result(**asdict(desk.resealing.seal(person, job.case)))
