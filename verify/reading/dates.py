"""Dates that stand in the words of a claim, in English and Arabic.

Read conservatively: a year alone counts only after a word such as "in", and a day without a
year is left alone. Where day and month can be told apart in two ways, both are given.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, tzinfo

from verify.records import Claim, Sentence, say

_LONGEST = 4000  # characters of a claim that are read

# One name of a month per word, by month; Gregorian names as in Egypt, the Levant, the Maghreb.
_NAMES = (
    "january jan يناير كانون_الثاني جانفي",
    "february feb فبراير شباط فيفري",
    "march mar مارس اذار",
    "april apr ابريل نيسان افريل",
    "may مايو ايار ماي",
    "june jun يونيو يونيه حزيران جوان",
    "july jul يوليو يوليه تموز جويليه",
    "august aug اغسطس اب اوت",
    "september sept sep سبتمبر ايلول",
    "october oct اكتوبر تشرين_الاول",
    "november nov نوفمبر تشرين_الثاني",
    "december dec ديسمبر كانون_الاول",
)
MONTHS = {
    name.replace("_", " "): month
    for month, names in enumerate(_NAMES, start=1)
    for name in names.split()
}

# Each character stands for one, so that a reading can be quoted from the text as written.
_FOLDED = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹أإآىة", "01234567890123456789ااايه")

_NAME = "|".join(sorted((n.replace(" ", r"\s+") for n in MONTHS), key=len, reverse=True))
_MONTH = (
    rf"(?P<month>{_NAME})(?:\s*/\s*(?:{_NAME}))?\.?"  # the press writes two names: ايلول/سبتمبر
)
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?:(?:عام|سنه|لعام|العام)\s+)?(?P<year>(?:19[5-9]|20\d)\d)"
_EDGE = r"(?<![\w./-]){}(?!(?!T\d\d:)[\w/-])(?!\.\d)"
_FORMS = tuple(
    re.compile(_EDGE.format(form), re.IGNORECASE)
    for form in (
        rf"{_YEAR}(?P<mark>[-/.])(?P<number>\d{{1,2}})(?P=mark)(?P<day>\d{{1,2}})",
        rf"(?P<day>\d{{1,2}})(?P<mark>[-/.])(?P<number>\d{{1,2}})(?P=mark){_YEAR}",
        rf"{_DAY}\s+(?:of\s+|من\s+)?{_MONTH}[,،]?\s+{_YEAR}",
        rf"{_MONTH}\s+{_DAY}[,،]?\s+{_YEAR}",
        rf"{_MONTH}[,،]?\s+{_YEAR}",
        rf"(?:in|since|during|عام|سنه|العام|لعام)\s+{_YEAR}",
    )
)


_KEPT = re.compile(
    r"(?P<day>\d{4}(?:-\d\d(?:-\d\d)?)?)(?:T(?P<clock>\d\d:\d\d)(?P<zone>[+-]\d\d:\d\d)?)?"
)


@dataclass(frozen=True)
class NamedDate:
    """A day, month or year in a text: its first and last day, and the words it stands in.

    stated: a person gave it apart from the words.
    """

    first: date
    last: date
    written: str
    stated: bool = False

    def days_until(self, day: date) -> int:
        """How many days `day` lies after this date; negative before it, 0 within it."""
        if self.first <= day <= self.last:
            return 0
        return (day - self.last).days if day > self.last else (day - self.first).days

    @property
    def understood(self) -> str:
        """As year, year-month or year-month-day."""
        if self.first == self.last:
            return self.first.isoformat()
        return f"{self.first:%Y-%m}" if self.first.month == self.last.month else f"{self.first:%Y}"

    @property
    def caution(self) -> Sentence:
        """How far this date can be relied on."""
        if self.stated:
            return say(
                "A person at this desk stated the date that the claim means; whoever claims it may "
                "have meant another."
            )
        return say(
            "The date was read from the words of the claim by rule, and may stand for something "
            "else."
        )


def dates_claimed(claim: Claim) -> list[NamedDate]:
    """The dates of a claim: the one kept with it, else those in its words.

    Where a person stated that no date is meant, the words do not count.
    """
    if kept := kept_date(claim.claimed_at):
        return [replace(kept, stated=claim.date_stated)]
    return [] if claim.date_stated else dates_in(claim.text)


def moment_claimed(claim: Claim, zone: tzinfo) -> datetime | None:
    """The moment that a claim names, by the clocks of `zone` unless it says; None without one."""
    parts = _KEPT.fullmatch(claim.claimed_at)
    if not parts or not parts["clock"]:
        return None
    try:
        at = datetime.fromisoformat(claim.claimed_at)
        return at if at.tzinfo else at.replace(tzinfo=zone)
    except ValueError:
        return None


def kept_date(text: str) -> NamedDate | None:
    """A date as it is kept with a claim: `2014`, `2014-06`, `2014-06-14`, `2014-06-14T17:30`."""
    parts = _KEPT.fullmatch(text)
    if not parts:
        return None
    year, month, day = [*map(int, parts["day"].split("-")), 0, 0][:3]
    try:
        first = date(year, month or 1, day or 1)
    except ValueError:
        return None
    if day:
        return NamedDate(first, first, text)
    last = monthrange(year, month)[1] if month else 31
    return NamedDate(first, date(year, month or 12, last), text)


def dates_in(text: str) -> list[NamedDate]:
    """The dates that a text names, in the order in which they stand.

    A date such as 05/06/2023 appears twice, once for each order of day and month.
    """
    text = text[:_LONGEST]
    folded = text.translate(_FOLDED)
    taken: list[tuple[int, int]] = []
    found: list[tuple[int, NamedDate]] = []
    for form in _FORMS:
        for match in form.finditer(folded):
            start, end = match.span()
            if all(end <= before or start >= after for before, after in taken):
                taken.append((start, end))
                found += [(start, named) for named in _read(match, text[start:end])]
    return [named for _, named in sorted(found, key=lambda pair: pair[0])]


def _read(match: re.Match[str], written: str) -> Iterator[NamedDate]:
    parts = match.groupdict()
    year = int(parts["year"])
    if "month" not in parts and "day" not in parts:
        yield NamedDate(date(year, 1, 1), date(year, 12, 31), written)
        return
    if "month" in parts:
        month = MONTHS[re.sub(r"\s+", " ", parts["month"].casefold())]
        if "day" not in parts:
            last = monthrange(year, month)[1]
            yield NamedDate(date(year, month, 1), date(year, month, last), written)
            return
        orders = [(month, int(parts["day"]))]
    else:
        orders = [(int(parts["number"]), int(parts["day"]))]
        # Dots are day first everywhere; with a slash or a hyphen Americans put the month first.
        if match.start("year") > match.start("day") and parts["mark"] != ".":
            orders.append((orders[0][1], orders[0][0]))
    for month, day in dict.fromkeys(orders):
        try:
            yield NamedDate(date(year, month, day), date(year, month, day), written)
        except ValueError:  # no such day in the calendar
            continue
