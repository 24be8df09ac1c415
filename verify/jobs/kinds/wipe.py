"""A case, an import, a source, an account or a sender taken out of the desk for good."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from verify.records import Person, Record, Wiped

if TYPE_CHECKING:
    from verify.desk import Desk
    from verify.jobs.course import Course

ENDURES = False
CANCELLABLE = False
Result = Wiped


class Job(Record, frozen=True):
    """What is wiped: a case or an import by its number, or else a source, an account or a sender
    by name."""

    case: int = 0
    account: str = ""
    source: str = ""
    sender: str = ""
    shelf: int = 0


def run(desk: Desk, person: Person, job: Job, course: Course) -> Iterator[Result]:
    """Take it out, to the end. Raises NotFound, NotAllowed, BadInput, Unavailable."""
    if job.source:
        wiped = desk.wiping.wipe_source(person, job.source)
    elif job.account:
        wiped = desk.wiping.wipe_account(person, job.account)
    elif job.sender:
        wiped = desk.wiping.wipe_sender(person, job.sender)
    elif job.shelf:
        wiped = desk.wiping.undo(person, job.shelf)
    else:
        wiped = desk.wiping.wipe(person, job.case)
    yield desk.wiping.finish(wiped)
