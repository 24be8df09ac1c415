"""One case in a file that is readable without this program."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from verify.jobs.place import Place
from verify.records import Person, Record

if TYPE_CHECKING:
    from verify.desk import Desk
    from verify.jobs.course import Course

ENDURES = False
CANCELLABLE = True


class Job(Record, frozen=True):
    """A new file of this name in that folder. recipients: age public keys."""

    case: int
    folder: Place
    name: bytes
    recipients: tuple[str, ...]


class Result(Record, frozen=True):
    """The case, and how many originals are in the file."""

    case: int
    originals: int


def run(desk: Desk, person: Person, job: Job, course: Course) -> Iterator[Result]:
    """Lay the case out for its reader and write it. Raises NotFound, BadInput, Unavailable."""
    from verify.language import Reader, plain
    from verify.layouts.shapes import fields
    from verify.layouts.sheet import exhibits_csv
    from verify.layouts.text import case_lines

    reader = Reader(course.who.language, ZoneInfo(course.who.zone))
    render = partial(plain, reader=reader)
    report = desk.reports.case(person, job.case)
    texts = {
        "report.txt": "".join(f"{line}\n" for line in case_lines(report, render)),
        "exhibits.csv": exhibits_csv(report, reader),
        "case.json": json.dumps(fields(report, render), indent=2, ensure_ascii=False),
    }
    count = desk.exporting.export(
        person,
        job.case,
        job.folder.path() / os.fsdecode(job.name),
        texts,
        job.recipients,
        step=course.step,
        begun_at=course.begun_at if course.again else None,
    )
    yield Result(report.id, count)
