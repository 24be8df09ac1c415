"""One case as a bag, which can be checked without this program."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from verify.jobs.place import Place
from verify.records import Bagged, Person, Record, Sentence

if TYPE_CHECKING:
    from verify.desk import Desk
    from verify.jobs.course import Course

ENDURES = False
CANCELLABLE = True


class Job(Record, frozen=True):
    """A new file of this name in that folder. recipients: age public keys. profile: by its name;
    "" is the narrowest. key: signs the bag; b"" where none does."""

    case: int
    folder: Place
    name: bytes
    recipients: tuple[str, ...]
    profile: str
    key: bytes = b""


class Result(Record, frozen=True):
    """What was written, its profile and what that left out. bagged: None where an attempt that
    was cut short had written it."""

    bagged: Bagged | None
    profile: str
    left_out: tuple[Sentence, ...]


def run(desk: Desk, person: Person, job: Job, course: Course) -> Iterator[Result]:
    """Lay the case out for its reader and write it. Raises NotFound, BadInput, Unavailable."""
    from verify.jobs.bagged import bagged
    from verify.language import Reader
    from verify.layouts.profiles import narrowest

    name = job.profile or narrowest()
    reader = Reader(course.who.language, ZoneInfo(course.who.zone))
    write = partial(
        desk.bagging.bag,
        target=job.folder.path() / os.fsdecode(job.name),
        recipients=job.recipients,
        step=course.step,
        begun_at=course.begun_at if course.again else None,
        key=job.key,
    )
    written, left_out = bagged(desk, person, job.case, name, reader, write)
    yield Result(written, name, left_out)
