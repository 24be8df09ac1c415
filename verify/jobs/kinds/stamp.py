"""A time stamp on the custody record: its request, and the reply to it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from verify.records import Person, Record, Stamp

if TYPE_CHECKING:
    from verify.desk import Desk
    from verify.jobs.course import Course

ENDURES = False
CANCELLABLE = False


class Job(Record, frozen=True):
    """reply: what came; b"" to ask. authority: whom. certificates: whose stamps are trusted."""

    reply: bytes = b""
    authority: str = ""
    certificates: str = ""


class Result(Record, frozen=True):
    """The stamp. trusted: whether its authority is."""

    stamp: Stamp
    trusted: bool = False


def run(desk: Desk, person: Person, job: Job, course: Course) -> Iterator[Result]:
    """Make a request, or take the reply in. Raises BadInput, NotAllowed."""
    if not job.reply:
        yield Result(desk.stamping.ask(person, job.authority))
        return
    yield Result(*desk.stamping.take(person, job.reply, job.certificates))
