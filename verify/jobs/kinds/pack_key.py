"""The age key to which others encrypt packs for this desk."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from verify.records import Person, Record

if TYPE_CHECKING:
    from verify.desk import Desk
    from verify.jobs.course import Course

ENDURES = False
CANCELLABLE = False


class Job(Record, frozen=True):
    """public: of a key that was made; "" asks for the one that is told."""

    public: str = ""


class Result(Record, frozen=True):
    """The public half."""

    public: str


def run(desk: Desk, person: Person, job: Job, course: Course) -> Iterator[Result]:
    """Note it, or tell which it is. Raises BadInput, NotAllowed."""
    if job.public:
        yield Result(desk.pack_sharing.add_key(person, job.public))
    else:
        yield Result(desk.pack_sharing.key(person))
