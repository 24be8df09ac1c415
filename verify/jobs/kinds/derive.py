"""A part of an exhibit, taken out and made an exhibit of its own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal

from verify.records import Person, Record

if TYPE_CHECKING:
    from verify.desk import Desk
    from verify.jobs.course import Course

ENDURES = False
CANCELLABLE = False


class Job(Record, frozen=True):
    """sha256: of the exhibit. part: its number there, from 1."""

    sha256: str
    part: int


class Result(Record, frozen=True):
    """The part as an exhibit."""

    sha256: str
    size: int
    case: int
    status: Literal["new", "known", "repeated"]
    media_type: str


def run(desk: Desk, person: Person, job: Job, course: Course) -> Iterator[Result]:
    """Take it out and examine it. Raises NotFound, BadInput, Unavailable."""
    receipt = desk.deriving.derive(person, job.sha256, job.part)
    desk.examining.all_of(person, receipt.exhibit_id)
    seen = desk.reports.exhibit(person, receipt.case_id, receipt.exhibit_id).examination
    fresh: Literal["new", "known"] = "known" if receipt.known else "new"
    by_this_job = course.again and receipt.received_at >= course.begun_at
    yield Result(
        sha256=receipt.sha256,
        size=receipt.size,
        case=receipt.case_id,
        status="repeated" if receipt.repeated and not by_this_job else fresh,
        media_type=seen.media_type if seen else "",
    )
