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
    """member: by name; "" is who asks. public: the age key; "" takes theirs away."""

    member: str
    public: str


class Result(Record, frozen=True):
    """Whose key it is. taken_away: how many they have no longer."""

    member: str
    taken_away: int = 0


def run(desk: Desk, person: Person, job: Job, course: Course) -> Iterator[Result]:
    """Add the key, or take theirs away. Raises BadInput, NotFound, NotAllowed."""
    if not job.public:
        yield Result(job.member, desk.sealing.take_keys(person, job.member))
        return
    yield Result(desk.sealing.add_key(person, job.member, job.public))
