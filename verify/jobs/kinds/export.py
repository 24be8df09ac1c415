"""One case in a file that is readable without this program."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from verify.jobs.place import Place
from verify.records import Person, Record, Sentence

if TYPE_CHECKING:
    from verify.desk import Desk
    from verify.jobs.course import Course

ENDURES = False
CANCELLABLE = True


class Job(Record, frozen=True):
    """A new file of this name in that folder. recipients: age public keys. profile: by its name;
    "" is "inside", as before there were profiles."""

    case: int
    folder: Place
    name: bytes
    recipients: tuple[str, ...]
    profile: str = ""


class Result(Record, frozen=True):
    """The case, how many originals are in the file, its profile and what that left out."""

    case: int
    originals: int
    profile: str
    left_out: tuple[Sentence, ...]


def run(desk: Desk, person: Person, job: Job, course: Course) -> Iterator[Result]:
    """Lay the case out for its reader and write it. Raises NotFound, BadInput, Unavailable."""
    from verify.language import Reader
    from verify.layouts import handout
    from verify.layouts.profiles import profile

    name = job.profile or "inside"
    chosen = profile(name)
    reader = Reader(course.who.language, ZoneInfo(course.who.zone))
    report = handout.case_for(desk, person, job.case, name)
    count = desk.exporting.export(
        person,
        job.case,
        job.folder.path() / os.fsdecode(job.name),
        handout.texts(report, chosen, name, reader),
        job.recipients,
        step=course.step,
        begun_at=course.begun_at if course.again else None,
        profile=name,
        with_originals=chosen.ORIGINALS,
        with_custody=chosen.CUSTODY,
    )
    yield Result(report.id, count, name, handout.left_out(report, chosen))
