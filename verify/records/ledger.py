"""What was said of a picture or an event, by whom and when, and what of it contradicts itself."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from verify.records.posts import KeptPost
from verify.records.record import Record


class SaidAs(StrEnum):
    """How something was said: as a claim of a case, with a file, as a post of the archive."""

    CLAIM = "claim"
    CAPTION = "caption"
    POST = "post"


class Said(Record, frozen=True):
    """What was said of a picture.

    by: who said it, "" where nothing tells. recorded_by: who brought it to the desk, "" of a post.
    at: when it was said, or came here; None where nothing tells. posted: whether `at` is when it
    was posted. case_id: 0 for a post, which `post` is. exhibit_id: 0 where it is about all exhibits
    of the case, or a post. date, place: what it surely names, "" for neither.
    """

    kind: SaidAs
    text: str
    by: str
    at: datetime | None
    posted: bool = False
    recorded_by: str = ""
    case_id: int = 0
    exhibit_id: int = 0
    claim_id: int = 0
    post: KeptPost | None = None
    date: str = ""
    place: str = ""


class Differing(StrEnum):
    """In what things that were said contradict each other."""

    DATE = "date"
    PLACE = "place"


class Named(Record, frozen=True):
    """One date or place, and the numbers of the lines that name it."""

    shown: str
    lines: tuple[int, ...]


class Contradiction(Record, frozen=True):
    """Dates, or places, of which each side contradicts another. What stands on one side may differ
    in how fine it is, but does not contradict itself."""

    differing: Differing
    sides: tuple[tuple[Named, ...], ...]


class Voice(Record, frozen=True):
    """An account that somebody stated to speak for an organisation, and the numbers of its
    lines."""

    account: str
    reason: str
    stated_by: str
    lines: tuple[int, ...]


class Organisation(Record, frozen=True):
    """An organisation's own channel, the numbers of its lines, and those said to speak for it.

    contradictions: between the channel and them.
    """

    name: str
    channel: tuple[int, ...]
    voices: tuple[Voice, ...]
    contradictions: tuple[Contradiction, ...]


class StatedContradiction(Record, frozen=True):
    """What a person says contradicts: numbers, actors. Who took it back, when and why: "" and None
    where nobody did."""

    id: int
    case_id: int
    text: str
    reason: str
    by: str
    at: datetime
    withdrawn_by: str = ""
    withdrawn_at: datetime | None = None
    withdrawn_why: str = ""


class Ledger(Record, frozen=True):
    """What was said of the exhibits of a case and of their copies: in the order of its times, what
    has none last. case_id: 0 for that of a file. exhibits: their SHA-256. unread: how many posts
    are left out, there being too many."""

    case_id: int
    exhibits: tuple[str, ...]
    said: tuple[Said, ...]
    contradictions: tuple[Contradiction, ...]
    organisations: tuple[Organisation, ...]
    stated: tuple[StatedContradiction, ...]
    unread: int = 0
