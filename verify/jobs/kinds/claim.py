"""What is said about a picture, stated or corrected."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from verify.errors import NotFound
from verify.records import CaseReport, Claim, Person, Record, Sentence, Spot, say

if TYPE_CHECKING:
    from verify.desk import Desk
    from verify.jobs.course import Course

ENDURES = False
CANCELLABLE = False


class Job(Record, frozen=True):
    """The words, or which claim to correct: its number, or None for the latest of the case.

    date, spot: as `Claims.correct` takes them.
    """

    case: int
    words: str
    claimant: str
    number: int | None
    date: str | None
    spot: Spot | None


class Result(Record, frozen=True):
    """The claim as it stands, and what contradicts it."""

    claim: Claim
    against: tuple[Sentence, ...]


def run(desk: Desk, person: Person, job: Job, course: Course) -> Iterator[Result]:
    """State or correct it, each under a key of this job. Raises NotFound, BadInput."""
    from verify.wording.claim_lines import against

    if job.words and job.number is None:
        claim = desk.claims.state(
            person, job.case, job.words, claimant=job.claimant, key=course.key
        )
    else:
        claim = _former(desk.reports.case(person, job.case), job.number)
        if job.words or job.claimant:
            text = job.words or claim.text
            claim = desk.claims.state(
                person,
                job.case,
                text,
                claimant=job.claimant,
                revises=claim.id,
                key=course.key,
            )
    if job.date is not None or job.spot is not None:
        claim = desk.claims.correct(
            person,
            job.case,
            claim.id,
            claimed_at=job.date,
            spot=job.spot,
            key=f"{course.key} corrected",
        )
    yield Result(claim, tuple(against(claim, desk.reports.case(person, claim.case_id))))


def _former(report: CaseReport, number: int | None) -> Claim:
    claims = [claim for claim in report.claims if number in (None, claim.id)]
    if not claims:
        raise NotFound(say("There is no such claim in this case, or it has a newer version."))
    return claims[-1]
