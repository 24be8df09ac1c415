"""What somebody saw of an account, noted."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from verify.errors import BadInput
from verify.records import AccountEvent, AccountState, Person, Record, say

if TYPE_CHECKING:
    from verify.desk import Desk
    from verify.jobs.course import Course

ENDURES = False
CANCELLABLE = False


class Job(Record, frozen=True):
    """The account by its id, handle or name; what was seen, when, and where that is archived."""

    name: str
    kind: AccountState
    at: datetime
    link: str = ""
    note: str = ""


class Result(Record, frozen=True):
    """That it is noted."""

    account: int


def run(desk: Desk, person: Person, job: Job, course: Course) -> Iterator[Result]:
    """Note it of the one account of that name. Raises NotFound, BadInput where there are more."""
    found = desk.posts.accounts(person, job.name)
    if len(found) > 1:
        raise BadInput(say("More than one account was called {name}: give its id.", name=job.name))
    account = found[0].account
    event = AccountEvent(kind=job.kind, at=job.at, by=person.name, link=job.link, note=job.note)
    desk.posts.note_account(person, account.id, event)
    yield Result(account.id)
