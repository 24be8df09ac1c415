"""What a person concluded."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from verify.records.claims import Claim
from verify.records.record import Record


class Rating(StrEnum):
    """A verdict about one exhibit against one claim: unverified, or MediaReview's six."""

    UNVERIFIED = "unverified"
    ORIGINAL = "original"
    DECONTEXTUALISED = "decontextualised"
    EDITED_OR_CROPPED = "edited_or_cropped"
    TRANSFORMED = "transformed"
    STAGED = "staged"
    SATIRE = "satire"


class VerdictState(StrEnum):
    """A verdict is proposed by one person, and confirmed or returned by another."""

    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    RETURNED = "returned"


class Verdict(Record, frozen=True):
    """What a person concluded about one exhibit against one claim, and why."""

    id: int
    case_id: int
    exhibit_id: int
    rating: Rating
    reason: str
    by: str
    at: datetime
    claim: Claim | None = None
    state: VerdictState = VerdictState.CONFIRMED
    decided_by: str = ""
    decided_at: datetime | None = None
    remark: str = ""
