"""The time of day that stands beside a date: in 24 hours, or in halves of the day.

A time that does not say its half, such as 9:30, is left open: both can be meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from verify.folding import fold, fold_pattern
from verify.reading.halves import Half, half_behind, halves_in, in_24_hours
from verify.reading.tokens import Row, pattern
from verify.reading.zones import Zone, as_offset, zone_behind
from verify.records import Sentence, say

_INTRODUCED = fold_pattern(
    r"(?P<strong>الساعة|الساعه|ساعة|ساعت|saat|klokken)\s+|"
    r"(?P<weak>at|around|about|by|from|until|о|об|в|у|um|gegen|à|vers|a las|a la|las|kl)\s+"
)
_UNIT = fold_pattern(
    r"uhr|heures?|hrs?|hours|h|часов|часа|час|годині|години|годин|год|horas|o'clock|saatlerinde"
)
_TIME = re.compile(
    rf"(?:(?<!\w)(?:{_INTRODUCED}))?"
    r"(?<![\w:.,/+])(?<!\d-)(?P<hour>\d{1,2})"
    r"(?:(?P<sep>:|\.|\s?h\s?|\s?uhr\s)(?P<minute>[0-5]\d)(?::[0-5]\d)?(?!\d))?"
    rf"(?:\s?(?P<unit>{_UNIT})(?![^\W_]))?(?!\d|[:/]\d|[.,]\d|\s?°)"
)


_HOURS = {
    fold(name.replace("_", " ")): hour
    for name, hour in (
        *(("الواحدة", 1), ("الثانية", 2), ("الثالثة", 3), ("الرابعة", 4), ("الخامسة", 5)),
        *(("السادسة", 6), ("السابعة", 7), ("الثامنة", 8), ("التاسعة", 9), ("العاشرة", 10)),
        *(("الحادية_عشرة", 11), ("الثانية_عشرة", 12)),
    )
}
_FROM_TO = re.compile(r"(?<!t)(?<!\d)\d{1,2}[:.]\d\d ?- ?\d{1,2}[:.]\d\d")
_PAST = {fold("والربع"): ":15", fold("والثلث"): ":20", fold("والنصف"): ":30"}
_HOUR_IN_WORDS = re.compile(
    rf"(الساعه) ({'|'.join(sorted(_HOURS, key=len)[::-1])})"
    rf"(?: ({'|'.join(_PAST)}))?(?!\w)(?! الا )"
)


@dataclass(frozen=True)
class Clock:
    """A time of day as it is kept behind a date. at: `T17:30`, `T17:30+03:00` or "".

    candidates: what can be meant where `at` is "". zone: the offset told, or "".
    """

    at: str = ""
    candidates: tuple[str, ...] = ()
    zone: str = ""
    why: tuple[Sentence, ...] = ()


@dataclass(frozen=True)
class _Read:
    minutes: tuple[int, ...]  # after midnight, one for each reading
    offset: str | None  # see `Zone`


def clock_in(row: Row, dates: list[tuple[int, int]], day: date) -> Clock:
    """The one time that a text names beside its dates; nothing where it names several.

    dates: first and last token of each, which hold no time.
    """
    text = row.folded.text
    for start, end in dates:  # replaced letter by letter: places stay
        first, last = row.tokens[start].start, row.tokens[end - 1].end
        text = text[:first] + "§" * (last - first) + text[last:]
    text = _HOUR_IN_WORDS.sub(_in_digits, text)
    if _FROM_TO.search(text):
        return Clock()
    text = re.sub(r"§t(?=\d\d:\d\d)", "§ ", text)
    halves = halves_in(text)
    exact = row.continental or any(_is_iso(row, *one) for one in dates)
    found = [*dict.fromkeys(_read(text, day, halves, exact))]
    one = _same(found)
    if not one:
        return Clock()
    if one.offset is None:
        return Clock(why=(say("The zone beside the time can be several."),))
    ways = tuple(f"T{m // 60:02}:{m % 60:02}{one.offset}" for m in one.minutes)
    if len(ways) == 1:
        return Clock(ways[0], zone=one.offset)
    return Clock(
        "", ways, one.offset, (say("The words do not say which half of the day is meant."),)
    )


def _is_iso(row: Row, start: int, end: int) -> bool:
    """Whether a date is written as 2024-05-01, with which hours are counted to 24."""
    return bool(pattern("y-n-n").fullmatch(row.signs[start:end]))


def _in_digits(found: re.Match[str]) -> str:
    return f"{found[1]} {_HOURS[found[2]]}{_PAST.get(found[3], '')}"


def _read(text: str, day: date, halves: frozenset[Half], continental: bool) -> Iterator[_Read]:
    for match in _TIME.finditer(text):
        hour, minute = int(match["hour"]), int(match["minute"] or 0)
        zone, half = _behind(text[match.end() :], day)
        marked = half or match["strong"] or (match["unit"] and (match["weak"] or hour > 12))
        colon = (match["sep"] or "").strip()
        uhr = colon in ("h", "uhr") or match["unit"] == "uhr"
        if not (marked or zone or uhr or colon == ":") or hour > 24:
            continue
        if colon == "." and not (marked or match["weak"] or zone or uhr):
            continue
        if not match["minute"] and not half and not match["strong"] and not match["unit"]:
            continue  # "at 9" counts nothing certain
        exact = match["hour"][0] == "0" or (match["minute"] and (continental or uhr))
        hours = in_24_hours(hour, half, halves, bool(exact))
        if hours:
            minutes = tuple(h * 60 + minute for h in hours)
            yield _Read(minutes, zone.offset if zone else "")


def _behind(rest: str, day: date) -> tuple[Zone | None, Half | None]:
    """The zone and the half of the day behind a time, in either order."""
    half, length = half_behind(rest)
    zone = zone_behind(rest[length:], day)
    if zone and not half:
        half, _ = half_behind(rest[zone.length :])
    return zone, half


def _same(found: list[_Read]) -> _Read | None:
    """The time, where all that are named are one moment; the one by the clocks of the place."""
    if len(found) == 1:
        return found[0]
    here = [one for one in found if one.offset == "" and len(one.minutes) == 1]
    there = [one for one in found if one.offset and len(one.minutes) == 1]
    if len(found) != 2 or not here or not there:
        return None
    away = there[0].offset or ""
    utc = there[0].minutes[0] - _minutes(away)
    east = (here[0].minutes[0] - utc + 12 * 60) % (24 * 60) - 12 * 60
    if east % 15 or not here[0].minutes:
        return None
    return replace(here[0], offset=as_offset(east))


def _minutes(offset: str) -> int:
    size = int(offset[1:3]) * 60 + int(offset[4:])
    return -size if offset[0] == "-" else size
