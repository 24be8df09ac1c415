"""A case taken out of the desk for good."""

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
    """As `verify.store.keeping.wipe.Wiped`."""

    case_id: int
    removed: tuple[str, ...]
    shared: tuple[str, ...]
    telegram: int
    exports: int
    left: tuple[str, ...]
    compacted: bool


def run(desk: Desk, person: Person, job: Job, course: Course) -> Iterator[Result]:
    """Take it out, to the end. Raises NotFound, NotAllowed, BadInput, Unavailable."""
    from dataclasses import asdict

    yield Result(**asdict(desk.wiping.finish(desk.wiping.wipe(person, job.case))))
