"""One folding of letters, digits and marks, for reading, gazetteer and search.

What writers use for one another becomes one: capitals and small letters, accents and vowel signs,
the digits of every script, Arabic letters as Arabs, Persians and Kurds type them, kinds of dashes
and apostrophes. Marks without a shape of their own (of direction, joiners) go.
Source for Arabic: the normalisation step of light stemming for retrieval (Larkey, Ballesteros and
Connell, SIGIR 2002), with hamza carriers and the keyboards of neighbours added.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from dataclasses import dataclass
from itertools import accumulate

_ALIKE = {
    alike: letter
    for letter, all_alike in {
        "ا": "ٱ",
        "ي": "ىیےېۍێ",
        "ك": "کڪ",
        "ه": "ةەہھۃ",
        "و": "ۆۊ",
        "ر": "ڕ",
        "ل": "ڵ",
        "": "ءـ",
        "i": "ı",
        "o": "ø",
        "l": "ł",
        "d": "đ",
        "'": "’‘ʼʻʹ`´′׳ʿʾ",
        "-": "‐‑‒–—―−־",
        "/": "⁄∕",
        ",": "،٬",
        ";": "؛",
        "?": "؟",
        ".": "٫。",
        "%": "٪",
        " ": "\N{ZERO WIDTH NON-JOINER}",  # Persian writes one word in parts
    }.items()
    for alike in all_alike
}
_SELECTORS = range(0xFE00, 0xFE10)  # whether a sign is shown as a picture


class _Letters(dict[int, str]):
    """For `str.translate`: what a character becomes, found out when it is first met."""

    def __missing__(self, code: int) -> str:
        plain = unicodedata.normalize("NFKD", chr(code))
        parts = unicodedata.normalize("NFKD", plain.casefold())
        self[code] = folded = "".join(map(_folded, parts))
        return folded


def _folded(part: str) -> str:
    if (alike := _ALIKE.get(part)) is not None:
        return alike
    if unicodedata.combining(part) or unicodedata.category(part) == "Cf":
        return ""
    if ord(part) in _SELECTORS:
        return ""
    return digits(part)


_LETTERS = _Letters()


def fold(text: str) -> str:
    """A text as it is compared. Each character is folded by itself, so parts fold alike."""
    return text.translate(_LETTERS)


def digits(text: str) -> str:
    """The text with the digits of every script as 0 to 9, all else as it is."""
    return "".join(str(unicodedata.decimal(c, c)) for c in text)


def fold_words(text: str) -> str:
    """The words of a text alone, folded, with single spaces; apostrophes inside them go."""
    kept = (c if c.isalnum() else " " for c in fold(text) if c != "'")
    return " ".join("".join(kept).split())


def fold_pattern(source: str) -> str:
    """The letters of a regular expression folded, its own signs left as they are."""
    own = r"(\\.|\(\?P<\w+>)"
    return "".join(
        part if number % 2 else fold(part) for number, part in enumerate(re.split(own, source))
    )


@dataclass(frozen=True)
class Folded:
    """A folded text whose parts can be quoted as they were written."""

    text: str
    _written: str
    _starts: tuple[int, ...]  # in the folded text, one for each character written, and the end

    def written(self, start: int, end: int) -> str:
        """What stands in the original between two places of the folded text."""
        return self._written[self.place(start) : self.place(end)].strip()

    def place(self, at: int) -> int:
        """The place in the original of a place in the folded text."""
        return bisect_left(self._starts, at)

    def is_capital(self, at: int) -> bool:
        """Whether the letter at a place of the folded text was written as a capital."""
        place = self.place(at + 1) - 1
        return self._written[place : place + 1].isupper()


def folded(text: str) -> Folded:
    """Fold a text and remember where its parts stood."""
    parts = [_LETTERS[ord(c)] for c in text]
    return Folded("".join(parts), text, (0, *accumulate(map(len, parts))))


_LOOKS_LIKE = str.maketrans(
    "авекмнорстухіјѕԁһӏԛԝ" + "αβεηικνορτυχ" + "01",
    "abekmhopctyxijsdhlqw" + "abenikvoptux" + "ol",
)


def looks_like(name: str) -> str:
    """What a name looks like at a glance, whichever letters it is made of: equal for names that a
    reader would take for one another, as Cyrillic and Greek letters, digits and blanks make them.

    Source: the idea of a skeleton in Unicode Technical Standard 39, for the letters people use.
    """
    return "".join(fold_words(name).translate(_LOOKS_LIKE).split())
