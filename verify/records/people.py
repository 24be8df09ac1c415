"""Who works at the desk."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from verify.records.record import Record


class Role(StrEnum):
    """What a member of the desk may do; each may do all that the next one may.

    Owners run the team, editors run cases and confirm verdicts, reporters work on cases,
    viewers read.
    """

    OWNER = "owner"
    EDITOR = "editor"
    REPORTER = "reporter"
    VIEWER = "viewer"


class Person(Record, frozen=True):
    """Somebody who acts at this desk.

    role: None for who is no member, or no longer. at_console: works on the desk's own
    computer, with the disk at hand, so that confidential cases are no secret. among_others:
    speaks where people without that role read along, so that confidential cases stay closed.
    """

    id: int
    name: str
    language: str = "en"
    role: Role | None = None
    at_console: bool = False
    among_others: bool = False


class Member(Record, frozen=True):
    """A member of the desk in the list of its team."""

    id: int
    name: str
    role: Role
    service: str
    external_id: str


class Channel(Record, frozen=True):
    """A channel that the bot is a member of. kept: whether its posts go into the archive."""

    chat_id: int
    title: str
    kept: bool


class Stranger(Record, frozen=True):
    """An account that wrote to the desk without being a member."""

    service: str
    external_id: str
    name: str
    messages: int
    last_at: datetime
    blocked: bool
