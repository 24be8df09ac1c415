"""Numbers, sizes and times as the newsroom writes them.

Digits are Latin (0-9) in every language: newsrooms that write Arabic use both, and ids,
hashes, times and coordinates are copied from the screen into other tools. Dates run
year-month-day, which nobody reads the wrong way round.
"""

from __future__ import annotations

import math
import re
from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from babel.dates import format_date
from babel.numbers import format_decimal

from verify.language.hostile import clean
from verify.records import ByteSize, CalendarDate, Sentence, WallTime, say, say_many

_WALL = re.compile(r"(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)", re.ASCII)
_CALENDAR = re.compile(
    r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d:\d\d)([+-]\d\d:\d\d)?)?)?)?", re.ASCII
)
_ZONE = re.compile(r"[+-]\d\d:\d\d|Z", re.ASCII)
_LONGEST_NUMBER = 10**15


def counted(number: int, language: str) -> str:
    """A number of things, in groups of three: 12,000."""
    return format_decimal(number, locale=language, numbering_system="latn")


def measured(number: int | float, language: str) -> str:
    """A number that names or measures something.

    Whole ones stay bare digits, since they are case numbers, pixels and years; others show
    six significant digits and never an exponent below 10^15.
    """
    if isinstance(number, int) or not math.isfinite(number) or abs(number) >= _LONGEST_NUMBER:
        return str(number)
    exact = Decimal(f"{number:.6g}")
    return format_decimal(
        exact, locale=language, decimal_quantization=False, numbering_system="latn"
    )


def moment(at: datetime, zone: ZoneInfo) -> str:
    """A moment in the desk's zone: `2026-11-24 14:05 +03:00`. Without a zone, `at` is UTC."""
    aware = at if at.tzinfo else at.replace(tzinfo=UTC)
    try:
        local = aware.astimezone(zone)
    except OverflowError:  # the first and the last day of the calendar
        local = aware
    offset = local.strftime("%z")
    clock = local.replace(tzinfo=None).isoformat(sep=" ", timespec="minutes")
    return f"{clock} {offset[:3]}:{offset[3:5]}"


def wall(time: WallTime) -> Sentence | str:
    """A camera's time with its zone; without one that is said, and none is invented.

    What is not a time of the form `YYYY-MM-DDTHH:MM:SS` is shown, cleaned, as it was written.
    """
    parts = _WALL.fullmatch(time.at)
    if not parts:
        return clean(time.at, 40)
    if time.zone and _ZONE.fullmatch(time.zone):
        return f"{parts[1]} {parts[2]} {time.zone}"
    return say("{time} (no time zone given)", time=f"{parts[1]} {parts[2]}")


def calendar(stated: CalendarDate, language: str) -> Sentence | str:
    """A year, month or day with the month's name, which nobody takes for the day: 5 June 2014.

    Of a stretch of days both ends. What is no date is shown, cleaned, as it was written.
    """
    first, stretch, last = stated.at.partition("/")
    if not stretch:
        return _point(stated.at, language)
    if first == "..":
        return say("until {date}", date=_point(last, language))
    if last == "..":
        return say("since {date}", date=_point(first, language))
    return say("from {first} to {last}", first=_point(first, language), last=_point(last, language))


def _point(at: str, language: str) -> str:
    parts = _CALENDAR.fullmatch(at)
    if not parts:
        return clean(at, 40)
    year, month, day, clock, zone = parts.groups()
    try:
        first = date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return clean(at, 40)
    form = "d MMMM y" if day else "MMMM y" if month else "y"
    return " ".join(filter(None, (format_date(first, form, language), clock, zone)))


def day_of_year(at: date, language: str) -> str:
    """A day without its year, with the month's name short: 5 Jun."""
    return format_date(at, "d MMM", language)


def size(size: ByteSize) -> Sentence:
    """A number of bytes in the decimal units that people know from their file manager."""
    if abs(size.count) < 1000:
        return say_many("{count} byte", "{count} bytes", size.count)
    if abs(size.count) < 999_950:
        return say("{number} kB", number=_rounded(size.count / 1e3))
    if abs(size.count) < 999_950_000:
        return say("{number} MB", number=_rounded(size.count / 1e6))
    return say("{number} GB", number=_rounded(size.count / 1e9))


def _rounded(number: float) -> int | float:
    """One digit after the point below a hundred, none above."""
    return round(number, 1) if number < 99.95 else round(number)
