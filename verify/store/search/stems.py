"""Words as full text finds them: folded, with their stems beside them, and emoji as words.

SQLite takes no tokenizer from Python, so stems stand in the folded column behind the text, marked
with their language: who searches for "running" finds "ran" no sooner, but "runs". Stems are
Snowball's. It has none for Ukrainian, whose endings are cut off by a short list here, and none for
Persian.
"""

from __future__ import annotations

import re
import threading
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Any

from verify.folding import fold

_MARK = "ǂ"  # a letter to SQLite, and in hardly any text
_SHORTEST = 3
_SNOWBALL = {
    "en": "english",
    "fr": "french",
    "es": "spanish",
    "de": "german",
    "tr": "turkish",
    "ru": "russian",
    "ar": "arabic",
}
_LATIN = ("en", "fr", "es", "de", "tr")
_COMMON = {
    "en": "the of and to in is was at by for with on from this that near after",
    "fr": "le la les des du de et à dans est sur pour par une un au aux près après",
    "es": "el la los las de del y en es por para con una un al cerca",
    "de": "der die das und ist in im am von mit auf bei nach den dem ein eine",
    "tr": "ve bir bu için ile da de sonra olan yakın",
}
_STOPS = {language: frozenset(words.split()) for language, words in _COMMON.items()}
_WORD = re.compile(r"[^\W\d_]+")
_EMOJI = re.compile("[\U0001f000-\U0001faff\u2190-\u21ff\u2300-\u27bf\u2b00-\u2bff]")
_UKRAINIAN = re.compile("[іїєґ]")
_RUSSIAN = re.compile("[ыэъё]")
_UKRAINIAN_ENDINGS = (
    *("ами", "ями", "ові", "еві", "ого", "ому", "ими"),
    *(
        "ій",
        "ої",
        "ою",
        "ею",
        "єю",
        "ів",
        "їв",
        "ам",
        "ям",
        "ах",
        "ях",
        "ом",
        "ем",
        "єм",
        "их",
        "ий",
    ),
    *("а", "я", "о", "е", "у", "ю", "і", "ї", "и", "є", "ь", "й"),
)
_busy = threading.Lock()  # a stemmer keeps the word it works on


def findable(text: str) -> str:
    """A text as it is indexed."""
    stems = sorted({stem for word, languages in _words(text) for stem in _stems(word, languages)})
    return "\n".join((with_emoji(fold(text)), *([" ".join(stems)] if stems else ())))


def with_emoji(folded: str) -> str:
    """A folded text in which each emoji is a word."""
    return _EMOJI.sub(lambda found: f" emoji{ord(found[0]):x} ", folded)


def stems_of(word: str) -> tuple[str, ...]:
    """The marked stems under which a word of a search is found, in every language it can be of."""
    if not _WORD.fullmatch(word):
        return ()
    languages = _languages(_script(word), word, frozenset())
    stems = _stems(word, languages)
    if "tr" in languages:  # whose stemmer takes one ending after the other: patlamalar, patlama
        stems.add(f"{_MARK}tr{fold(word)}")
    return tuple(sorted(stems))


def bare(stem: str) -> str:
    """A stem without its mark."""
    return stem[3:]


def _words(text: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    plain = unicodedata.normalize("NFC", text).lower()
    words = dict.fromkeys(_WORD.findall(plain))
    known = frozenset(words)
    by_script: dict[str, tuple[str, ...]] = {}
    for word in words:
        script = _script(word)
        if script not in by_script:
            by_script[script] = _languages(script, plain, known)
        yield word, by_script[script]


def _script(word: str) -> str:
    return unicodedata.name(word[0], "").partition(" ")[0]


def _languages(script: str, text: str, words: frozenset[str]) -> tuple[str, ...]:
    """The languages that words of a script can be of: all of it where nothing tells."""
    if script == "ARABIC":
        return ("ar",)
    if script == "CYRILLIC":
        if _UKRAINIAN.search(text) and not _RUSSIAN.search(text):
            return ("uk",)
        return ("ru",) if _RUSSIAN.search(text) else ("ru", "uk")
    if script != "LATIN":
        return ()
    counts = {language: len(words & stops) for language, stops in _STOPS.items()}
    most = max(counts.values())
    return tuple(one for one in _LATIN if counts[one] == most)


def _stems(word: str, languages: tuple[str, ...]) -> set[str]:
    if len(word) < _SHORTEST:
        return set()
    return {f"{_MARK}{language}{_stem(language, word)}" for language in languages}


@lru_cache(maxsize=100_000)
def _stem(language: str, word: str) -> str:
    if language == "uk":
        return fold(_cut(word))
    if language == "ar":  # whose stemmer takes letters as they are folded
        word = fold(word)
    with _busy:
        return fold(str(_stemmer(language).stemWord(word)))


def _cut(word: str) -> str:
    for ending in _UKRAINIAN_ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST:
            return word.removesuffix(ending)
    return word


@cache
def _stemmer(language: str) -> Any:
    import snowballstemmer

    return snowballstemmer.stemmer(_SNOWBALL[language])
