"""Today's lab on all exhibits again; what stood stays."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import TYPE_CHECKING

from verify.errors import DiskRefused, VerifyError
from verify.jobs.messages import Progress
from verify.records import Outcome, Person, Record, Sentence, say

if TYPE_CHECKING:
    from verify.desk import Desk
    from verify.jobs.course import Course
    from verify.store.pictures.exhibits import Held

ENDURES = True
CANCELLABLE = True
_log = logging.getLogger(__name__)


class Job(Record, frozen=True):
    """All of them."""


class Result(Record, frozen=True):
    """One exhibit after its examination. flagged, failed: how many findings.

    case: 0, and nothing counted, where it is in the archive alone. reason: why it was left out.
    """

    sha256: str
    case: int
    matches: int = 0
    flagged: int = 0
    failed: int = 0
    reason: Sentence | None = None


def run(desk: Desk, person: Person, job: Job, course: Course) -> Iterator[Result | Progress]:
    """Examine each exhibit anew; what this job has done before a kill is not done again.

    What cannot be examined is its own result. Raises DiskRefused.
    """
    exhibits = desk.reports.exhibits(person)
    yield Progress(0, len(exhibits))

    def going() -> Iterator[Held]:
        for one in exhibits:
            course.step()
            yield one

    examined = desk.examining.examine_each(
        person, going(), lambda one: one.id, since=course.begun_at
    )
    for done, (one, wrong) in enumerate(examined, start=1):
        if isinstance(wrong, DiskRefused):  # it would refuse all others too
            raise wrong
        yield _result(desk, person, one) if wrong is None else _left_out(one, wrong)
        yield Progress(done, len(exhibits))
    for _ in desk.hearing.hear_rest(person):
        course.step()
    for _ in desk.examining.read_rest(person):
        course.step()


def _result(desk: Desk, person: Person, one: Held) -> Result:
    if one.case_id < 0:  # nobody opened a case with it
        return Result(sha256=one.sha256, case=0)
    seen = desk.reports.exhibit(person, one.case_id, one.id)
    outcomes = [finding.outcome for finding in seen.findings]
    return Result(
        sha256=one.sha256,
        case=one.case_id,
        matches=len(seen.matches),
        flagged=outcomes.count(Outcome.FLAGGED),
        failed=outcomes.count(Outcome.FAILED),
    )


def _left_out(one: Held, wrong: Exception) -> Result:
    if isinstance(wrong, VerifyError):
        return Result(sha256=one.sha256, case=max(0, one.case_id), reason=wrong.sentence)
    _log.error("an examination failed: %s", type(wrong).__name__, exc_info=wrong)
    failed = say("Something went wrong with this file; the reason is in the log.")
    return Result(sha256=one.sha256, case=max(0, one.case_id), reason=failed)
