"""Packs of what others checked: one added, one removed."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing
from typing import TYPE_CHECKING

from verify.jobs.messages import Progress
from verify.jobs.place import Place
from verify.records import Pack, Person, Record

if TYPE_CHECKING:
    from verify.desk import Desk
    from verify.jobs.course import Course

ENDURES = True
CANCELLABLE = True


class Job(Record, frozen=True):
    """place: of a file to add. secret: the age key that opens it, where it is encrypted. removed:
    the number of a pack that goes; 0 for none."""

    place: Place | None = None
    removed: int = 0
    secret: str = ""


class Result(Record, frozen=True):
    """The pack. first: whether it is the first that is here by its key. gone: packs that it
    withdrew. less: those of which it withdrew entries, as they are now."""

    pack: Pack
    first: bool = False
    gone: tuple[Pack, ...] = ()
    less: tuple[Pack, ...] = ()


def run(desk: Desk, person: Person, job: Job, course: Course) -> Iterator[Result | Progress]:
    """Do it, and hold what is here against it. Raises NotFound, NotAllowed, BadInput."""
    from verify.desk.packs import Added
    from verify.store.packs.kept import AT_ONCE

    if job.place is None:
        gone = desk.packs.remove(person, job.removed)
        with closing(desk.packs.clear()) as clearing:
            for done, _ in enumerate(clearing, start=1):
                yield Progress(min(done * AT_ONCE, gone.entries), gone.entries)
                course.step()
        yield Result(gone)
        return
    coming = desk.packs.add(person, job.place.path(), os.fsdecode(job.place.given), job.secret)
    with closing(coming):
        for came in coming:
            if isinstance(came, Added):
                yield Result(came.pack, came.first, came.replaced, came.lessened)
            else:
                course.step()
                yield Progress(*came)
    for _ in desk.packs.look_through():
        course.step()
