"""How long something is kept, and what a wipe is about."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from verify.records.record import Record


class Keepable(StrEnum):
    """What has a date: a case, or a source in all cases."""

    CASE = "case"
    SOURCE = "source"


class Keep(Record, frozen=True):
    """Until when something is kept. until: the last day; None where none is set. held: a legal hold
    stops each wipe, whatever the day."""

    until: date | None = None
    held: bool = False

    def over(self, today: date) -> bool:
        """Whether it is to be wiped by now."""
        return self.until is not None and self.until < today and not self.held
