"""A case packed to leave the desk: a bag (BagIt 1.0, RFC 8493)."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from verify.records.record import Record


class Stamp(Record, frozen=True):
    """That the custody record existed before a moment, as somebody outside says it (RFC 3161).

    events, head: how many there were, and the hash of the last. text: what is stamped. request,
    reply: as they were sent and received; the reply is empty while none came. authority: where it
    was asked for, "" where by a file. at: the time in the reply.
    """

    id: int
    events: int
    head: str
    text: str
    request: bytes
    reply: bytes = b""
    authority: str = ""
    at: datetime | None = None


class Packed(Record, frozen=True):
    """What a bag holds beside what is laid out for readers.

    head: the hash of the last custody event before the one that says that it was made. events: of
    the case, one JSON object a line; "" where they stay behind. originals, copies: names in the
    bag by SHA-256. beside: what is not laid out for readers, by name: stamps on the record.
    kept_back: the SHA-256 of exhibits whose bytes stay behind. key: the fingerprint of the key by
    which it will be signed, or "". encrypted: whether the whole will be.
    """

    case: int
    at: datetime
    profile: str
    head: str
    originals: dict[str, str]
    copies: dict[str, str]
    beside: dict[str, bytes]
    events: str = ""
    kept_back: tuple[str, ...] = ()
    key: str = ""
    encrypted: bool = False


class Bagged(Record, frozen=True):
    """A bag that was written. digest: of its tag manifest, which names every other file; head: the
    hash of the custody event that says that it was made. key: by which it is signed, or ""."""

    case: int
    originals: int
    copies: int
    digest: str
    head: str
    key: str = ""


class TheirKind(StrEnum):
    """What another desk has in a case."""

    VERDICT = "verdict"
    CLAIM = "claim"
    SIGHTING = "sighting"
    POST = "post"
    NOTE = "note"


class TheirWords(Record, frozen=True):
    """Something that another desk says in a bag. None of it was checked here.

    exhibit: the SHA-256 of the one that it is about, or "". by, at: who wrote it there, and when,
    as that desk says; "" and None where it does not. rating: of a verdict, by its name there.
    links: where a sighting or a post stood.
    """

    kind: TheirKind
    text: str
    exhibit: str = ""
    by: str = ""
    at: datetime | None = None
    rating: str = ""
    links: tuple[str, ...] = ()


class FromBag(Record, frozen=True):
    """Where exhibits of a case came from: a bag of another desk, which was checked as a whole.

    number: of the import. digest: of its tag manifest. their_case, made_on, profile, head: the
    case's number there, the day, the hand-out profile, the last event of its custody record, as the
    bag says. signed_by: the fingerprint of the key that signed it, or ""; key_known: whether this
    desk knows that key, and its signature fits. stamps: how many time stamps it brought. files: how
    many exhibits. by, at: who took it in here, and when.
    """

    number: int
    case_id: int
    digest: str
    their_case: int
    made_on: str
    profile: str
    head: str
    signed_by: str
    key_known: bool
    stamps: int
    files: int
    by: str
    at: datetime
    words: tuple[TheirWords, ...] = ()
