"""Halves and parts of the day as people name them behind a time: p.m., مساءً, вечера, soir."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum

from verify.folding import fold_pattern


class Half(StrEnum):
    """A part of the day; by its hours on a clock of twelve."""

    AM = "am"
    PM = "pm"
    NIGHT = "night"
    MORNING = "morning"
    NOON = "noon"
    AFTERNOON = "afternoon"
    EVENING = "evening"
    DAWN = "dawn"


# Words that stand only behind a time, then those that may stand anywhere in a sentence.
_BEHIND = {
    Half.AM: r"a\.? ?m\.?|ص|ق\.? ?ظ",
    Half.PM: r"p\.? ?m\.?|م|ب\.? ?ظ|مساءا",
    Half.NIGHT: "ночи|ночі|nuit|noche|بعد منتصف الليل|after midnight|past midnight",
    Half.MORNING: "утра|ранку|du matin|de la mañana|morgens",
    Half.AFTERNOON: "дня|de la tarde|de l'après-midi|tarde",
    Half.EVENING: "вечера|вечора|du soir|soir",
    Half.DAWN: "de la madrugada|madrugada",
}
_ANYWHERE = {
    Half.NIGHT: "at night|by night|in the night|last night|tonight|overnight|ليلاً|ليلا|بالليل|"
    "في الليل|الليلة الماضية|الليلة|ночью|вночі|la nuit|de nuit|por la noche|de noche|de la noche|"
    "nachts|in der nacht|gece|geceleyin|شب|شبانه|نیمه شب",
    Half.MORNING: "in the morning|this morning|صباحاً|صباحا|الصباح|утром|вранці|уранці|le matin|"
    "ce matin|por la mañana|am morgen|vormittags|sabah|sabahleyin|صبح|بامداد",
    Half.NOON: "ظهراً|ظهرا|öğlen|mittags|ظهر",
    Half.AFTERNOON: "in the afternoon|this afternoon|بعد الظهر|بعد ظهر|عصراً|عصرا|العصر|"
    "après-midi|por la tarde|nachmittags|am nachmittag|öğleden sonra|بعد از ظهر|بعدازظهر|عصر|"
    "днем|вдень|после полудня|пополудні",
    Half.EVENING: "in the evening|this evening|مساءً|مساء|المساء|вечером|ввечері|увечері|le soir|"
    "ce soir|abends|am abend|akşam|akşamleyin|غروب",
    Half.DAWN: "at dawn|فجراً|فجرا|الفجر|на рассвете|на світанку|à l'aube|al amanecer|"
    "im morgengrauen|سحر",
}


def _compiled(*tables: dict[Half, str], before: str) -> re.Pattern[str]:
    ways = "|".join(
        f"(?P<{half.name}>{'|'.join(table[half] for table in tables if half in table)})"
        for half in Half
        if any(half in table for table in tables)
    )
    return re.compile(rf"{before}(?:{fold_pattern(ways)})(?![^\W_])")


_DIRECTLY = _compiled(_BEHIND, _ANYWHERE, before=r"[\s,(]*")
_SOMEWHERE = _compiled(_ANYWHERE, before=r"(?<![^\W_])")

# On a clock of twelve: the hours of each, and whether the noon half is meant.
_HOURS = {
    Half.AM: {hour: hour % 12 for hour in range(1, 13)},
    Half.PM: {hour: hour % 12 + 12 for hour in range(1, 13)},
    Half.NIGHT: {12: 0, **{h: h for h in range(1, 5)}, **{h: h + 12 for h in range(7, 12)}},
    Half.MORNING: {hour: hour for hour in range(1, 12)},
    Half.NOON: {11: 11, 12: 12, 1: 13, 2: 14, 3: 15},
    Half.AFTERNOON: {12: 12, **{h: h + 12 for h in range(1, 8)}},
    Half.EVENING: {hour: hour + 12 for hour in range(1, 12)},
    Half.DAWN: {hour: hour for hour in range(1, 8)},
}


def half_behind(rest: str) -> tuple[Half | None, int]:
    """The half of the day with which a folded text begins, and how long its words are."""
    found = _DIRECTLY.match(rest)
    return (Half[found.lastgroup or ""], found.end()) if found else (None, 0)


def halves_within(text: str) -> Iterator[tuple[Half, int, int]]:
    """The parts of the day that a folded text names anywhere, and where their words stand."""
    for found in _SOMEWHERE.finditer(text):
        yield Half[found.lastgroup or ""], found.start(), found.end()


def halves_in(text: str) -> frozenset[Half]:
    """The parts of the day that a folded text names anywhere."""
    return frozenset(half for half, _, _ in halves_within(text))


def in_24_hours(
    hour: int, half: Half | None, elsewhere: frozenset[Half], exact: bool
) -> tuple[int, ...]:
    """The hours of the day that a written hour can mean; none where the half says otherwise.

    elsewhere: parts of the day named elsewhere in the sentence. exact: it counts 24, as 09 does.
    """
    if hour == 24:
        return (0,)
    if half:
        if hour > 12 or (hour == 0):
            fits = hour in {0, *_HOURS[half].values()} or half in (Half.NIGHT, Half.EVENING)
            return (hour,) if (fits and half is not Half.AM) or hour == 0 else ()
        meant = _HOURS[half].get(hour)
        return (meant,) if meant is not None else (hour % 12, hour % 12 + 12)
    if hour == 0 or hour > 12 or exact:
        return (hour,)
    both = (hour % 12, hour % 12 + 12)
    meant_by = {_HOURS[one].get(hour) for one in elsewhere}
    if len(meant_by) == 1 and (only := meant_by.pop()) is not None:
        return (only,)
    return both
