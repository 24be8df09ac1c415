"""The forms in which people write a day, a month, a year or a stretch of days.

Each form is a pattern over the parts of words (`tokens.py`) and a function that gives the
stretches that can be meant, or none.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import cache

from verify.reading.calendars import hijri, jalali
from verify.reading.tokens import Row, Token, pattern

Stretch = tuple[date, date]  # the first and the last day
Parts = list[tuple[Token, ...]]  # what stood in each group of the pattern
Form = Callable[[Parts], Iterable[Stretch]]

_M = r"(\(?m\.?\)?(?: ?[/(-] ?m\.? ?\)?| \(?m\)?)*)"  # Arab papers write two names for a month
_N = r"(n)"
_DAY_MONTH = r"(?:\.? ?|[-/] ?)(?:[ol] )*"
_MONTH_YEAR = r"(?:\.?,? ?|[-/] ?)(?:[olg] )*"
_TO = r"(?: ?- ?| [ta] ?)(?:[lo] )*"
_ONLY_TO = r"(?: ?- ?| t )(?:[lo] )*"
# nor the number of a Mi-8
_START = "(?<![\ue000-\uf8ff][./:+-])(?<![/:+])"
_END = r"(?![./:-][nyhd])"


def readings(row: Row) -> Iterator[tuple[int, int, list[Stretch]]]:
    """Where in a row a form stands, and what can be meant; the longest forms first."""
    taken: list[tuple[int, int]] = []
    for parts, read in _forms():
        for match in pattern(parts).finditer(row.signs):
            start, end = match.span()
            if any(start < after and before < end for before, after in taken):
                continue
            groups = [
                row.tokens[slice(*match.span(number))]
                for number in range(1, pattern(parts).groups + 1)
            ]
            found = [*dict.fromkeys(_possible(read, groups))]
            if found or read in _WHOLE:  # 31 February 2024 is no February either
                taken.append((start, end))
            if found:
                yield start, end, found


def _possible(read: Form, groups: Parts) -> Iterator[Stretch]:
    for first, last in read(groups):
        if first <= last:
            yield first, last


def day(year: int, month: int, number: int) -> list[Stretch]:
    """One day, if the calendar has it."""
    try:
        return [(date(year, month, number),) * 2]
    except ValueError:
        return []


def month(year: int, number: int) -> Stretch:
    """A whole month."""
    return date(year, number, 1), date(year, number, monthrange(year, number)[1])


def year(number: int) -> Stretch:
    """A whole year."""
    return date(number, 1, 1), date(number, 12, 31)


def _months(tokens: tuple[Token, ...], part: str = "m") -> tuple[int, ...]:
    """The month that all names in a row mean, or each that one of them can mean."""
    named = [set(token.meanings[part]) for token in tokens if part in token.meanings]
    return tuple(sorted(set.intersection(*named) or set.union(*named)))


def _number(tokens: tuple[Token, ...]) -> int:
    return tokens[0].number


def _day_month_year(groups: Parts) -> Iterator[Stretch]:
    for number in _months(groups[1]):
        yield from day(_number(groups[2]), number, _number(groups[0]))


def _day_month_short(groups: Parts) -> Iterator[Stretch]:
    """24-Feb-22, 24 Feb '22."""
    first, _, months, last = groups
    if len(last[0].text) == 2:
        for number in _months(months):
            yield from day(_century(_number(last)), number, _number(first))


def _month_day_year(groups: Parts) -> Iterator[Stretch]:
    yield from _day_month_year([groups[1], groups[0], groups[2]])


def _year_month_day(groups: Parts) -> Iterator[Stretch]:
    yield from _day_month_year([groups[2], groups[1], groups[0]])


def _days_of_month(groups: Parts) -> Iterator[Stretch]:
    """3-5 June 2014; 28 February - 2 March 2014 has a month at both."""
    first, month_one, last, months, years = groups
    for number in _months(months):
        for one in _months(month_one) if month_one else (number,):
            starts = day(_number(years), one, _number(first))
            ends = day(_number(years), number, _number(last))
            yield from ((start[0], end[1]) for start in starts for end in ends)


def _adjacent_days(groups: Parts) -> Iterator[Stretch]:
    first = groups[0] or groups[2]
    last, months, years = groups[4:]
    if _number(last) == _number(first) + 1:
        yield from _days_of_month([first, (), last, months, years])


def _month_days(groups: Parts) -> Iterator[Stretch]:
    yield from _days_of_month([groups[1], (), groups[2], groups[0], groups[3]])


def _months_of_year(groups: Parts) -> Iterator[Stretch]:
    for one in _months(groups[0], "k"):
        for other in _months(groups[1], "k"):
            yield month(_number(groups[2]), one)[0], month(_number(groups[2]), other)[1]


def _months_of_years(groups: Parts) -> Iterator[Stretch]:
    for one in _months(groups[0], "k"):
        for other in _months(groups[2], "k"):
            yield month(_number(groups[1]), one)[0], month(_number(groups[3]), other)[1]


def _month_of_year(groups: Parts) -> Iterator[Stretch]:
    for one in _months(groups[0], "k" if "k" in groups[0][-1].meanings else "m"):
        yield month(_number(groups[1]), one)


def _years(groups: Parts) -> Iterator[Stretch]:
    yield year(_number(groups[0]))[0], year(_number(groups[1]))[1]


def _years_short(groups: Parts) -> Iterator[Stretch]:
    """2014-16; and 2010-12 can be a month as well, 2014-06 must be one."""
    first, second = _number(groups[0]), _number(groups[1])
    if 1 <= second <= 12:
        yield month(first, second)
    if second > first % 100 and len(groups[1][0].text) == 2:
        yield year(first)[0], year(first // 100 * 100 + second)[1]


def _iso(groups: Parts) -> Iterator[Stretch]:
    yield from day(_number(groups[0]), _number(groups[1]), _number(groups[2]))


def _iso_to_iso(groups: Parts) -> Iterator[Stretch]:
    yield from ((one[0], two[1]) for one in _iso(groups[:3]) for two in _iso(groups[3:]))


def _dotted_to_dotted(groups: Parts) -> Iterator[Stretch]:
    yield from ((one[0], two[1]) for one in _dotted(groups[:3]) for two in _dotted(groups[3:]))


def _dotted(groups: Parts) -> Iterator[Stretch]:
    """Dots are day first everywhere."""
    yield from day(_number(groups[2]), _number(groups[1]), _number(groups[0]))


def _either_order(groups: Parts) -> Iterator[Stretch]:
    """With a slash or a hyphen Americans put the month first."""
    one, other, years = map(_number, groups)
    yield from day(years, other, one)
    yield from day(years, one, other)


def _century(number: int) -> int:
    return 2000 + number if number < 50 else 1900 + number


def _short_year(groups: Parts) -> Iterator[Stretch]:
    one, other, years = map(_number, groups)
    if len(groups[2][0].text) == 2:
        yield from day(_century(years), other, one)
        yield from day(_century(years), one, other)


def _short_year_dotted(groups: Parts) -> Iterator[Stretch]:
    """24.02.22; versions of programs have no zeros before their numbers."""
    one, other, years = map(_number, groups)
    if len(groups[0][0].text) == len(groups[2][0].text) == 2:
        yield from day(_century(years), other, one)


def _numbers_to_numbers(groups: Parts) -> Iterator[Stretch]:
    """3-5.06.2014, 28.02-02.03.2014"""
    first, month_one, last, months, years = groups
    start = day(_number(years), _number(month_one or months), _number(first))
    end = day(_number(years), _number(months), _number(last))
    yield from ((one[0], other[1]) for one in start for other in end)


def _month_in_numbers(groups: Parts) -> Iterator[Stretch]:
    if 1 <= _number(groups[0]) <= 12 and len(groups[0][0].text) == 2:
        yield month(_number(groups[1]), _number(groups[0]))


def _month_in_asia(groups: Parts) -> Iterator[Stretch]:
    if 1 <= _number(groups[1]) <= 12:
        yield month(_number(groups[0]), _number(groups[1]))


def _decade(groups: Parts) -> Iterator[Stretch]:
    first = int(groups[0][0].text[:4])
    yield year(first)[0], year(first + 9)[1]


def _year(groups: Parts) -> Iterator[Stretch]:
    yield year(_number(groups[0]))


def _jalali(groups: Parts) -> Iterator[Stretch]:
    yield from jalali(_number(groups[2]), _months(groups[1], "j")[0], _number(groups[0]))


def _jalali_month(groups: Parts) -> Iterator[Stretch]:
    yield from jalali(_number(groups[1]), _months(groups[0], "j")[0])


def _jalali_numbers(groups: Parts) -> Iterator[Stretch]:
    yield from jalali(*map(_number, groups[:3]))


def _other_calendars(groups: Parts) -> Iterator[Stretch]:
    """1402/07/15 is Iranian, or Islamic; neither lies in the future."""
    numbers = _number(groups[0]), _number(groups[1]), _number(groups[2])
    for found in (*jalali(*numbers), *hijri(*numbers)):
        if 1950 <= found[0].year <= date.today().year:
            yield found


def _hijri(groups: Parts) -> Iterator[Stretch]:
    yield from hijri(_number(groups[2]), _months(groups[1], "i")[0], _number(groups[0]))


def _hijri_month(groups: Parts) -> Iterator[Stretch]:
    yield from hijri(_number(groups[1]), _months(groups[0], "i")[0])


def _hijri_numbers_year_first(groups: Parts) -> Iterator[Stretch]:
    yield from hijri(*map(_number, groups[:3]))


def _hijri_numbers(groups: Parts) -> Iterator[Stretch]:
    yield from hijri(_number(groups[2]), _number(groups[1]), _number(groups[0]))


def _other_calendar(year: Token, months: tuple[Token, ...], number: int = 0) -> Iterator[Stretch]:
    """A day, or a month where `number` is 0, of the Iranian or the Islamic calendar."""
    part, days = ("j", jalali) if "j" in months[0].meanings else ("i", hijri)
    for one in _months(months, part):
        yield from days(year.number, one, number)


def _days_of_other_month(groups: Parts) -> Iterator[Stretch]:
    first, month_one, last, months, (years,) = groups
    starts = [*_other_calendar(years, month_one or months, _number(first))]
    ends = [*_other_calendar(years, months, _number(last))]
    yield from ((start[0], end[1]) for start in starts for end in ends)


def _other_months(groups: Parts) -> Iterator[Stretch]:
    first, last, (years,) = groups
    starts, ends = [*_other_calendar(years, first)], [*_other_calendar(years, last)]
    yield from ((start[0], end[1]) for start in starts for end in ends)


def _year_month(groups: Parts) -> Iterator[Stretch]:
    yield from _month_of_year([groups[1], groups[0]])


_WHOLE = (_day_month_year, _month_day_year, _iso, _dotted, _either_order)


@cache
def _forms() -> tuple[tuple[str, Form], ...]:
    first_day = rf"(?:f (?:l )?)?{_N}\.?"
    one_month = rf"(?:{_DAY_MONTH}{_M})?"
    return tuple(
        (_START + parts + _END, read)
        for parts, read in (
            (
                rf"{first_day}{one_month}{_TO}{_N}{_DAY_MONTH}{_M}{_MONTH_YEAR}(y)",
                _days_of_month,
            ),
            # 14./15. Juli 2021; с 5 на 6 октября 2022
            (
                rf"(?:{_N}\.?((?:)) ?/ ?|[fI] {_N}\.?((?:)) T (?:l )?)"
                rf"{_N}{_DAY_MONTH}{_M}{_MONTH_YEAR}(y)",
                _adjacent_days,
            ),
            (rf"{_M} {_N}{_TO}{_N},? ?(y)", _month_days),
            (rf"{_N}\.?((?:))(?: ?- ?| t ){_N}\.(n)\.(y)", _numbers_to_numbers),
            (rf"{_N}\.(n)\.?(?: ?- ?| t ){_N}\.(n)\.(y)", _numbers_to_numbers),
            (rf"{first_day}((?:))(?: ?- ?| t ){_N} ?/ ?(n) ?/ ?(y)", _numbers_to_numbers),
            (rf"{_N}{_DAY_MONTH}{_M}{_MONTH_YEAR}(y)", _day_month_year),
            # but not 24 Feb 22, of which the last may count something
            (rf"{_N}([-/.]){_M}\2(n)", _day_month_short),
            (rf"{_N}( ){_M} '(n)", _day_month_short),
            (rf"{_M} ?{_N}\.?,? ?(y)", _month_day_year),
            (rf"(y)(?:[ -]|, ?){_M}[ -]{_N}", _year_month_day),
            (r"(y)-(n)-(n)(?: ?/ ?| - )(y)-(n)-(n)", _iso_to_iso),
            (r"(n)\.(n)\.(y) ?- ?(n)\.(n)\.(y)", _dotted_to_dotted),
            (r"(y)-(n)-(n)", _iso),
            (r"(y)/(n)/(n)", _iso),
            (r"(y)\.(n)\.(n)", _iso),
            (r"(n) ?\. ?(n) ?\. ?(y)", _dotted),
            (r"(n) ?/ ?(n) ?/ ?(y)", _either_order),
            (r"(n)-(n)-(y)", _either_order),
            (r"(n)/(n)/(n)", _short_year),
            (r"(n)\.(n)\.(n)", _short_year_dotted),
            (r"(y) ?年 ?(n) ?月 ?(n) ?日", _iso),
            (r"(y) ?年 ?(n) ?月", _month_in_asia),
            (r"(y) ?年", _year),
            (
                rf"{first_day}(?: (?:o )?([ji]))?{_TO}{_N} (?:o )?([ji]) (?:g )?(h)(?: ?[gzq])?",
                _days_of_other_month,
            ),
            (rf"(?:f )?([ji]){_TO}([ji]) (?:g )?(h)(?: ?[gzq])?", _other_months),
            (rf"{_N} (j) (?:g )?(h)(?: ?[gz])?", _jalali),
            (r"(j) (?:g )?(h)(?: ?z)?", _jalali_month),
            (r"(h)[/-](n)[/-](n) ?z", _jalali_numbers),
            (r"(h)[/-](n)[/-](n) ?q", _hijri_numbers_year_first),
            (r"(h)[/-](n)[/-](n)", _other_calendars),
            (rf"{_N} (?:o )?(i) (?:g )?(h)(?: ?q)?", _hijri),
            (r"(i) (?:g )?(h)(?: ?q)?", _hijri_month),
            (r"(n)[/-](n)[/-](h) ?q", _hijri_numbers),
            (
                rf"(?:f (?:l )?)?(k)\.?{_MONTH_YEAR}(y){_TO}(k)\.?{_MONTH_YEAR}(y)",
                _months_of_years,
            ),
            (rf"(k)\.?{_ONLY_TO}(k)\.?{_MONTH_YEAR}(y)", _months_of_year),
            (rf"{_M.replace('m', 'k')}{_MONTH_YEAR}(y)", _month_of_year),
            (r"(y) (k)(?= ?(?:[.,;:!?)]|\n|\Z))", _year_month),
            (r"(?:f )?(y)(?: ?- ?| [ta] )(y)", _years),
            (r"(y)[-/](n)", _years_short),
            (r"(n)[/.-](y)", _month_in_numbers),
            (r"(Y)", _decade),
            (r"(y)", _year),
        )
    )
