"""Whether `3/4/2020` is in March or in April: told by all dates of an export, or asked once."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from verify.lab.importers import AmbiguousDatesError
from verify.records import DateOrder


class Written(NamedTuple):
    """A date as it stands. dots: whether its parts have dots between them."""

    year: int
    first: int
    second: int
    dots: bool = False


def in_dates(dates: Iterable[Written], answered: DateOrder | None) -> bool | None:
    """Whether the day stands before the month; None where nobody can tell.

    A number above 12 is a day; who writes dots writes the day first; and an export is in the order
    of time, one way or the other. Raises AmbiguousDatesError if nothing of that shows it and
    nobody answered.
    """
    day_first = month_first = unclear = 0
    turns = [_Turns(), _Turns()]
    for year, a, b, dots in dates:
        day_first += a > 12 >= b
        month_first += b > 12 >= a
        unclear += a != b and a <= 12 and b <= 12 and not dots
        turns[0].see((year, b, a))
        turns[1].see((year, a, b))
    if day_first != month_first:
        return day_first > month_first
    if not unclear:
        return True
    odd = [min(one.back, one.on) for one in turns]
    if min(odd) == 0 and max(odd) > 1:
        return odd[0] == 0
    if answered is None:
        raise AmbiguousDatesError
    return None if answered is DateOrder.UNDATED else answered is DateOrder.DAY_FIRST


class _Turns:
    """How often a date lies before the one above it, and how often behind."""

    def __init__(self) -> None:
        self.back = self.on = 0
        self._last: tuple[int, int, int] | None = None

    def see(self, date: tuple[int, int, int]) -> None:
        if self._last is not None:
            self.back += date < self._last
            self.on += date > self._last
        self._last = date
