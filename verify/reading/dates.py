"""The dates of a claim: what its words name, and what is kept with it.

A date is certain where it is the only one that the words name and can be read in one way alone.
All else is offered to choose from and contradicts nobody.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, tzinfo
from functools import lru_cache

from verify.reading.archived import from_archive
from verify.reading.clocks import clock_in
from verify.reading.kept import as_kept, days_kept, moment_kept
from verify.reading.mentions import Mention, distinct, mentions, narrowest
from verify.reading.relative import counted, guessed
from verify.reading.tokens import Row, row
from verify.records import CalendarDate, Claim, DateReading, Sentence, Value, say

_MOST = 3  # offered to choose from
_SEVERAL = say("The words name several dates.")
_APPOSED = re.compile(r"[\s,،(\[–—-]*")


@dataclass(frozen=True)
class NamedDate:
    """A stretch of days in a text: its first and last day, and the words it stands in.

    The first is `date.min`, the last `date.max` where it is open. stated: a person gave it apart
    from the words. doubt: why it may not be meant; None where it is certain. counted_from: the
    day of the post that it was counted from, or "".
    """

    first: date
    last: date
    written: str
    stated: bool = False
    doubt: Sentence | None = None
    counted_from: str = ""

    @property
    def certain(self) -> bool:
        """Whether it may contradict what a file says."""
        return self.doubt is None

    def days_until(self, day: date) -> int:
        """How many days `day` lies after this date; negative before it, 0 within it."""
        if self.first <= day <= self.last:
            return 0
        return (day - self.last).days if day > self.last else (day - self.first).days

    @property
    def understood(self) -> str:
        """As it is kept with a claim."""
        return as_kept(self.first, self.last)

    @property
    def shown(self) -> Value:
        """As a sentence shows it: a stretch of days in words."""
        return CalendarDate(at=self.understood) if "/" in self.understood else self.understood

    @property
    def caution(self) -> Sentence:
        """How far this date can be relied on."""
        if self.stated:
            return say(
                "A person at this desk stated the date that the claim means; whoever claims it may "
                "have meant another."
            )
        if self.counted_from:
            return say(
                "The date was counted from the day of the post, {day}, and may stand for something "
                "else.",
                day=CalendarDate(at=self.counted_from),
            )
        if self.doubt:
            return say(
                "The date was read from the words of the claim by rule, and is in doubt. {doubt}",
                doubt=self.doubt,
            )
        return say(
            "The date was read from the words of the claim by rule, and may stand for something "
            "else."
        )


def dates_claimed(claim: Claim) -> list[NamedDate]:
    """The dates of a claim: the one kept with it, else those in its words.

    Where a person stated that no date is meant, the words do not count.
    """
    if claim.date_stated:
        kept = kept_date(claim.claimed_at)
        return [replace(kept, stated=True)] if kept else []
    kept = kept_date(claim.claimed_at)
    named = [replace(kept, counted_from=claim.counted_from)] if kept else _not_kept(claim)
    if not from_archive(claim.text):
        return named
    doubt = say("The words say that the picture is from an archive, so it may be older.")
    return [replace(one, doubt=one.doubt or doubt) for one in named]


def _not_kept(claim: Claim) -> list[NamedDate]:
    """The dates in the words alone; in doubt where "yesterday" stands beside them for another."""
    named = dates_in(claim.text)
    every = dates_in(claim.text, received=claim.recorded_at.date())
    doubt = _SEVERAL if named and len(every) > len(named) else None
    return [replace(one, doubt=one.doubt or doubt) for one in named]


def moment_claimed(claim: Claim, zone: tzinfo) -> datetime | None:
    """The moment that a claim names, by the clocks of `zone` unless it says; None without one."""
    return moment_kept(claim.claimed_at, zone)


def kept_date(text: str) -> NamedDate | None:
    """A date as it is kept with a claim, see `Claim.claimed_at`."""
    days = days_kept(text)
    return NamedDate(*days, text) if days else None


def dates_in(
    text: str, posted: date | None = None, received: date | None = None
) -> list[NamedDate]:
    """The dates that a text names, in the order in which they stand.

    posted: the day from which words such as "yesterday" count; received: the day on which it came
    here, where that of the post is not known. A date that can be read in several ways appears once
    for each.
    """
    words, found = _found(text, posted, received)
    return _named(words, found, posted or received, bool(posted))


def read_dates(text: str, posted: date | None = None, received: date | None = None) -> DateReading:
    """What a text says of time: the certain date if there is one, and all that can be meant."""
    words, found = _found(text, posted, received)
    named = _named(words, found, posted or received, bool(posted))
    kept = [*dict.fromkeys(one.understood for one in named)]
    why = _each_once([one.doubt for one in named if one.doubt])
    if not named:
        return DateReading()
    if len(kept) > 1 or not named[0].certain:
        return DateReading(candidates=tuple(kept[:_MOST]), why=why)
    only = named[0]
    counted_from = only.counted_from
    if counted_from:
        why = (say("Counted from the day of the post, {day}.", day=CalendarDate(at=counted_from)),)
    if only.first != only.last:
        return DateReading(kept[0], tuple(kept), why=why, counted_from=counted_from)
    clock = clock_in(words, [(one.start, one.end) for one in found], only.first)
    at = kept[0] + clock.at
    candidates = (at, *(kept[0] + each for each in clock.candidates))
    return DateReading(at, candidates[:_MOST], clock.zone, (*why, *clock.why), counted_from)


@lru_cache(maxsize=1000)
def _found(
    text: str, posted: date | None, received: date | None
) -> tuple[Row, tuple[Mention, ...]]:
    """The dates in a text, which one comparison after the other asks for."""
    words = row(text)
    found = mentions(words)
    if day := posted or received:
        named = [*found]
        found += [one for one in counted(words, day) if not _is_named(words, one, named)]
        found = found or [*guessed(words, day)]
    return words, tuple(distinct(narrowest(sorted(found, key=lambda one: one.start))))


def _is_named(words: Row, counted: Mention, named: Sequence[Mention]) -> bool:
    """Whether the words say beside it which day it is: "this morning, 28 November 2026"."""
    for one in named:
        first, second = sorted((counted, one), key=lambda mention: mention.start)
        between = (words.tokens[first.end - 1].end, words.tokens[second.start].start)
        if _APPOSED.fullmatch(words.folded.text[slice(*between)]):
            return True
    return False


def _named(
    words: Row, found: Sequence[Mention], counted_from: date | None, is_posted: bool
) -> list[NamedDate]:
    several = _SEVERAL if len(found) > 1 else None
    named = []
    for one in found:
        either = say("It can be read in more than one way.") if len(one.stretches) > 1 else None
        arrival = None
        if one.counted and not is_posted:
            arrival = say(
                "The day of the post is not known, so the date was counted from the day on which "
                "this came here."
            )
        for first, last in one.stretches:
            named.append(
                NamedDate(
                    first,
                    last,
                    words.written(one.start, one.end),
                    doubt=one.doubt or either or arrival or several,
                    counted_from=str(counted_from) if one.counted else "",
                )
            )
    return named


def _each_once(sentences: list[Sentence]) -> tuple[Sentence, ...]:
    return tuple(one for at, one in enumerate(sentences) if one not in sentences[:at])
