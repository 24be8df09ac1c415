"""Times as cameras and programs write them: read whole, in the spellings in use, or not at all.

Sources: Exif 3.0, 4.6.6 (blanks stand for what is not known); ISO 8601 and its W3C profile, which
XMP uses; RFC 1123, which PNG recommends for `Creation Time`; C's `asctime`, as ImageMagick writes.
"""

from __future__ import annotations

import re
from datetime import datetime

from verify.records import WallTime

_LONGEST = 60
_DATE = r"(\d{4})[:\-/.]([ \d]\d)[:\-/.]([ \d]\d)"
_CLOCK = r"([ \d]\d):([ \d]\d)(?::([ \d]\d)(?:[.,]\d{1,9})?)?"
_HALF_DAY = r"(?:\s*(AM|PM|a\.m\.|p\.m\.|上午|下午|오전|오후|午前|午後|ص|م))?"
_OFFSET = r"(?:\s*(Z|UTC|GMT|(?:UTC|GMT)?[+-]\d{1,2}(?::?\d{2})?))?"
# Whoever leaves the clock blank still knows the day: `1993:08:14   :  :  `.
_DIGITS_FIRST = re.compile(
    rf"{_DATE}(?:(?:T|[ T]+){_CLOCK}{_HALF_DAY}{_OFFSET}|[ T:]*)", re.IGNORECASE
)
_BARE = re.compile(rf"(\d{{4}})(\d\d)(\d\d)(?:T?(\d\d)(\d\d)(\d\d)?{_OFFSET})?", re.IGNORECASE)
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_MONTH = f"({'|'.join(_MONTHS)})"
_RFC_1123 = re.compile(
    rf"(?:[a-z]{{3}},? )?(\d{{1,2}}) {_MONTH} (\d{{4}}) {_CLOCK}{_OFFSET}", re.IGNORECASE
)
_ASCTIME = re.compile(rf"[a-z]{{3}} {_MONTH} +(\d{{1,2}}) {_CLOCK} (\d{{4}})", re.IGNORECASE)
_AFTERNOON = ("pm", "p.m.", "下午", "오후", "午後", "م")
_NOTHING = re.compile(r"[\s0:\-/.TZ+]*")


def read_time(value: str | None) -> WallTime | None:
    """A time, or a day alone where no clock is written; None where a part of it is not understood.

    A month, a day, an hour that does not exist is not understood, nor is a text that goes on.
    """
    value = (value or "").strip("\0 \t\r\n")
    if len(value) > _LONGEST:
        return None
    if match := _DIGITS_FIRST.fullmatch(value):
        year, month, day, hour, minute, second, half, offset = match.groups()
    elif match := _BARE.fullmatch(value):
        (year, month, day, hour, minute, second, offset), half = match.groups(), None
    elif match := _RFC_1123.fullmatch(value):
        (day, month, year, hour, minute, second, offset), half = match.groups(), None
    elif match := _ASCTIME.fullmatch(value):
        (month, day, hour, minute, second, year), half, offset = match.groups(), None, None
    else:
        return None
    if month.lower() in _MONTHS:
        month = str(_MONTHS.index(month.lower()) + 1)
    return _made((year, month, day), (hour, minute, second), half, offset)


def _made(
    date: tuple[str, str, str],
    clock: tuple[str | None, str | None, str | None],
    half: str | None,
    offset: str | None,
) -> WallTime | None:
    hours, minutes, seconds = (int(part) if part else 0 for part in clock)
    if half:
        if not 1 <= hours <= 12:
            return None
        hours = hours % 12 + (12 if half.lower() in _AFTERNOON else 0)
    told = zone(offset)
    if offset and told is None:
        return None
    year, month, day = (int(part) for part in date)
    try:
        at = datetime(year, month, day, hours, minutes, seconds)
    except ValueError:
        return None
    text = at.isoformat(timespec="seconds")
    return WallTime(at=text if clock[0] else text[:10], zone=told if clock[0] else None)


_ZONE = re.compile(r"(?:UTC|GMT)?([+-])(\d{1,2}):?(\d{2})?", re.IGNORECASE)


def zone(value: str | None) -> str | None:
    """An offset as `+03:00`; None when it is not one, or none that any place keeps."""
    value = (value or "").strip("\0 ")
    if value.upper() in ("Z", "UTC", "GMT"):
        return "+00:00"
    match = _ZONE.fullmatch(value)
    if not match:
        return None
    sign, hours, minutes = match[1], int(match[2]), int(match[3] or 0)
    if hours * 60 + minutes > 14 * 60 or minutes >= 60:
        return None
    return f"{sign}{hours:02}:{minutes:02}"


def is_set(value: str | None) -> bool:
    """Whether anything is written: blanks, zeros and marks alone stand for what is not known."""
    return bool(value) and not _NOTHING.fullmatch(str(value).strip("\0"))


def day_only(time: WallTime) -> bool:
    """Whether no clock was written."""
    return len(time.at) == len("2023-10-17")


# Unset cameras begin with the year they were built for; later ones ask when first switched on.
_UNSET_UNTIL = "2016"


def of_an_unset_clock(at: str) -> bool:
    """Whether a clock that was never set shows such a time (ISO): January of an early year."""
    return at[5:7] == "01" and "1904" <= at[:4] <= _UNSET_UNTIL


def fraction(value: str | None) -> str:
    """The digits behind the second, as in `SubSecTime`: at most six; "" for anything else."""
    value = (value or "").strip("\0 ")
    return value[:6] if re.fullmatch("[0-9]{1,20}", value) else ""
