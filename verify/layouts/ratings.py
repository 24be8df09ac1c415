"""Verdicts by the names that people write: those of the data, and those of every language."""

from __future__ import annotations

from functools import cache
from zoneinfo import ZoneInfo

from verify.folding import fold_words
from verify.language import Reader, languages, plain
from verify.records import Rating
from verify.wording.terms import word

_ANY_ZONE = ZoneInfo("UTC")  # these words name no time
_BETWEEN = " \t\n:;,.،؛-–—"


@cache
def _names() -> dict[str, Rating]:
    readers = [Reader(language, _ANY_ZONE) for language in languages()]
    names = {_folded(plain(word(rating), one)): rating for one in readers for rating in Rating}
    return names | {_folded(rating): rating for rating in Rating}


def _folded(words: str) -> str:
    return fold_words(words.replace("_", " ").replace("-", " "))


def rating(words: str) -> Rating | None:
    """The verdict of that name."""
    return _names().get(_folded(words))


def led_by_rating(text: str) -> tuple[Rating | None, str]:
    """A verdict whose name begins a text, and the rest; None and all of it where none does."""
    most = max(name.count(" ") for name in _names()) + 1
    for count in range(most, 0, -1):
        parts = text.split(None, count)
        named = rating(" ".join(parts[:count]).strip(_BETWEEN)) if len(parts) >= count else None
        if named:
            return named, "".join(parts[count:]).lstrip(_BETWEEN)
    return None, text
