"""One case as a bag, which can be checked without this program."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from verify.jobs.place import Place
from verify.records import Bagged, Person, Record, Sentence

if TYPE_CHECKING:
    from verify.desk import Desk
    from verify.jobs.course import Course

ENDURES = False
CANCELLABLE = True
_REPORTS = ("html", "pdf")


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
    from verify.language import Reader
    from verify.layouts import handout, packing
    from verify.layouts.profiles import narrowest, profile
    from verify.layouts.report import as_noted, content, gathered

    name = job.profile or narrowest()
    chosen = profile(name)
    reader = Reader(course.who.language, ZoneInfo(course.who.zone))
    report = handout.case_for(desk, person, job.case, name)
    known = gathered(desk, person, job.case, name, reader)
    laid_out = content(known, name, reader)
    made = {form: as_noted(laid_out, form, person) for form in _REPORTS}
    reports = {f"report.{form}": page for form, (_, page) in made.items()}
    told_of = chosen.reported(known)
    bagged = desk.bagging.bag(
        person,
        job.case,
        job.folder.path() / os.fsdecode(job.name),
        lambda packed: packing.texts(packed, report, chosen, reader, told_of, reports),
        job.recipients,
        step=course.step,
        begun_at=course.begun_at if course.again else None,
        ready=lambda: [desk.reporting.noted(person, one) for one, _ in made.values()],
        profile=name,
        shown=chosen.narrowed(report),
        with_originals=chosen.ORIGINALS,
        with_copies=chosen.COPIES,
        with_custody=chosen.CUSTODY,
        key=job.key,
    )
    yield Result(bagged, name, handout.left_out(report, chosen))
