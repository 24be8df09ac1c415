"""A report of a case, as a page or a PDF."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from verify.jobs.place import Place
from verify.records import MadeReport, Person, Record

if TYPE_CHECKING:
    from verify.desk import Desk
    from verify.jobs.course import Course

ENDURES = False
CANCELLABLE = False


class Job(Record, frozen=True):
    """A new file of this name in that folder, whose ending says of which format. profile: by its
    name. language: a code; "" for that of whoever asks. given_to: no file: to whom the latest
    report was given."""

    case: int
    profile: str = ""
    language: str = ""
    folder: Place | None = None
    name: bytes = b""
    given_to: str = ""


class Result(Record, frozen=True):
    """The report that was made, or the one that was given."""

    made: MadeReport


def run(desk: Desk, person: Person, job: Job, course: Course) -> Iterator[Result]:
    """Make it, write it, note that. Raises NotFound, NotAllowed, BadInput, Unavailable."""
    from verify.language import Reader
    from verify.layouts.report import laid_out
    from verify.store.folder.files import write_new

    if job.folder is None:
        yield Result(desk.reporting.given(person, job.case, job.given_to))
        return
    target = job.folder.path() / os.fsdecode(job.name)
    reader = Reader(job.language or course.who.language, ZoneInfo(course.who.zone))
    if course.again and target.is_file():  # a kill came between the file and the answer
        known = desk.reporting.known(person, job.case, target.read_bytes())
        if known:
            yield Result(known)
            return
    made, content = laid_out(desk, person, job.case, job.profile, reader, target.suffix)
    write_new(target, content)
    yield Result(desk.reporting.noted(person, made))
