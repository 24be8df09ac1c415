"""What a desk does with its hub: look what would go, share, take back, follow now."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal

from verify.errors import VerifyError
from verify.records import HubStatus, Person, Record, Sentence, Sharing

if TYPE_CHECKING:
    from verify.desk import Desk
    from verify.jobs.course import Course

ENDURES = False
CANCELLABLE = True


class Job(Record, frozen=True):
    """case: whose exhibits. seen: the digest of what was shown, to share it."""

    do: Literal["look", "share", "withdraw", "follow"]
    case: int = 0
    seen: str = ""


class Result(Record, frozen=True):
    """going: what would go, or goes. withdrawn: of how many exhibits it is taken back. status: how
    it stands then. trouble: why the hub does not have it yet."""

    going: Sharing | None = None
    withdrawn: int = 0
    status: HubStatus | None = None
    trouble: Sentence | None = None


def run(desk: Desk, person: Person, job: Job, course: Course) -> Iterator[Result]:
    """Do it. Raises NotFound, NotAllowed, BadInput."""
    if job.do == "look":
        yield Result(desk.hub.would_go(person, job.case))
        return
    going, withdrawn = None, 0
    if job.do == "share":
        going = desk.hub.share_case(person, job.case, job.seen)
    elif job.do == "withdraw":
        withdrawn = desk.hub.unshare(person, job.case)
    trouble = _visited(desk)
    yield Result(going, withdrawn, desk.hub.status(person), trouble)


def _visited(desk: Desk) -> Sentence | None:
    """Have the hub visited now; why that failed. What waits is sent by a later visit."""
    try:
        desk.hub.visit()
    except VerifyError as error:
        return error.sentence
    return None
