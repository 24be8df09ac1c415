"""What a check saw, and which question of verification it belongs to."""

from __future__ import annotations

from enum import StrEnum

from verify.records.record import Record
from verify.records.sentences import Sentence


class Pillar(StrEnum):
    """Preservation, then First Draft's five pillars of verification."""

    PRESERVATION = "preservation"
    PROVENANCE = "provenance"
    SOURCE = "source"
    DATE = "date"
    LOCATION = "location"
    MOTIVATION = "motivation"


class Outcome(StrEnum):
    """What a check can come to. There is no "passed": a human concludes."""

    FLAGGED = "flagged"
    NOTED = "noted"
    INCONCLUSIVE = "inconclusive"
    FAILED = "failed"
    NOT_APPLICABLE = "not_applicable"


class Finding(Record, frozen=True):
    """What one check saw: the sentence, where it was read, and what it cannot show.

    `raw` is the value as read, at most 300 characters. `items` are the ids of checklist
    items that the finding speaks to; it is quoted there and never answers.
    """

    check: str
    pillar: Pillar
    outcome: Outcome
    summary: Sentence
    read_from: str = ""
    raw: str = ""
    caution: Sentence | None = None
    reference: str = ""
    items: tuple[str, ...] = ()
