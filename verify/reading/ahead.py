"""Days and times that are still to come, as people write them: 3pm, next Friday, غدا."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

from verify.folding import fold, fold_pattern, folded
from verify.reading.dates import dates_in, read_dates
from verify.reading.relative import NO_YEAR
from verify.reading.tokens import row

_EVENING = time(18)
_AHEAD = {
    fold(words): days
    for days, all_words in (
        (2, ("day after tomorrow", "the day after tomorrow", "بعد غد", "بعد غدا", "بعد الغد")),
        (1, ("tomorrow", "غدا", "غد", "بكرة", "بكره")),
        (0, ("today", "tonight", "اليوم", "الليلة")),
    )
    for words in all_words
}
_DAY = re.compile(rf"(?<!\w)({'|'.join(sorted(_AHEAD, key=len)[::-1])})(?!\w)")
_UNITS = {
    "minutes": ("minute", "minutes", "min", "دقيقه", "دقائق"),
    "hours": ("hour", "hours", "h", "hrs", "ساعه", "ساعات"),
    "days": ("day", "days", "يوم", "ايام", "يوما"),
    "weeks": ("week", "weeks", "اسبوع", "اسابيع"),
}
_UNIT = {name: unit for unit, names in _UNITS.items() for name in names}
_PAIRS = {"دقيقتين": "minutes", "ساعتين": "hours", "يومين": "days", "اسبوعين": "weeks"}
_MANY = {"": 1.0, "a": 1.0, "an": 1.0, "half an": 0.5, "half a": 0.5, "نصف": 0.5} | {
    word: float(number)
    for number, word in enumerate(("one", "two", "three", "four", "five", "six"), start=1)
}
_SPAN = re.compile(
    rf"(?:in|within|بعد|خلال) (?:(?:(\d{{1,3}}|{'|'.join(filter(None, _MANY))}) )?"
    rf"({'|'.join(sorted(_UNIT, key=len)[::-1])})|({'|'.join(_PAIRS)}))$"
)
_HALF = "|".join(map(fold, ("صباحا", "مساء", "عصرا", "ظهرا", "ليلا", "فجرا")))
_PAST = fold_pattern("last|past|previous|الماضية|الماضي|الفائتة|الفائت|المنصرمة|المنصرم")
_LAST = re.compile(rf"\b(?:{_PAST}) $"), re.compile(rf" (?:{_PAST})\b")  # before and behind a day
_CLOCK = re.compile(
    rf"(?:(?:at|الساعه)\s+)?(?<![\d.,:-])\d{{1,2}}(?::\d\d(?!\d)|(?=\s*(?:[ap]\.?m|h\b|{_HALF})))"
    rf"(?:\s*(?:[ap]\.?m\b\.?|h\b|{_HALF}))?"
)
_NAMED = {
    fold(words): hour
    for hour, all_words in (
        (time(12), ("noon", "midday", "الظهر", "ظهرا", "منتصف النهار")),
        (time(0), ("midnight", "منتصف الليل")),
    )
    for words in all_words
}
_HOUR = re.compile(
    r"(?:at |عند |في )?(?<!\w)(?<!بعد )(?<!قبل )(?<!after )(?<!before )(?<!past )"
    rf"({'|'.join(sorted(_NAMED, key=len)[::-1])})(?!\w)"
)


@dataclass(frozen=True)
class Ahead:
    """A day and a time of day that words name; None for what they do not. before: what stands in
    front of both."""

    day: date | None
    clock: time | None
    before: str


def read_ahead(text: str, today: date) -> Ahead | None:
    """What the words name, counted from `today`: a weekday is the next such day, a day of a month
    without a year the next one. What is written as past stays so: yesterday, last Friday. None
    where numbers stand there that are neither.

    text: with the digits 0 to 9.
    """
    plain = folded(text)
    faces = [*_CLOCK.finditer(plain.text)] or [*_HOUR.finditer(plain.text)]
    clock = _clock(faces[-1]) if faces else None
    spans = [faces[-1].span()] if faces else []
    day, stands = _day(text, plain.text, today)
    starts, ends = min([stands, *spans]), max([stands, *spans], key=lambda one: one[1])
    if (faces and clock is None) or re.search(r"\d", plain.text[ends[1] :]):
        return None
    return Ahead(day, clock, plain.written(0, starts[0]).strip(" ,،") if starts[0] else "")


def due(text: str, now: datetime) -> datetime | None:
    """When something is needed: a time alone is the next such time, a day alone its evening.

    text: with the digits 0 to 9. now: with the zone that is meant. None where nothing is read.
    """
    if span := _SPAN.match(fold(text).strip()):
        if span[3]:
            return now + timedelta(**{_PAIRS[span[3]]: 2})
        many = span[1] or ""
        return now + timedelta(**{_UNIT[span[2]]: float(many) if many.isdigit() else _MANY[many]})
    read = read_ahead(text, now.date())
    if read is None or re.search(r"\d", read.before) or (read.day is None and read.clock is None):
        return None
    at = _at(read.day or now.date(), read.clock or _EVENING, now.tzinfo)
    return at if read.day or at > now else at + timedelta(days=1)


def _at(day: date, clock: time, zone: tzinfo | None) -> datetime:
    return datetime.combine(day, clock, zone)


def _day(text: str, plain: str, today: date) -> tuple[date | None, tuple[int, int]]:
    """The day, and where in the folded text its words stand; at its end where there are none."""
    if named := _DAY.search(plain):
        return today + timedelta(days=_AHEAD[named[1]]), named.span()
    dates = [one for one in dates_in(text, today) if one.first == one.last]
    if dates:
        first, written = dates[0].first, fold(dates[0].written)
        starts = plain.find(written)
        if first < today and dates[0].doubt == NO_YEAR:
            first = _next_year(first, today)
        return first, (starts, starts + len(written))
    for token in row(text).tokens:
        for weekday in token.meanings.get("w", ())[:1]:
            ahead = (weekday - today.weekday() - 1) % 7 + 1
            starts, ends = token.start, token.end
            before, behind = _LAST[0].search(plain[:starts]), _LAST[1].match(plain[ends:])
            if before or behind:
                ahead -= 14 if ahead == 7 else 7
                starts = before.start() if before else starts
            return today + timedelta(days=ahead), (starts, ends)
    return None, (len(plain), len(plain))


def _next_year(day: date, today: date) -> date:
    for year in range(day.year + 1, day.year + 9):  # 29 February waits for its year
        try:
            moved = day.replace(year=year)
        except ValueError:
            continue
        if moved >= today:
            return moved
    return day


def _clock(face: re.Match[str]) -> time | None:
    """A time of day; one that does not say its half is that of a clock with 24 hours."""
    if face.re is _HOUR:
        return _NAMED[face[1]]
    read = read_dates(f"2024-05-01 {face[0]}")
    kept = next((one for one in (read.at, *read.candidates) if "T" in one), "")
    return time.fromisoformat(kept.partition("T")[2][:5]) if kept else None
