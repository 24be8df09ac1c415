"""What the language of a text settles: where the day stands first, and clocks have 24 hours.

English is written with either order and twelve hours or 24, Arabic and Persian too on the pages of
agencies that follow America. The languages known here are not.
"""

from __future__ import annotations

import re

_LETTERS = re.compile("[а-яґєі]{3}", re.IGNORECASE)
_TURKISH = re.compile("[ğşıİ]")
_ENOUGH = 2  # different ones: the names of places have such words in them
_WORDS = {
    *("le", "les", "des", "du", "dans", "près", "après", "une", "est", "sur", "à"),
    *("el", "los", "las", "del", "en", "una", "con", "cerca", "por"),
    *("der", "das", "und", "im", "nach", "bei", "auf", "von", "eine"),
    *("em", "no", "na", "perto", "dos", "di", "della", "nel", "il", "ore"),
}
_WORD = re.compile(r"[^\W\d_]+")


def is_continental(text: str) -> bool:
    """Whether a text is in a language that puts the day first and counts 24 hours."""
    if _LETTERS.search(text) or _TURKISH.search(text):
        return True
    words = {word.lower() for word in _WORD.findall(text)}
    return len(words & _WORDS) >= _ENOUGH
