"""What an import brought taken out of the archive for good."""

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
    """The number of the import."""

    number: int


class Result(Record, frozen=True):
    """What went. removed, shared: digests of originals; the latter stay, for others hold them."""

    number: int
    removed: tuple[str, ...]
    shared: tuple[str, ...]


def run(desk: Desk, person: Person, job: Job, course: Course) -> Iterator[Result]:
    """Take it out, to the end. Raises NotFound, NotAllowed, Unavailable."""
    wiped = desk.wiping.finish(desk.wiping.undo(person, job.number))
    yield Result(job.number, wiped.removed, wiped.shared)
