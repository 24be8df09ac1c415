"""What a person concluded."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from verify.records.claims import Claim
from verify.records.record import Record


class Rating(StrEnum):
    """A verdict about one exhibit against one claim.

    Each but two is one of MediaReview's categories, or a narrower name within one.
    """

    UNVERIFIED = "unverified"
    ORIGINAL = "original"
    DECONTEXTUALISED = "decontextualised"
    EDITED_OR_CROPPED = "edited_or_cropped"
    TRANSFORMED = "transformed"
    AI_GENERATED = "ai_generated"
    STAGED = "staged"
    SATIRE = "satire"
    CANNOT_BE_VERIFIED = "cannot_be_verified"

    @property
    def media_review(self) -> str:
        """The value of schema.org's MediaManipulationRatingEnumeration; "" for none."""
        return _MEDIA_REVIEW.get(self, "")


_MEDIA_REVIEW = {
    Rating.ORIGINAL: "OriginalMediaContent",
    Rating.DECONTEXTUALISED: "DecontextualizedContent",
    Rating.EDITED_OR_CROPPED: "EditedOrCroppedContent",
    Rating.TRANSFORMED: "TransformedContent",
    Rating.AI_GENERATED: "TransformedContent",
    Rating.STAGED: "StagedContent",
    Rating.SATIRE: "SatireOrParodyContent",
}


class VerdictState(StrEnum):
    """A verdict is proposed by one person, and confirmed or returned by another."""

    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    RETURNED = "returned"


class Basis(Record, frozen=True):
    """What a verdict rested on. pictures: how many exhibits the desk held. first_at: when its
    picture, or a copy, was first seen by what was known then."""

    pictures: int
    first_at: datetime | None = None


class Verdict(Record, frozen=True):
    """What a person concluded about one exhibit against one claim, and why. basis: what it rested
    on; None of those that an earlier version kept."""

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
    basis: Basis | None = None
