"""An export that was sent as a file, and is an exhibit: read, and taken into the archive."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from verify.errors import BadInput
from verify.jobs import exports
from verify.jobs.archiving import Archiving, Step
from verify.jobs.course import Course
from verify.jobs.exports import Bundle, Counted, OneFile
from verify.jobs.kinds.import_ import Job
from verify.jobs.messages import Who, order
from verify.records import Archived, DateOrder, ExhibitReport, Person, say

if TYPE_CHECKING:
    from verify.desk import Desk

_ARCHIVES = (".zip", ".wacz")


@dataclass(frozen=True)
class Wanted:
    """As `verify.jobs.archiving.Wanted`."""

    confidential: bool = False
    dates: DateOrder | None = None
    chats: tuple[str, ...] = ()
    until: date | None = None


def may_be_export(exhibit: ExhibitReport) -> bool:
    """Whether an exhibit may hold an export, by its name."""
    name = exhibit.filename.lower()
    return name.endswith(_ARCHIVES) or exports.may_be(name)


def counted(desk: Desk, exhibit: ExhibitReport, dates: DateOrder | None) -> list[Counted]:
    """What the exports in an exhibit hold. Raises AmbiguousDatesError, BadInput where there is
    none."""
    with _files(desk, exhibit) as files:
        lab = desk.sandbox, desk.incoming
        found = [*exports.counted(files, _given(exhibit), lab, dates)]
    if not found:
        raise BadInput(say("This file is no export that the desk can read."))
    return found


def take_in(desk: Desk, person: Person, exhibit: ExhibitReport, wanted: Wanted) -> list[Archived]:
    """Take the exports in an exhibit into the archive; gives what came of each kind. Raises
    BadInput, Unavailable."""
    who = Who(str(person.id), person.name, person.language, "UTC")
    course = Course(order("import", Job(()), who), beside_others=True)
    archiving = Archiving(desk, person, wanted, course, f"exhibit {exhibit.sha256}")
    with _files(desk, exhibit) as files:

        def steps() -> Iterator[Step]:
            yield from archiving.take_of(files, _given(exhibit))
            yield from archiving.end()

        each = desk.examining.examine_each(person, steps(), lambda step: step.exhibit_id)
        told = [told for step, wrong in each if (told := step.recorded(wrong))]
    desk.second_pass.go_on()
    return told


def _given(exhibit: ExhibitReport) -> Path:
    """Where its files lie, for the reader: in the archive that it is, or nowhere."""
    name = exhibit.filename
    return Path(name) if name.lower().endswith(_ARCHIVES) else Path()


@contextmanager
def _files(desk: Desk, exhibit: ExhibitReport) -> Iterator[Bundle]:
    original = desk.receiving.original(exhibit.sha256)
    if exhibit.filename.lower().endswith(_ARCHIVES):
        with exports.in_archive(original, desk.incoming, desk.sandbox) as files:
            yield files
    else:
        yield Bundle(OneFile(exhibit.filename, original))
