"""The key by which the desk signs what it hands out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal

from verify.records import Person, Record

if TYPE_CHECKING:
    from verify.desk import Desk
    from verify.jobs.course import Course

ENDURES = False
CANCELLABLE = False


class Job(Record, frozen=True):
    """public: of a key that was made, in PEM."""

    what: Literal["made", "lost", "current"]
    public: str = ""


class Result(Record, frozen=True):
    """The key by its fingerprint; its public half where it is the current one."""

    fingerprint: str
    public: str = ""


def run(desk: Desk, person: Person, job: Job, course: Course) -> Iterator[Result]:
    """Note it, or tell which it is. Raises NotFound, NotAllowed."""
    match job.what:
        case "made":
            yield Result(desk.signing.made(person, job.public), job.public)
        case "lost":
            yield Result(desk.signing.lost(person))
        case "current":
            yield Result(*desk.signing.current(person))
