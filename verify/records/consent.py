"""What was asked of a source, and what they allowed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from enum import StrEnum

from verify.records.record import Record


class ConsentEvent(StrEnum):
    """What happened between desk and source."""

    ASKED = "asked"
    GIVEN = "given"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class Use(StrEnum):
    """What a source may be asked for."""

    CHECKING = "checking"
    PUBLISHING = "publishing"


class Consent(Record, frozen=True):
    """One event, as a member of the desk wrote it down.

    named: whether with the source's name; None where that was not said. until: the last day on
    which it holds, `YYYY-MM-DD`; "" without an end. by: who asked, or heard the answer.
    """

    id: int
    case_id: int
    event: ConsentEvent
    use: Use
    by: str
    at: datetime
    named: bool | None = None
    until: str = ""

    def ended(self, today: date) -> bool:
        """Whether it was given for a time that is over."""
        given = self.event is ConsentEvent.GIVEN and self.until
        return bool(given) and date.fromisoformat(self.until) < today


def stands(consents: Iterable[Consent], use: Use) -> Consent | None:
    """What holds for a use: the last answer to it, else that it was asked; None for neither.

    Asking again takes nothing back.
    """
    about = [one for one in consents if one.use is use]
    answers = [one for one in about if one.event is not ConsentEvent.ASKED]
    return next(reversed(answers or about), None)
