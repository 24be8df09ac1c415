"""A case packed to leave the desk: a bag (BagIt 1.0, RFC 8493)."""

from __future__ import annotations

from datetime import datetime

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
