"""How a file arrived, and where it was seen."""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum

import msgspec

from verify.records.record import Record

_FIRST, _LAST = datetime(1970, 1, 2, tzinfo=UTC), datetime(2038, 1, 18, tzinfo=UTC)


class SentAs(StrEnum):
    """The way a file reached the desk."""

    PHOTO = "photo"
    DOCUMENT = "document"
    VIDEO = "video"
    ANIMATION = "animation"
    AUDIO = "audio"
    VOICE = "voice"
    STICKER = "sticker"
    IMPORT = "import"


def possible(sent_at: datetime) -> bool:
    """Whether a message can be from then: Telegram counts seconds from 1970 on, in 32 bits."""
    try:
        return _FIRST <= sent_at.astimezone(UTC) <= _LAST
    except (OverflowError, ValueError, OSError):  # out of what the calendar or the system holds
        return False


DERIVED = "derived"
"""The service of what was taken out of an exhibit; its origin's name is that one's digest and
the number of the part: `DIGEST #2`."""


class OriginKind(StrEnum):
    """Where a forwarded message came from, in the Bot API's words; or of what exhibit a
    file was a part."""

    USER = "user"
    HIDDEN_USER = "hidden_user"
    CHAT = "chat"
    CHANNEL = "channel"
    EXHIBIT = "exhibit"


class Origin(Record, frozen=True):
    """Where a forwarded message first stood: a source, and the message there."""

    kind: OriginKind
    name: str
    external_id: str = ""
    username: str = ""
    signature: str = ""
    message_id: int | None = None
    posted_at: datetime | None = None


class Submission(Record, frozen=True):
    """One file as it arrived, before anybody looked into it.

    service: `telegram`, `localchat`, `import` or `derived`. Together with bot_id and chat_id and
    message_id it is the key under which a file is stored exactly once.
    """

    service: str = msgspec.field(name="platform")
    bot_id: int
    chat_id: int
    message_id: int
    sent_as: SentAs
    received_at: datetime
    filename: str = ""
    declared_type: str = ""
    caption: str = ""
    album: str = ""
    origin: Origin | None = None
    links: tuple[str, ...] = ()


class Receipt(Record, frozen=True):
    """That a file is preserved. `known`: the same bytes were here; `repeated`: same message.

    received_at: when the message came first.
    """

    case_id: int
    exhibit_id: int
    submission_id: int
    sha256: str
    size: int
    received_at: datetime
    known: bool = False
    repeated: bool = False


class Addition(StrEnum):
    """What people add to a sighting after its file came."""

    LINK = "link"
    ACCOUNT = "account"


class Sighting(Record, frozen=True):
    """One appearance of an exhibit: where, from whom, with which words, when.

    accounts: those named in the picture, as people added them.
    """

    id: int
    exhibit_id: int
    case_id: int
    service: str = msgspec.field(name="platform")
    received_at: datetime
    received_from: str
    source: str = ""
    caption: str = ""
    links: tuple[str, ...] = ()
    posted_at: datetime | None = None
    accounts: tuple[str, ...] = ()
