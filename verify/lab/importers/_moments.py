"""When something was posted, in the ways that exports write it."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import wraps
from typing import NamedTuple, ParamSpec

P = ParamSpec("P")

_YEARS = range(1970, 2101)
_DAY = 86_400
_ISO = re.compile(
    r"\s*(\d{4})[-/](\d\d?)[-/](\d\d?)(?:[T ]+(\d\d?):(\d\d)(?::(\d\d)(?:[.,]\d{1,9})?)?"
    r"\s*(?:(Z|UTC|GMT)|([+-])(\d\d):?(\d\d)?)?)?\s*",
    re.ASCII | re.IGNORECASE,
)
_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTHS = {name: number for number, name in enumerate(_NAMES, 1)}
_TWITTER = re.compile(
    r"\w{3} (\w{3}) (\d\d?) (\d\d):(\d\d):(\d\d) ([+-])(\d\d)(\d\d) (\d{4})", re.ASCII
)
_MAIL = re.compile(
    r"(?:\w{3}, ?)?(\d\d?) (\w{3}) (\d{4}) (\d\d):(\d\d):(\d\d) (?:GMT|UTC|([+-])(\d\d)(\d\d))",
    re.ASCII,
)
_SCRIPT = re.compile(
    r"\w{3} (\w{3}) (\d\d?) (\d{4}) (\d\d):(\d\d):(\d\d) GMT([+-])(\d\d)(\d\d)", re.ASCII
)
_LONGEST = 80  # characters of anything that is a time


class Moment(NamedTuple):
    """A time as `Post.at` has it, and how finely it is known; what is impossible is unknown.

    written: what stands there in place of a time, where it is none; beside `at`, in a field that
    should be one as well.
    """

    at: str = ""
    resolution_s: int = 1
    written: str = ""


def first_of(*tried: Moment) -> Moment:
    """The first that is a time; without one, what stands in place of it."""
    times = (one for one in tried if one.at)
    return next(times, next((one for one in tried if one.written), Moment()))


def first_field_of(*tried: Moment) -> Moment:
    """The same of fields of which each should be a time: behind one that is none, what stands in
    it goes along with the time of another."""
    found = first_of(*tried)
    before = next((one.written for one in tried if one.written), "")
    return found._replace(written=before)


def _or_written(read: Callable[P, Moment]) -> Callable[P, Moment]:
    """Gives what stands there where it was not read as a time."""

    @wraps(read)
    def reading(*args: P.args, **kwargs: P.kwargs) -> Moment:
        found, value = read(*args, **kwargs), args[0]
        there = isinstance(value, str | int | float) and not isinstance(value, bool)
        if found.at or not there or not str(value).strip():
            return found
        return Moment(written=str(value).strip()[:_LONGEST])

    return reading


@_or_written
def of_unix(seconds: object) -> Moment:
    """Seconds since 1970, a number or digits."""
    if isinstance(seconds, str) and not (len(seconds) < _LONGEST and seconds.strip().isdecimal()):
        return Moment()
    try:
        whole = int(seconds)  # type: ignore[call-overload]
        return _kept(datetime(1970, 1, 1) + timedelta(seconds=whole), "Z")
    except (TypeError, ValueError, ArithmeticError):
        return Moment()


@_or_written
def of_iso(text: object, *, utc: bool = False) -> Moment:
    """`2020-03-04T15:37:20Z`, with an offset or none, by a space, without seconds, the day alone.

    utc: whether a time without an offset is one of UTC.
    """
    if not isinstance(text, str) or len(text) > _LONGEST or not (read := _ISO.fullmatch(text)):
        return Moment()
    year, month, day, hour, minute, second, zulu, sign, hours, minutes = read.groups()
    if hour is None:
        return wall(int(year), int(month), int(day))
    offset = _minutes(sign, hours, minutes) if sign else 0 if zulu or utc else None
    clock = (int(hour), int(minute), None if second is None else int(second))
    return wall(int(year), int(month), int(day), clock, offset)


@_or_written
def of_twitter(text: object) -> Moment:
    """`Wed Oct 10 20:19:24 +0000 2018`."""
    if not isinstance(text, str) or not (read := _TWITTER.fullmatch(text[:_LONGEST])):
        return Moment()
    month, day, hour, minute, second, sign, hours, minutes, year = read.groups()
    clock, offset = (int(hour), int(minute), int(second)), _minutes(sign, hours, minutes)
    return wall(int(year), _MONTHS.get(month.lower(), 0), int(day), clock, offset)


@_or_written
def of_mail(text: object) -> Moment:
    """`Wed, 10 Oct 2018 20:19:24 GMT`, or with an offset."""
    if not isinstance(text, str) or not (read := _MAIL.match(text[:_LONGEST].strip())):
        return Moment()
    day, month, year, hour, minute, second, sign, hours, minutes = read.groups()
    offset = _minutes(sign, hours, minutes) if sign else 0
    clock = (int(hour), int(minute), int(second))
    return wall(int(year), _MONTHS.get(month.lower(), 0), int(day), clock, offset)


@_or_written
def of_script(text: str) -> Moment:
    """`Wed Sep 24 2026 10:11:12 GMT+0200`, as browsers write it, with the zone's name behind."""
    if not (read := _SCRIPT.match(text[:_LONGEST])):
        return Moment()
    month, day, year, hour, minute, second, sign, hours, minutes = read.groups()
    clock, offset = (int(hour), int(minute), int(second)), _minutes(sign, hours, minutes)
    return wall(int(year), _MONTHS.get(month.lower(), 0), int(day), clock, offset)


@_or_written
def of_day(text: object) -> Moment:
    """`20200304`."""
    if not isinstance(text, str) or not (text.isascii() and text.isdecimal() and len(text) == 8):
        return Moment()
    return wall(int(text[:4]), int(text[4:6]), int(text[6:]))


def wall(
    year: int,
    month: int,
    day: int,
    clock: tuple[int, int, int | None] | None = None,
    offset: int | None = None,
) -> Moment:
    """By its parts. clock: hour, minute, second if known; offset: of the zone, in minutes."""
    hour, minute, second = clock or (0, 0, None)
    try:
        when = datetime(year, month, day, hour, minute, min(second or 0, 59))
        if offset is not None:
            when -= timedelta(minutes=offset)
    except (ValueError, OverflowError):
        return Moment()
    resolution = _DAY if clock is None else 60 if second is None else 1
    return _kept(when, "" if offset is None else "Z", resolution)


def _kept(when: datetime, zone: str, resolution: int = 1) -> Moment:
    if when.year not in _YEARS:
        return Moment()
    if resolution == _DAY:
        return Moment(when.date().isoformat(), _DAY)
    fine = "seconds" if resolution == 1 else "minutes"
    return Moment(when.isoformat(timespec=fine) + zone, resolution)


def _minutes(sign: str, hours: str, minutes: str | None) -> int:
    return (int(hours) * 60 + int(minutes or 0)) * (-1 if sign == "-" else 1)
