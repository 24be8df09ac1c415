"""What a command and the desk say to each other: length-prefixed msgpack, as the lab's wire.

Both begin with a `Hello`, which stays as it is in every version to come. Then the command sends
an `Order` and hears events; it may send `Cancel`, and `Told` when it has shown all of them.
"""

from __future__ import annotations

import secrets
from datetime import UTC, datetime
from importlib.metadata import version

import msgspec

from verify.errors import BadInput
from verify.records import Record, Sentence, say

ORDER_BYTES = 8 << 20  # the system allows a command fewer in its arguments
EVENT_BYTES = 64 << 20
HELLO_BYTES = 1000


class Hello(Record, frozen=True):
    """Which version speaks."""

    version: str = version("verify-desk")


class Who(Record, frozen=True):
    """The person at the computer: the account's number and name, and how they read."""

    account: str
    name: str
    language: str
    zone: str


class Order(Record, frozen=True, tag="order"):
    """A job that is asked for. key: made once for it, the same each time it is handed over.

    kind, job: see `kinds`. begun_at: when it was first asked for. again: whether it was handed
    over before, so that a part of it may be done.
    """

    key: str
    kind: str
    job: msgspec.Raw
    who: Who
    begun_at: datetime
    again: bool = False


class Cancel(Record, frozen=True, tag="cancel"):
    """The job is to end where it is."""


class Told(Record, frozen=True, tag="told"):
    """Everything that came of the job was shown: the desk may forget it."""


class Waits(Record, frozen=True, tag="waits"):
    """The desk finishes another job first."""


class Found(Record, frozen=True, tag="found"):
    """This job was asked for before. ended: it is done, and this is what came of it."""

    ended: bool


class Progress(Record, frozen=True, tag="progress"):
    """How many steps of how many are done. what: of which part, where a job has several."""

    done: int
    total: int
    what: Sentence | None = None


class Remark(Record, frozen=True, tag="remark"):
    """What people should know meanwhile, and no result."""

    sentence: Sentence


class Gave(Record, frozen=True, tag="gave"):
    """A result, as its kind encodes it."""

    result: msgspec.Raw


class Refused(Record, frozen=True, tag="refused"):
    """The job ended with an error, or was cancelled. error: one of `verify.errors` by name."""

    error: str
    sentence: Sentence


class Done(Record, frozen=True, tag="done"):
    """The job is at its end."""


Event = Waits | Found | Progress | Remark | Gave | Refused | Done
Said = Order | Cancel | Told

hellos = msgspec.msgpack.Decoder(Hello)
said = msgspec.msgpack.Decoder(Said)
events = msgspec.msgpack.Decoder(Event)


def order(kind: str, job: Record, who: Who) -> Order:
    """A job asked for now, under a new key. Raises BadInput for words that are not UTF-8."""
    try:
        raw = msgspec.Raw(msgspec.msgpack.encode(job))
    except UnicodeEncodeError as error:
        raise BadInput(say("The command holds letters that are not UTF-8.")) from error
    return Order(secrets.token_hex(16), kind, raw, who, datetime.now(UTC))
