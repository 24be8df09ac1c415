"""How a line of an exported WhatsApp chat begins: by which phone, when, and with which order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from verify.lab.importers import Source
from verify.lab.importers._date_order import Written, in_dates
from verify.lab.importers._lines import lines
from verify.lab.importers._moments import Moment, first_of, wall
from verify.lab.importers._whatsapp_words import AM, MARKS, PM

_LINE = 256 << 10  # bytes; a message has at most 65,536 characters, on many lines
_HEADER = 160  # characters before the name
_GAP = rf"(?:\s|{MARKS}){{0,6}}"
_MARKED = rf"{MARKS}{{0,3}}"
_BEGIN = re.compile(
    rf"{_MARKED}(\[)?{_MARKED}(\d{{1,4}}){_MARKED}([./-])\s?{_MARKED}(\d\d?){_MARKED}[./-]\s?"
    rf"{_MARKED}(\d{{1,4}})[,،]?{_GAP}(?:à\s)?{_MARKED}(\d\d?)[:.](\d\d)(?:[:.](\d\d))?{_GAP}"
    rf"(?:({AM})|({PM}))?{_GAP}(?(1)\]{_MARKED}|([-–:]))(?:\s|$)",
    re.IGNORECASE,
)
# of an export in whatever language: digits, a clock's among them, in brackets or before a dash
_LIKE = re.compile(r"\W{0,4}\[?[^\[\]\n]{0,40}\d[^\[\]\n]{0,30}\d[:.]\d\d[^\[\]\n]{0,24}(?:\]| - )")


class Begun(NamedTuple):
    """A message's first line. date: year, then the two others as they stand; rest: what follows.

    month_next: the year came first, so that the month is the next.
    """

    iphone: bool
    date: tuple[int, int, int]
    separator: str
    clock: tuple[int, int, int | None]
    month_next: bool
    rest: str


def texts(source: Source) -> Iterator[tuple[int, str]]:
    """The lines with their numbers, as text."""
    for line in lines(source.content, _LINE):
        yield line.number, line.data.decode("utf-8", "replace")


def begun(text: str) -> Begun | None:
    """The beginning of a message; None for a line that goes on."""
    read = _BEGIN.match(text[:_HEADER])
    if read is None:
        return None
    bracket, first, separator, second, third, hour, minute, seconds, am, pm, end = read.groups()
    of_day = int(hour)
    if am or pm:
        of_day = of_day % 12 + (12 if pm else 0)
    year_first = len(first) == 4
    year, one, other = (first, second, third) if year_first else (third, first, second)
    if len(year) not in (2, 4) or len(one) > 2 or len(other) > 2:
        return None
    return Begun(
        iphone=bracket is not None or end == ":",  # the latter until 2016
        date=(int(year) + (2000 if len(year) == 2 else 0), int(one), int(other)),
        separator=separator,
        clock=(of_day, int(minute), None if seconds is None else int(seconds)),
        month_next=year_first,
        rest=text[read.end() :],
    )


def like_a_beginning(text: str) -> bool:
    """Whether it may be the beginning of a message in some language."""
    return bool(_LIKE.match(text[:_HEADER]))


def moment(one: Begun, day_first: bool | None) -> Moment:
    """When, by the clock of the phone. day_first: None where nobody can tell."""
    if day_first is None and not one.month_next:
        return Moment()
    year, first, second = one.date
    month_first = one.month_next or not day_first
    month, day = (first, second) if month_first else (second, first)
    hour, minute, _ = one.clock
    written = Moment(written=f"{first}/{second}/{year} {hour}:{minute:02}")
    return first_of(wall(year, month, day, one.clock), written)


def day_comes_first(source: Source, iphone: bool) -> bool | None:
    """Whether the day stands before the month; None where nobody can tell. Raises
    AmbiguousDatesError."""
    first_lines = (one for _, text in texts(source) if (one := begun(text)))
    return in_dates(
        (
            Written(*one.date, one.separator == ".")
            for one in first_lines
            if one.iphone is iphone and not one.month_next
        ),
        source.dates,
    )
