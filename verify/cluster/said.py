"""What a desk and a worker say to each other, as bytes: nothing of it is unpickled."""

from __future__ import annotations

from typing import Literal, TypeVar

import msgspec

from verify.cluster import Versions
from verify.desk.handed import Compared, Described, Handed, ToCompare, ToDescribe
from verify.errors import Unavailable
from verify.records import Record, say

ANSWER_BYTES = 8 << 20
T = TypeVar("T")
Trouble = Literal["", "version", "walls", "missing", "differs", "search", "broke"]


class Asked(Record, frozen=True):
    """A piece of work, and by which versions."""

    versions: Versions
    what: ToDescribe | ToCompare


class Answered(Record, frozen=True):
    """What came of it. trouble: why nothing did: `version`, `walls` that do not stand, a file that
    is `missing` or `differs`, nothing to `search` in, or a program that `broke`."""

    versions: Versions
    worker: str
    walls: dict[str, bool]
    trouble: Trouble = ""
    came: Described | Compared | None = None


class Introduced(Record, frozen=True):
    """What a worker says of itself. reads: the languages of its Tesseract. seen: how it sees the
    file that it was asked about."""

    versions: Versions
    walls: dict[str, bool]
    reads: tuple[str, ...]
    seen: Literal["", "missing", "differs"] = ""


class AskedToIntroduce(Record, frozen=True):
    """probe: a file that both should see; None where there is none to ask about."""

    probe: Handed | None = None


def packed(value: Record) -> bytes:
    """A record as bytes."""
    return msgspec.msgpack.encode(value)


_answered = msgspec.msgpack.Decoder(Answered)
_introduced = msgspec.msgpack.Decoder(Introduced)


def answered(body: object) -> Answered:
    """An answer, of the right shape and size. Raises Unavailable."""
    return _read(body, _answered)


def introduced(body: object) -> Introduced:
    """As `answered`."""
    return _read(body, _introduced)


def _read(body: object, decoder: msgspec.msgpack.Decoder[T]) -> T:
    if isinstance(body, bytes) and len(body) <= ANSWER_BYTES:
        try:
            return decoder.decode(body)
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
            pass
    raise Unavailable(say("What a worker answered could not be used."))
