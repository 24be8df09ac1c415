"""Emblems: one marked by a box and looked for in all that is here, or one removed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from verify.jobs.messages import Progress
from verify.records import MarkedEmblem, Person, Record

if TYPE_CHECKING:
    from verify.desk import Desk
    from verify.jobs.course import Course

ENDURES = True
CANCELLABLE = True


class Job(Record, frozen=True):
    """sha256: of the exhibit, with a box and a name. removed: the number of the emblem that goes; 0
    for none."""

    sha256: str = ""
    box: str = ""
    name: str = ""
    removed: int = 0


class Result(Record, frozen=True):
    """The emblem as it was marked, with where else it stands; None where one was removed."""

    emblem: MarkedEmblem | None


def run(desk: Desk, person: Person, job: Job, course: Course) -> Iterator[Result | Progress]:
    """Do it, and look through all that is here. Raises NotFound, BadInput, Unavailable."""
    if job.removed:
        desk.emblems.remove(person, job.removed)
        yield Result(None)
        return
    case_id, exhibit_id, box = desk.emblems.named(person, job.sha256, job.box)
    known = [one for one in desk.emblems.every(person)[0] if _same(one, exhibit_id, job.name)]
    made = known[-1] if known else desk.emblems.mark(person, case_id, exhibit_id, box, job.name)
    for done, total in desk.emblems.look_through():
        course.step()
        yield Progress(done, total)
    yield Result(next(one for one in desk.emblems.every(person)[0] if one.id == made.id))


def _same(one: MarkedEmblem, exhibit_id: int, name: str) -> bool:
    """Whether it was marked before, as by a job that is asked for again."""
    return one.exhibit_id == exhibit_id and one.name == " ".join(name.split())
