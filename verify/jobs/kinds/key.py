"""A member's public key, to which sources are sealed."""

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
    """member: by name; "" is who asks. public: the age key."""

    member: str
    public: str


class Result(Record, frozen=True):
    """Whose key it is."""

    member: str


def run(desk: Desk, person: Person, job: Job, course: Course) -> Iterator[Result]:
    """Add the key. Raises BadInput, NotAllowed."""
    yield Result(desk.sealing.add_key(person, job.member, job.public))
