"""What somebody saw of an account, or states of it, noted."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from verify.errors import BadInput
from verify.records import (
    AccountEvent,
    AccountState,
    Person,
    Record,
    Relation,
    Statement,
    say,
)

if TYPE_CHECKING:
    from verify.desk import Desk
    from verify.jobs.course import Course

ENDURES = False
CANCELLABLE = False


class Job(Record, frozen=True):
    """The account by its id, handle or name. saw: what was seen of it, and where that is archived.

    relation, value, look_again: what is stated of it, see `Statement`. note: what else was seen,
    or why it is stated.
    """

    name: str
    at: datetime
    saw: AccountState | None = None
    link: str = ""
    relation: Relation | None = None
    value: str = ""
    look_again: str = ""
    note: str = ""


class Result(Record, frozen=True):
    """That it is noted. known: when the same was noted before, so that it was not noted again."""

    account: int
    known: datetime | None = None


def run(desk: Desk, person: Person, job: Job, course: Course) -> Iterator[Result]:
    """Note it of the one account of that name. Raises NotFound, BadInput where there are more."""
    found = desk.posts.accounts(person, job.name)
    if len(found) > 1:
        raise BadInput(say("More than one account was called {name}: give its id.", name=job.name))
    number = found[0].account.id
    known = None
    if job.saw:
        event = AccountEvent(kind=job.saw, at=job.at, by=person.name, link=job.link, note=job.note)
        before = desk.posts.note_account(person, number, event)
        known = before.at if before else None
    if job.relation:
        said = Statement(
            kind=job.relation,
            value=job.value,
            reason=job.note,
            by=person.name,
            at=job.at,
            look_again=job.look_again,
        )
        desk.posts.state_account(person, number, said)
    yield Result(number, known)
