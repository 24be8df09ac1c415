"""Dates that are told by the day on which somebody wrote: yesterday, last night, on Monday."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from verify.folding import fold_pattern
from verify.reading.mentions import Mention
from verify.reading.tokens import Row, pattern
from verify.records import say

NO_YEAR = say("The words name no year.")
_DAY_MONTH = r"(n)(?:\.? ?|[-/] ?)(?:[ol] )*(m)"
# "until today", and channels: "حلب اليوم:", "Russia Today"
_NO_DAY = re.compile(
    fold_pattern(r"\b(?:until|till|even|still|like|as of|روسيا|المصري|حتى|до|bis|hasta) $")
)


def counted(row: Row, posted: date) -> Iterator[Mention]:
    """What the words mean, counted from the day of the post."""
    for match in pattern("(r)").finditer(row.signs):
        if not _is_name(row, match.start()):
            first, last = row.tokens[match.start()].meanings["r"]
            yield _mention(match, posted, first, last)
    for match in pattern(r"(n) u A|B (n) u").finditer(row.signs):
        days = row.tokens[match.start(1) if match[1] else match.start(2)].number
        yield _mention(match, posted, -days, -days)


def guessed(row: Row, posted: date) -> Iterator[Mention]:
    """Days without a year, and weekdays: the last ones before the post, never for certain."""
    for match in pattern(_DAY_MONTH + "(?![./ -]*[yh])").finditer(row.signs):
        number = row.tokens[match.start(1)].number
        for month in row.tokens[match.start(2)].meanings["m"]:
            if day := _last(posted, month, number):
                yield Mention(match.start(), match.end(), ((day, day),), NO_YEAR, counted=True)
    for match in pattern(r"[Ilo] (w)").finditer(row.signs):
        back = (posted.weekday() - row.tokens[match.start(1)].meanings["w"][0]) % 7
        day = posted - timedelta(days=back)
        yield Mention(match.start(1), match.end(), ((day, day),), NO_YEAR, counted=True)


def _mention(match: re.Match[str], posted: date, first: int, last: int) -> Mention:
    days = posted + timedelta(days=first), posted + timedelta(days=last)
    return Mention(match.start(), match.end(), (days,), counted=True)


def _is_name(row: Row, at: int) -> bool:
    token, text = row.tokens[at], row.folded.text
    if text[token.end :].lstrip().startswith(":") or _NO_DAY.search(text[: token.start]):
        return True
    if pattern(r"X (?:[lofIeg] )*\Z").search(row.signs[:at]):
        return True
    begins = not re.search(r"[^.!?\n:]\s*\Z", text[: token.start].rstrip())
    return row.folded.is_capital(token.start) and not begins


def _last(posted: date, month: int, number: int) -> date | None:
    for year in (posted.year, posted.year - 1):
        try:
            day = date(year, month, number)
        except ValueError:
            continue
        if day <= posted + timedelta(days=1):
            return day
    return None
