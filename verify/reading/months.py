"""The names of months, as people write them in many languages, and what month each can be.

Names are Unicode CLDR's, as Babel ships them: Arabic ones of Egypt, the Levant, Iraq and the
Maghreb. Russian and Ukrainian cases, and short and spoken forms that CLDR lacks, are added.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cache

from verify.folding import fold_words

# Read without a day, too: "Sept 2017".
_WELL_KNOWN = (
    *("en", "uk", "ru", "fr", "es", "de", "tr", "fa"),
    *("ar", "ar_SY", "ar_DZ", "ar_MA"),
)
# Their short names are words elsewhere ("set", "out", "ago"): only whole ones, or with a day.
_OTHERS = ("it", "pt", "pl", "he", "nl", "ro", "id", "sv", "el")
_ALSO_WORDS = {"ago", "set", "out", "ara", "mar", "dic", "eki", "oca", "lis", "mag", "gen", "sie"}
_SHORT = {
    *("jan", "feb", "apr", "jun", "jul", "aug", "sep", "oct", "okt", "nov", "dec", "dez"),
    *("may", "mai", "маи", "мая", "мае", "اوت", "ماي", "اب", "ت1", "ت2", "ك1", "ك2"),
}
_SHORTEST = 4  # letters of a name that stands beside a year alone, but for those

# Beginnings and endings; one entry a month.
_SLAVIC = {
    "ь я ю е ем": "1:январ 2:феврал 4:апрел 6:июн 7:июл 9:сентябр 10:октябр 11:ноябр 12:декабр",
    ". а у е ом": "3:март 8:август",
    "й я ю е ем": "5:ма",
    "ень ня ню ні нем": "1:січ 3:берез 4:квіт 5:трав 6:черв 7:лип 8:серп 9:верес 10:жовт 12:груд",
    "ий ого ому им": "2:лют",
    "пад пада паду паді падом": "11:листо",
}
_ADDED = """
1: jänner jän كانون_ثاني كانون_ثان ك2 جانفيه janv янв січ ژانویه جنوری ocakta
2: feber fev feb fevr фев февр лют فيبراير فبرایر فوریه subatta subatinda
3: mrz maerz мар бер مارت martta
4: апр квіт افریل آوریل abr nisanda nisan
5: трав ماى مه mayista
6: haziranda июн черв جون ژوئن
7: temmuzda июл лип يوليه جويليه جولای جولاى ژوئیه
8: agustosta авг серп اگوست آگست غشت
9: sept eylulde сен сент вер septembre شتنبر
10: ekimde окт жовт اكتوبر تشرين_اول ت1 اکتوبر أوكتوبر
11: kasimda ноя нояб лист تشرين_ثاني تشرين_ثان ت2 نومبر نوفمبير
12: aralikta дек груд كانون_اول ك1 دجنبر دیسمبر
10 11: تشرين
1 12: كانون
"""


@cache
def months() -> dict[str, tuple[int, ...]]:
    """Folded names of a few words -> the months that each can mean, nearly always one."""
    found: dict[str, set[int]] = defaultdict(set)
    for name, month in _clear():
        found[name].add(month)
    for name, month in _from_babel(_OTHERS, ("wide", "abbreviated")):
        if name not in found or name in _ALSO_WORDS:
            found[name].add(month)
    for numbers, names in _added():
        for name in names:
            found[name].update(numbers)
    return {name: tuple(sorted(numbers)) for name, numbers in found.items()}


@cache
def unmistakable() -> frozenset[str]:
    """The names that mean a month beside a year alone, without a day."""
    names = {name for name, _ in _clear()} | {n for _, names in _added() for n in names}
    names |= {name for name, _ in _from_babel(_OTHERS, ("wide",))}
    return frozenset(name for name in names - {"лист"} if len(name) >= _SHORTEST or name in _SHORT)


@cache
def _clear() -> list[tuple[str, int]]:
    slavic = [
        (fold_words(beginning + ending.strip(".")), int(month))
        for endings, entries in _SLAVIC.items()
        for month, _, beginning in (entry.partition(":") for entry in entries.split())
        for ending in endings.split()
    ]
    return slavic + _from_babel(_WELL_KNOWN, ("wide", "abbreviated"))


def _from_babel(languages: tuple[str, ...], widths: tuple[str, ...]) -> list[tuple[str, int]]:
    from babel import Locale

    return [
        (fold_words(name), month)
        for language in languages
        for kind in Locale.parse(language).months.values()
        for width in widths
        for month, name in kind.get(width, {}).items()
        if not name.isdecimal() and len(fold_words(name)) > 1
    ]


@cache
def _added() -> list[tuple[list[int], list[str]]]:
    lines = (line.partition(":") for line in _ADDED.strip().splitlines())
    return [
        ([*map(int, numbers.split())], [fold_words(name) for name in names.split()])
        for numbers, _, names in lines
    ]
