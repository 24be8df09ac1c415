"""The words of a text, with what their capitals and the signs between them say."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib import resources

from babel import Locale

from verify.folding import fold_words
from verify.reading import signs

_WORD = re.compile(r"[^\W_](?:[^\W_]|[\u0300-\u036f\u064b-\u065f\u0670ـ]|['’ʼ‘`](?=[^\W_]))*")
APOSTROPHE = re.compile(r"['’ʼ‘`]")
_LINK = re.compile(r"https?://\S+|www\.\S+|@\w+")
# Ends what stands by itself; a hyphen does where spaces surround it.
_BREAK = re.compile(r"[^\w\s'’ʼ‘`#\u064b-\u065f\u0300-\u036f\u200c\u200e\u200f-]|\n|\s-+\s|_")
SENTENCE = re.compile(r"[.!?:;|\n«»“”\"]")
_CASELESS = {"ar", "fa", "he", "zh"}


@dataclass(frozen=True)
class Word:
    """One word of a text. before: what stands between it and the one before it."""

    start: int
    end: int
    written: str
    folded: str
    capital: bool
    before: str


def words_of(text: str) -> list[Word]:
    """The words of a text; links and handles are none."""
    hidden = _LINK.sub(lambda match: "\n" * len(match[0]), text)
    found, end = [], 0
    for match in _WORD.finditer(hidden):
        written = match[0]
        found.append(
            Word(
                match.start(),
                match.end(),
                written,
                fold_words(written),
                written[0].isupper(),
                hidden[end : match.start()],
            )
        )
        end = match.end()
    return found


@dataclass(frozen=True)
class Text:
    """A text and its words. cased: its capitals say something."""

    text: str
    words: list[Word]
    language: str
    cased: bool
    shouted: bool  # nearly every long word begins with a capital

    def is_break(self, at: int) -> bool:
        """Whether something ends before word number `at`."""
        return at <= 0 or at >= len(self.words) or bool(_BREAK.search(self.words[at].before))

    def folded(self, at: int) -> str:
        """A word without its Turkish ending; "" beyond the text."""
        if not 0 <= at < len(self.words):
            return ""
        word = self.words[at]
        parts = APOSTROPHE.split(word.written)
        return fold_words(parts[0]) if self.language == "tr" and len(parts) == 2 else word.folded


def read(text: str) -> Text:
    """Take a text apart."""
    words = words_of(text)
    language = signs.language_of(text, [word.folded for word in words])
    letters = [word for word in words if word.written[0].isalpha()]
    upper = [word for word in letters if word.capital]
    small = any(word.written.islower() for word in letters)
    long = [word for word in letters if len(word.written) > 3]
    cased = language not in _CASELESS and bool(upper) and small
    # German writes every noun so
    shouted = (
        cased
        and language != "de"
        and len(long) > 3
        and sum(w.capital for w in long) >= 0.8 * len(long)
    )
    return Text(text, words, language, cased, shouted)


def begins_sentence(text: Text, first: int) -> bool:
    """Whether a name stands where every word has a capital."""
    return first == 0 or bool(SENTENCE.search(text.words[first].before))


@cache
def everyday(language: str) -> frozenset[str]:
    """Folded names that are words of everyday language, or of people."""
    text = (resources.files("verify.places") / "data" / "everyday.tsv").read_text("utf-8")
    for line in text.splitlines():
        if line.startswith(f"{language}\t"):
            return frozenset(line.partition("\t")[2].split())
    return frozenset()


@cache
def calendar(language: str) -> frozenset[str]:
    """The folded names of months and weekdays, none of which is a town."""
    names: set[str] = set()
    for spoken in (language if language in signs.LANGUAGES else "en", "en"):
        locale = Locale(spoken)
        for table in (locale.months, locale.days):
            for width in ("wide", "abbreviated"):
                for context in ("format", "stand-alone"):
                    names.update(fold_words(one) for one in table[context][width].values())
    arabic = (
        "كانون تشرين شباط اذار نيسان ايار حزيران تموز اب ايلول "
        "جانفي فيفري افريل ماي جوان جويليه اوت"
    )
    return frozenset(names - {""}) | frozenset(arabic.split()) | {"mai", "mars", "mart"}


@cache
def small_words(language: str) -> frozenset[str]:
    tables = (signs.IN, signs.OF, signs.NOT, signs.BETWEEN, signs.KINDS, signs.ACTORS, signs.EVENTS)
    words = frozenset[str]().union(*(table.get(language, signs.NONE) for table in tables))
    return words | signs.BODIES.get(language, signs.NONE)
