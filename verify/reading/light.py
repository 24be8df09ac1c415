"""What words say of the light in a picture: that it was night, or that it was day.

Counted are only words that speak of the picture. "Last night" is when something happened, and
"after the strike at night" is another hour.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from verify.folding import Folded, fold_pattern, folded
from verify.reading.halves import Half, halves_within
from verify.reading.vocabulary import vocabulary

_NIGHT = (
    "at midnight|in the dark of night|منتصف الليل|в полночь|опівночі|à minuit|a medianoche|"
    "um mitternacht|gece yarısı|شب هنگام|در شب|di notte|à noite|w nocy"
)
_DAY = (
    "in (?:broad )?daylight|in the daytime|in bright sunshine|at noon|at midday|"
    "في وضح النهار|وضح النهار|نهاراً|نهارا|في النهار|средь бела дня|среди бела дня|в полдень|"
    "серед білого дня|опівдні|en plein jour|à midi|a plena luz del día|a mediodía|al mediodía|"
    "am helllichten tag|tagsüber|güpegündüz|güpe gündüz|gündüz|öğle vakti|روز روشن|"
    "in pieno giorno|em plena luz do dia|ao meio-dia|w biały dzień|w południe"
)
# Words that mean something else as well: "it appeared", "era", "broke out", names, birthdays.
_OTHER_WORDS = frozenset(
    fold_pattern("ظهر|عصر|العصر|شب|صبح|سحر|sabah|الفجر|الصباح|المساء|غروب|днем").split("|")
)
# What is shown is what was left, at another hour; or the words deny what they name.
_LATER = re.compile(
    fold_pattern(
        r"\b(?:after|aftermath|afterwards|following|later|damage\w*|destroyed|ruins|rubble|remains|"
        r"not|no|isn't|wasn't|never|"
        r"بعد|عقب|اثر|إثر|آثار|دمار|أضرار|حطام|أنقاض|ليس|ليست|لا|لم|"
        r"после|последстви\w*|разруш\w*|не|після|наслідк\w*|зруйнован\w*|"
        r"après|lendemain|suite|dégâts|ruines|pas|tras|después|daños|secuelas|"
        r"nach|danach|folgen|schäden|trümmer|nicht|kein\w*|sonra|sonrası|ardından|hasar|enkaz|değil|"
        r"پس از|خرابی|ویرانی|نه|dopo|depois|po|nie|non|não)\b"
    )
)


def _compiled(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W_])(?:{fold_pattern(words)})(?![^\W_])")


_AT_NIGHT, _BY_DAY = _compiled(_NIGHT), _compiled(_DAY)


@dataclass(frozen=True)
class Light:
    """A part of the day that the words of a text name: `None` for daylight at any hour.

    written: the words, as they stand there.
    """

    half: Half | None
    written: str


def light_in(text: str) -> Light | None:
    """The part of the day that a text plainly names; None for none, for several, and in doubt."""
    plain = folded(text)
    if _LATER.search(plain.text):
        return None
    found = [*_named(plain)]
    return found[0] if len({one.half for one in found}) == 1 else None


def _named(plain: Folded) -> list[Light]:
    found = []
    for pattern, half in ((_AT_NIGHT, Half.NIGHT), (_BY_DAY, None)):
        found += [Light(half, plain.written(*one.span())) for one in pattern.finditer(plain.text)]
    for half, start, end in halves_within(plain.text):
        words = plain.text[start:end]
        counted = any(part == "r" for part, _ in vocabulary().get(words, ()))
        if not counted and words not in _OTHER_WORDS:
            found.append(Light(half, plain.written(start, end)))
    return found
