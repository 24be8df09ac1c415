"""The questions that people answer."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from verify.records.findings import Finding, Pillar
from verify.records.record import Record
from verify.records.sentences import Sentence


class Reply(StrEnum):
    """How a person can answer a checklist item."""

    SETTLED = "settled"
    CONCERN = "concern"
    COULD_NOT_TELL = "could_not_tell"
    DOES_NOT_APPLY = "does_not_apply"


class Answer(Record, frozen=True):
    """What a person answered to a checklist item, with the examination that they saw.

    proposed: they accepted what the desk proposed; `text` is the evidence as they read it.
    """

    item: str
    reply: Reply
    text: str
    by: str
    at: datetime
    examination_id: int | None = None
    proposed: bool = False


class ChecklistItem(Record, frozen=True):
    """One item of the checklist on a case: its answer, and the findings that speak to it.

    starred: it matters most for pictures of conflict. core: one of the ten that come first.
    """

    id: str
    pillar: Pillar
    question: Sentence
    hint: Sentence | None
    reference: str
    starred: bool = False
    core: bool = False
    answer: Answer | None = None
    findings: tuple[Finding, ...] = ()
