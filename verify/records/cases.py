"""A case in lists, and what is written and told about it."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from verify.records.people import Role
from verify.records.record import Record
from verify.records.sentences import Sentence
from verify.records.verdicts import Rating


class Status(StrEnum):
    """Where the work on a case stands. A concluded case is locked until it is reopened."""

    OPEN = "open"
    IN_REVIEW = "in_review"
    CONCLUDED = "concluded"
    REOPENED = "reopened"


class Priority(StrEnum):
    """How soon a case is needed."""

    URGENT = "urgent"
    HIGH = "high"
    NORMAL = "normal"
    LOW = "low"


class Note(Record, frozen=True):
    """What a person wrote in a case. exhibit_id: about which of its exhibits, where known."""

    id: int
    case_id: int
    text: str
    by: str
    at: datetime
    exhibit_id: int | None = None


class CaseLine(Record, frozen=True):
    """A case in a list."""

    id: int
    opened_at: datetime
    exhibits: int
    title: str
    answered: int
    items: int = 0
    rating: Rating | None = None
    status: Status = Status.OPEN
    priority: Priority = Priority.NORMAL
    assignee: str = ""
    due_at: datetime | None = None
    tags: tuple[str, ...] = ()
    confidential: bool = False


class CaseFilter(Record, frozen=True):
    """Which cases a list shows. Empty values do not narrow it."""

    status: Status | None = None
    of_person: int | None = None  # who opened it, was given it or wrote in it
    tag: str = ""
    unfinished: bool = False


class Notice(Record, frozen=True):
    """Something changed in a case that a person watches; not told yet."""

    id: int
    person_id: int
    service: str
    external_id: str
    language: str
    case_id: int
    sentence: Sentence
    role: Role = Role.VIEWER


class Hit(Record, frozen=True):
    """A case that a search found, and the place where its words stand best.

    kind: note, caption, claim, source, link, finding, verdict, text in a picture, or the case
    itself where no word was asked for. title: what the case is about. text: what was written, of a
    finding its sentence, of a case its tags.
    """

    kind: str
    case_id: int
    text: str | Sentence
    at: datetime
    title: str = ""
