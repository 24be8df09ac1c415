"""Each place in a text where a time is named, with all that can be meant, and what is doubtful.

A day is told from other numbers by its form; a year alone by what stands beside it. Words around a
date can turn it into a stretch ("since"), deny it ("not"), or make it the date of something else
("built in", "anniversary of").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from verify.folding import fold_pattern
from verify.reading.forms import Stretch, readings
from verify.reading.tokens import Row, pattern
from verify.records import Sentence, say

_WINTER_BEFORE, _WINTER_AFTER = timedelta(days=31), timedelta(days=90)  # it has two years
_NEAR = 60  # letters in front of a date that are looked at


@dataclass(frozen=True)
class Mention:
    """A date in a text. start, end: its tokens. stretches: first and last days of what can be
    meant. doubt: why even the only one may not be. counted: from the day of the post.
    """

    start: int
    end: int
    stretches: tuple[Stretch, ...]
    doubt: Sentence | None = None
    counted: bool = False


# Something that began, or is remembered, on the date: not what a picture shows.
_OTHER_EVENTS = re.compile(
    fold_pattern(
        r"\b(?:anniversar\w*|commemorat\w*|memorial|remember\w*|remembrance|born|built|rebuilt|"
        r"founded|established|elected|in power|constructed|since the|named after|"
        r"годовщин\w*|річниц\w*|роковин\w*|памят\w*|пам'ят\w*|построен\w*|основан\w*|родил\w*|"
        r"збудован\w*|заснован\w*|народи\w*|побудован\w*|"
        r"anniversaire|commémor\w*|construite?s?|née?|fondée?|"
        r"aniversario|conmemor\w*|construid[oa]|nacid[oa]|fundad[oa]|"
        r"jahrestag\w*|gedenk\w*|erbaut\w*|gebaut\w*|gegründet\w*|geboren\w*|"
        r"yıldönüm\w*|yıl dönüm\w*|anma\w*|inşa|kurulan|doğumlu|"
        r"(?:ال)?ذكرى|مواليد|ولد|تأسس\w*|بني\w*|شيد\w*|سالگرد|متولد|ساخته)\b"
    )
)
# What is numbered by a year, or counted.
_NUMBERED = re.compile(
    fold_pattern(
        r"(?:\b(?:expo|euro|world cup|olympi\w*|games|vision|agenda|tokyo|rio|windows|office|"
        r"boeing|airbus|route|road|highway|resolution|law|no|nr|number|flight|unit|room|version|"
        r"v|model|case|invoice|page|channel|iso|olympiad\w*|mundial|copa|loi|ley|gesetz|ziffer|"
        r"killed|dead|wounded|casualties|injured|only|over|about|than|nearly|some|approximately|"
        r"евро|євро|чемпионат\w*|чемпіонат\w*|олимпиад\w*|олімпіад\w*|закон\w*|дом|номер|"
        r"иксполнилось|погибло|загинуло|"
        r"قرار|قانون|رقم|رؤية|مونديال|كأس العالم|إكسبو|الطريق|قتل|مقتل|اكثر من|حوالي)"
        r"|№|#|\+|[$€£])\s*$"
    )
)
# What bears a number of its own: "Leopard 2 June 2023" need not be the second.
_BEARERS = re.compile(
    fold_pattern(
        r"\b(?:leopard|challenger|merkava|abrams|patriot|apollo|gate|terminal|line|day|chapter|part|"
        r"phase|group|school|hospital|building|block|sector|zone|district|channel|unit|brigade|"
        r"highway|route|no|nr|№|школа|дом|больница|лікарня|бригада|рота|день|дня|المدرسة|رقم|"
        r"مدرسة|اللواء|école|escuela|schule|okul|bölge)\.? $"
    )
)
_WINTER = re.compile(
    fold_pattern(r"\b(?:winter|hiver|invierno|kış\w*|зим\w+|(?:ال)?شتاء|زمستان) $")
)
_UNIT = re.compile(
    fold_pattern(
        r"^\s*(?:people|persons?|dead|killed|wounded|soldiers|troops|tanks|танков|танків|homes|houses|civilians|metres?|meters?|"
        r"m\b|km|kg|%|usd|dollars?|euros?|человек\w*|людей|осіб|personnes|personas|menschen|kişi|"
        r"شخص\w*|قتيل\w*|شهيد\w*|جريح\w*|نفر)"
    )
)


def mentions(row: Row) -> list[Mention]:
    """The dates that a row names, in the order in which they stand."""
    found = (
        _around(row, Mention(start, end, tuple(stretches)))
        for start, end, stretches in readings(row)
        if not (row.signs[start:end] == row.signs[end - 1 : end] and _no_year(row, start, end))
    )
    kept = sorted((one for one in found if one), key=lambda one: one.start)
    return _from_to(row, _agreed(row, kept))


def _from_to(row: Row, found: list[Mention]) -> list[Mention]:
    """Two days with "to" between them as one stretch: 31 December 2019 – 1 January 2020."""
    joined: list[Mention] = []
    for one in found:
        before = joined[-1] if joined else None
        if before and (merged := _merged(row, before, one)):
            joined[-1] = merged
        else:
            joined.append(one)
    return joined


def _merged(row: Row, one: Mention, other: Mention) -> Mention | None:
    between = row.signs[one.end : other.start]
    paired = pattern(r"(?: ?g)?(?: ?- ?| t )(?:[lo] )*").fullmatch(between)
    both = pattern(" a (?:[lo] )*").fullmatch(between) and pattern(r"f (?:[lo] )*\Z").search(
        row.signs[: one.start]
    )
    if not (paired or both) or len(one.stretches) != 1 or len(other.stretches) != 1:
        return None
    (first, _), (_, last) = one.stretches[0], other.stretches[0]
    if not date.min < first <= last < date.max:
        return None
    return Mention(one.start, other.end, ((first, last),), one.doubt or other.doubt)


def _before(row: Row, start: int) -> str:
    """The clause in front of a token, folded."""
    text = row.folded.text[: row.tokens[start].start][-_NEAR:]
    return re.split(r"[.!?;\n](?=\s)", text)[-1]


def _after(row: Row, end: int) -> str:
    return row.folded.text[row.tokens[end - 1].end :]


def _no_year(row: Row, start: int, end: int) -> bool:
    """Whether four digits by themselves count something, as far as can be told."""
    if row.tokens[start].meanings.keys() == {"Y"}:
        return False
    before, after = row.signs[:start], row.signs[end:]
    if "'" in row.tokens[start].text:  # 2016'da
        return False
    if pattern(r"[nydh] ?\Z").search(before):
        return True
    if _NUMBERED.search(_before(row, start)) or _UNIT.match(_after(row, end)):
        return True
    if pattern(r"(?:[Igscf]|b|e|N|X) (?:[lgof] )*\Z").search(before) or pattern(" ?g").match(after):
        return False
    if pattern("'?[V]|[ ,]*v").match(after):
        return False
    at_end = pattern(r"\s*(?:[,.;:)!?-]|\Z)").match(after) or row.tokens[end].text == "\n"
    alone = pattern(r"(?:\A|[ (,:;-])\Z").search(before) or before[-1:] == "\n"
    return not (at_end and alone)


def _around(row: Row, found: Mention) -> Mention | None:
    """The mention with what the words around it make of it; None where they deny it."""
    before, after = row.signs[: found.start], row.signs[found.end :]
    if pattern(r"X (?:[lofeIg] )*\Z").search(before) or pattern(r",? (?:g )?V").match(after):
        return None
    if _WINTER.search(_before(row, found.start)):
        winter = tuple(
            (one - _WINTER_BEFORE, other + _WINTER_AFTER) for one, other in found.stretches
        )
        found = replace(found, stretches=winter)
    if found.stretches and _since(row, found, before, after):
        found = replace(found, stretches=tuple((one, date.max) for one, _ in found.stretches))
    elif _until(row, found, before, after):
        found = replace(found, stretches=tuple((date.min, other) for _, other in found.stretches))
    if _ends_a_stretch(row, found):
        return replace(found, doubt=say("A stretch of days may be meant that ends with it."))
    if other := _OTHER_EVENTS.search(_before(row, found.start)):
        doubt = say(
            "It stands behind “{words}”, so it may be the date of something else.", words=other[0]
        )
        return replace(found, doubt=doubt)
    tokens = row.tokens[found.start : found.end]
    counted = "y" in tokens[-1].meanings and _UNIT.match(_after(row, found.end))
    numbered = "n" in tokens[0].meanings and _BEARERS.search(_before(row, found.start))
    if counted or numbered:
        return replace(found, doubt=say("A number in it may count something else."))
    if pattern(r"c (?:[lefgo] )*\Z").search(before):
        return replace(found, doubt=say("The words say that this is not exact."))
    return found


def _since(row: Row, found: Mention, before: str, after: str) -> bool:
    if pattern(r"s (?:[lefgo] )*\Z").search(before):
        return True
    if from_ := pattern(r"(f) (?:[leg] )*\Z").search(before):
        word = row.tokens[from_.start(1)].text
        return word in ("с", "со", "з", "із", "از")  # others date a film as well
    behind = pattern(r" (?:g )?(v)").match(after)
    return bool(behind and row.tokens[found.end + behind.start(1)].text in ("beri", "bu yana"))


_AWAY = re.compile(r"'[dt][ae]n$")


def _until(row: Row, found: Mention, before: str, after: str) -> bool:
    """until 5 June 2014; 5 Haziran 2014'e kadar"""
    if pattern(r"b (?:[lefgo] )*\Z").search(before):
        return not _until_of_range(row, found)
    behind = pattern(r",? (?:g )?(v)").match(after)
    words = ("kadar", "dek", "degin")
    return bool(behind and row.tokens[found.end + behind.start(1)].text in words)


def _ends_a_stretch(row: Row, found: Mention) -> bool:
    """Whether a number or a month that says "to" stands in front: a beginning not understood."""
    if "n" not in row.tokens[found.start].meanings:
        return False
    before = row.signs[: found.start]
    if pattern(r"[nmjik]\.?(?: ?- ?| t )(?:[lo] )*\Z").search(before):
        return True
    at = found.start - 2
    return at >= 0 and bool(
        pattern(r"[nmxk] \Z").search(before) and _AWAY.search(row.tokens[at].text)
    )


def _until_of_range(row: Row, found: Mention) -> bool:
    """Whether "to" in front of a date only ends a stretch that was not understood."""
    return bool(pattern(r"[nyk]\.? [tb] (?:[lo] )*\Z").search(row.signs[: found.start]))


def _agreed(row: Row, found: list[Mention]) -> list[Mention]:
    """Of two orders of day and month the one that a weekday, or another date, leaves possible."""
    settled = [_by_weekday(row, one) for one in found]
    orders = {
        month_first
        for one in settled
        if len(one.stretches) == 1 and (month_first := _month_first(row, one)) is not None
    }
    if not orders and row.continental:
        orders = {False}
    if len(orders) != 1:
        return settled
    first = 1 if orders.pop() else 0
    return [
        replace(one, stretches=one.stretches[first : first + 1])
        if len(one.stretches) == 2 and _numeric(row, one)
        else one
        for one in settled
    ]


def _numeric(row: Row, one: Mention) -> bool:
    return bool(pattern(r"n ?[/-] ?n ?[/-] ?[yn]").fullmatch(row.signs[one.start : one.end]))


def _month_first(row: Row, one: Mention) -> bool | None:
    """Whether a date in numbers can only have the month first; None for other forms."""
    if not _numeric(row, one):
        return None
    day = one.stretches[0][0]
    first, second = [
        token.number for token in row.tokens[one.start : one.end] if "n" in token.meanings
    ][:2]
    return None if first == second else (first, second) == (day.month, day.day)


def _by_weekday(row: Row, one: Mention) -> Mention:
    named = pattern(r"(w)\.?,? ?\(?(?:[lIofg] )*\Z").search(row.signs[: one.start])
    behind = pattern(r",? ?\(?(w)").match(row.signs[one.end :])
    if len(one.stretches) < 2 or not (named or behind):
        return one
    place = named.start(1) if named else one.end + (behind.start(1) if behind else 0)
    weekday = row.tokens[place].meanings["w"][0]
    left = tuple(s for s in one.stretches if s[0] == s[1] and s[0].weekday() == weekday)
    return replace(one, stretches=left) if left else one


def narrowest(found: list[Mention]) -> list[Mention]:
    """The mentions without the months and years that only name a named day again."""

    def within(one: Mention, other: Mention) -> bool:
        return one is not other and all(
            a[0] <= b[0] and b[1] <= a[1] and a != b for a in one.stretches for b in other.stretches
        )

    return [one for one in found if not any(within(one, other) for other in found)]


def distinct(found: list[Mention]) -> Iterator[Mention]:
    """Each date once."""
    seen: list[tuple[Stretch, ...]] = []
    for one in found:
        if one.stretches not in seen:
            seen.append(one.stretches)
            yield one
