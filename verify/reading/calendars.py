"""Days of the Islamic and the Iranian calendar, in the Gregorian one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

# A month begins with the new moon, which neighbouring countries see on different evenings.
_SEEN_APART = timedelta(days=1)


def hijri(year: int, month: int, day: int = 0) -> Iterator[tuple[date, date]]:
    """The days that a day, or a month where `day` is 0, of the Islamic calendar can be.

    By the calendar of Umm al-Qura, as hijridate has it, and the days beside. Nothing for what is
    not in it.
    """
    from hijridate import Hijri

    try:
        first = Hijri(year, month, day or 1)
        last = day or first.month_length()
        start, end = first.to_gregorian(), Hijri(year, month, last).to_gregorian()
    except (ValueError, OverflowError):
        return
    yield (
        date(start.year, start.month, start.day) - _SEEN_APART,
        date(end.year, end.month, end.day) + _SEEN_APART,
    )


def jalali(year: int, month: int, day: int = 0) -> Iterator[tuple[date, date]]:
    """The day, or the month where `day` is 0, of the Iranian calendar, as persiantools has it."""
    from persiantools.jdatetime import JalaliDate

    calendar: Any = JalaliDate  # which has no types
    try:
        last = day or JalaliDate.days_in_month(month, year)
        first, end = (calendar(year, month, one) for one in (day or 1, last))
        yield first.to_gregorian(), end.to_gregorian()
    except (ValueError, KeyError, IndexError):
        return
