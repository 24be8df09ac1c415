"""Exhibits that nobody may hold: a list of hashes, and exhibits on a person's word."""

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
    """hashes: algorithm and lower-case hex. exhibits: by SHA-256. shown_to: a member's name, ""
    to leave who that is."""

    hashes: tuple[tuple[str, str], ...]
    exhibits: tuple[str, ...]
    shown_to: str


class Result(Record, frozen=True):
    """How many hashes of a list are new, how many exhibits are withheld since, and how many of
    their own hashes joined the list, by which copies are known."""

    hashes: int
    withheld: int
    joined: int


def run(desk: Desk, person: Person, job: Job, course: Course) -> Iterator[Result]:
    """Take the list, then withhold what is named. Raises NotFound, BadInput, NotAllowed."""
    listed = desk.withholding.take_list(person, job.hashes, job.shown_to)
    done = listed.and_then(desk.withholding.withhold(person, *job.exhibits))
    yield Result(done.listed, done.exhibits, done.joined)
