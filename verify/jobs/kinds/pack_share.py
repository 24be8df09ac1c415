"""A pack of what this desk did not publish, for desks that it chose."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING

from verify.jobs.place import Place
from verify.records import GivenPack, PackHeader, Person, Record

if TYPE_CHECKING:
    from verify.desk import Desk
    from verify.jobs.course import Course

ENDURES = False
CANCELLABLE = True


class Job(Record, frozen=True):
    """A new file of this name in that folder. header: what it says of itself. ask: whom to ask.
    key: signs it. recipients: age keys."""

    cases: tuple[int, ...]
    folder: Place
    name: bytes
    header: PackHeader
    ask: str
    key: bytes
    recipients: tuple[str, ...]


class Result(Record, frozen=True):
    """What left."""

    given: GivenPack


def run(desk: Desk, person: Person, job: Job, course: Course) -> Iterator[Result]:
    """Write it. Raises NotFound, NotAllowed, BadInput, Unavailable."""
    yield Result(
        desk.pack_sharing.share(
            person,
            job.cases,
            job.folder.path() / os.fsdecode(job.name),
            header=job.header,
            ask=job.ask,
            key=job.key,
            recipients=job.recipients,
            step=course.step,
        )
    )
