"""A copy of an exhibit for others, on which a person covered what is to stay theirs."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING

from verify.jobs.place import Place
from verify.records import Person, Record, Sentence

if TYPE_CHECKING:
    from verify.desk import Desk
    from verify.jobs.course import Course

ENDURES = True
CANCELLABLE = False


class Job(Record, frozen=True):
    """sha256: of the exhibit. boxes: as people write them. A new file of this name in that
    folder."""

    sha256: str
    boxes: str
    sound: bool
    folder: Place
    name: bytes


class Result(Record, frozen=True):
    """The copy as an exhibit: that it is made, what it has not, and what to look at."""

    sha256: str
    case: int
    boxes: str
    made: Sentence
    removed: tuple[Sentence, ...]
    cautions: tuple[Sentence, ...]


def run(desk: Desk, person: Person, job: Job, course: Course) -> Iterator[Result]:
    """Make it, examine it, write it. Raises NotFound, BadInput, Unavailable."""
    from verify.care import boxes
    from verify.store.folder.files import write_new
    from verify.wording import copies

    target = job.folder.path() / os.fsdecode(job.name)
    known = boxes.read(job.boxes, *desk.copying.squares(person, job.sha256)) if job.boxes else ()
    copied = desk.copying.copy(person, job.sha256, known, sound=job.sound)
    receipt = copied.receipt
    desk.examining.all_of(person, receipt.exhibit_id)
    _, content = desk.copying.file(person, receipt.case_id, receipt.exhibit_id)
    write_new(target, content)
    lists = tuple(copies.removed(copied)), tuple(copies.cautions(copied))
    yield Result(receipt.sha256, receipt.case_id, boxes.written(known), copies.made(copied), *lists)
