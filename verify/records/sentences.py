"""Sentences: a template and its values, which become text only where they leave the desk."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

import msgspec

from verify.records.record import Record


class Instant(Record, frozen=True, tag="instant"):
    """A moment, shown in the desk's zone with its offset."""

    at: datetime


class WallTime(Record, frozen=True, tag="wall"):
    """A time as a camera wrote it, and its zone (`+03:00`) if told.

    at: `YYYY-MM-DDTHH:MM:SS`, or `YYYY-MM-DD` where no clock is written.
    """

    at: str
    zone: str | None = None


class ByteSize(Record, frozen=True, tag="size"):
    """A number of bytes, shown in the units a reader expects."""

    count: int


class Sentence(Record, frozen=True, tag="sentence"):
    """An English gettext template with named holes, and the values that fill them.

    A `str` value is hostile text from outside: it is cleaned, escaped and isolated when
    rendered. Words of our own go in as sentences. With `plural`, `values["count"]` decides.
    """

    template: str
    plural: str | None = None
    values: dict[str, Value] = msgspec.field(default_factory=dict)


class CalendarDate(Record, frozen=True, tag="date"):
    """A year, month, day or stretch of days, shown with months' names: see `Claim.claimed_at`."""

    at: str


class Listing(Record, frozen=True, tag="listing"):
    """Several values one after the other, with the comma of the reader's language."""

    items: tuple[Value, ...]


Value = Instant | WallTime | CalendarDate | ByteSize | Sentence | Listing | str | int | float


def say(template: str, /, **values: Value) -> Sentence:
    """Make a sentence. The template is a literal, where Babel finds it."""
    return Sentence(template=template, values=values)


def listed(items: Iterable[Value], /) -> Listing:
    """Several numbers or names in a sentence, without "and"."""
    return Listing(items=tuple(items))


def say_many(singular: str, plural: str, count: int, /, **values: Value) -> Sentence:
    """Make a sentence that depends on a number; both templates name it `{count}`."""
    return Sentence(template=singular, plural=plural, values={"count": count, **values})
