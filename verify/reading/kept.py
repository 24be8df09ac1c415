"""How the date of a claim is kept: ISO 8601, and stretches of days as in EDTF (2019).

`2014`, `2014-06`, `2014-06-14`, `2014-06-14T17:30`, `2014-06-14T17:30+03:00`, and two of the first
three with a slash between: `2014-06-03/2014-06-05`, `2011/..`, `../2011`.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, datetime, tzinfo
from functools import lru_cache

_POINT = r"\d{4}(?:-\d\d(?:-\d\d)?)?"
_KEPT = re.compile(rf"({_POINT})(?:T(\d\d:\d\d)([+-]\d\d:\d\d)?)?", re.ASCII)
_STRETCH = re.compile(rf"({_POINT}|\.\.)/({_POINT}|\.\.)", re.ASCII)

Days = tuple[date, date]  # the first and the last


def days_kept(text: str) -> Days | None:
    """The first and last day of a date as kept; `date.min` or `date.max` where it is open."""
    if parts := _STRETCH.fullmatch(text):
        first = (date.min, date.min) if parts[1] == ".." else _point(parts[1])
        last = (date.max, date.max) if parts[2] == ".." else _point(parts[2])
        if not first or not last or first[0] > last[1] or text == "../..":
            return None
        return first[0], last[1]
    parts = _KEPT.fullmatch(text)
    return _point(parts[1]) if parts else None


@lru_cache(maxsize=1000)
def as_kept(first: date, last: date) -> str:
    """Days as they are kept, as short as can be."""
    if first == last:
        return first.isoformat()
    for size in (4, 7):  # a year, a month
        one = first.isoformat()[:size]
        if _point(one) == (first, last):
            return one
    for size in (4, 7, 10):  # of both ends alike
        one = ".." if first == date.min else first.isoformat()[:size]
        other = ".." if last == date.max else last.isoformat()[:size]
        text = f"{one}/{other}"
        if days_kept(text) == (first, last):
            return text
    return f"{first.isoformat()}/{last.isoformat()}"


def moment_kept(text: str, zone: tzinfo) -> datetime | None:
    """The moment of a date that is kept with a time, by the clocks of `zone` unless it says."""
    parts = _KEPT.fullmatch(text)
    if not parts or not parts[2]:
        return None
    try:
        at = datetime.fromisoformat(text)
        return at if at.tzinfo else at.replace(tzinfo=zone)
    except ValueError:
        return None


def _point(text: str) -> Days | None:
    year, month, day = [*map(int, text.split("-")), 0, 0][:3]
    try:
        first = date(year, month or 1, day or 1)
    except ValueError:
        return None
    if day:
        return first, first
    return first, date(year, month or 12, monthrange(year, month)[1] if month else 31)
