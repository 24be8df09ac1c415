"""Today's lab on all exhibits again; what stood stays."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from verify.jobs.messages import Progress
from verify.records import CaseLine, Outcome, Person, Record

if TYPE_CHECKING:
    from verify.desk import Desk
    from verify.jobs.course import Course

ENDURES = True
CANCELLABLE = True
_PAGE = 200


class Job(Record, frozen=True):
    """All of them."""


class Result(Record, frozen=True):
    """One exhibit after its examination. flagged, failed: how many findings."""

    sha256: str
    case: int
    matches: int
    flagged: int
    failed: int


def run(desk: Desk, person: Person, job: Job, course: Course) -> Iterator[Result | Progress]:
    """Examine each exhibit anew; what this job has done before a kill is not done again."""
    reports = (desk.case(person, line.id) for line in _all_cases(desk, person))
    exhibits = sorted(
        {e.exhibit_id: e.case_id for report in reports for e in report.exhibits}.items()
    )
    yield Progress(0, len(exhibits))

    def going(pairs: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
        for pair in pairs:
            course.step()
            yield pair

    examined = desk.examine_each(
        person, going(exhibits), lambda pair: pair[0], since=course.begun_at
    )
    for done, ((exhibit_id, case_id), wrong) in enumerate(examined, start=1):
        if wrong:
            raise wrong
        seen = desk.exhibit(person, case_id, exhibit_id)
        outcomes = [finding.outcome for finding in seen.findings]
        yield Result(
            sha256=seen.sha256,
            case=case_id,
            matches=len(seen.matches),
            flagged=outcomes.count(Outcome.FLAGGED),
            failed=outcomes.count(Outcome.FAILED),
        )
        yield Progress(done, len(exhibits))


def _all_cases(desk: Desk, person: Person) -> Iterator[CaseLine]:
    offset = 0
    while page := desk.cases(person, offset=offset, limit=_PAGE):
        yield from page
        offset += len(page)
