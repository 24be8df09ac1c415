"""One job carried out, by the desk that runs or by the command itself: one code path."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

import msgspec

from verify.errors import BadInput, Cancelled, VerifyError
from verify.jobs.kinds import kind
from verify.jobs.messages import Done, Event, Gave, Order, Progress, Refused, Remark, Who
from verify.records import say

if TYPE_CHECKING:
    from verify.desk import Desk

_log = logging.getLogger(__name__)
_CALLED_OFF = say("Cancelled. What was done until then stays.")


class Course:
    """What a job may know of its way. Cancelled from another thread."""

    def __init__(self, order: Order, *, beside_others: bool) -> None:
        """beside_others: whether a chat is served by the same desk, which comes first."""
        self.key: str = order.key
        self.begun_at: datetime = order.begun_at
        self.again: bool = order.again
        self.who: Who = order.who
        self.beside_others = beside_others
        self._cancelled = threading.Event()

    def cancel(self) -> None:
        """Have the job end at its next step."""
        self._cancelled.set()

    @property
    def cancelled(self) -> bool:
        """Whether the job is to end."""
        return self._cancelled.is_set()

    def step(self) -> None:
        """Between two steps. Raises Cancelled once the job is to end."""
        if self.cancelled:
            raise Cancelled(_CALLED_OFF)


def called_off() -> Refused:
    """The end of a job that was cancelled before it began."""
    return Refused(Cancelled.__name__, _CALLED_OFF)


def carry_out(desk: Desk, order: Order, course: Course) -> Iterator[Event]:
    """Do the job; gives what comes of it. The last event says how it ended; nothing is raised."""
    try:
        module = kind(order.kind)
        try:
            job = msgspec.msgpack.decode(order.job, type=module.Job)
        except (msgspec.MsgspecError, UnicodeDecodeError) as error:
            raise BadInput(say("The desk does not understand this job.")) from error
        who = order.who
        person = desk.team.at_console(who.account, who.name, who.language)
        for result in module.run(desk, person, job, course):
            if isinstance(result, Progress | Remark):
                yield result
            else:
                yield Gave(msgspec.Raw(msgspec.msgpack.encode(result)))
    except VerifyError as error:
        yield Refused(type(error).__name__, error.sentence)
    except Exception as error:  # the log has the reason; the person, a sentence
        _log.error("a job failed: %s", type(error).__name__, exc_info=error)
        failed = say("Something went wrong; the reason is in the log.")
        yield Refused("Unavailable", failed)
    else:
        yield Done()
