"""A text as a row of tokens, and patterns over the parts that they play.

In a pattern every letter stands for a token that can play that part (`vocabulary.py`), a space for
white space, any other sign for itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from verify.folding import Folded, fold_words, folded
from verify.reading.habits import is_continental
from verify.reading.vocabulary import Meaning, vocabulary

_LONGEST = 4000  # characters of a text that are read
_MOST_WORDS = 3
_PRIVATE = 0xE000  # signs that stand in no text
# Numbers: n of a day or month, y of a year, h of one in another calendar, Y of a decade, d others.
# x is any other word.
_NUMBER_PARTS = "nyhYdx"

_TOKEN = re.compile(
    r"(?P<ordinal>\d{1,2})(?:st|nd|rd|th|er|re|eme|o|a|-?(?:го|ого|е|ое|є|му|ше|те))(?!\w)"
    r"|(?P<decade>(?:19|20)\d0)(?:'?s|-?(?:е|х|ті|их|і))(?!\w)"
    r"|(?P<era>\d{4})(?=(?:م|ه|ش|г|гг|р|рр)(?!\w))"
    r"|(?P<iso>\d{1,2})(?=t\d\d:\d\d)"
    r"|(?P<asian>\d{1,4})(?=[年月日])|(?P<other_asian>[年月日])"
    r"|(?P<last>و)(?=\d)"
    r"|(?P<word>[^\W_]+(?:'[^\W_]+)*)"
    r"|(?P<line>\s*\n\s*)|(?P<gap>\s+)|(?P<other>.)",
    re.DOTALL,
)
_DATED = "mjiwr"  # what Arabs and Hebrews write "in" and "and" in front of
_PREFIXED = re.compile(r"[وبلفבלמו](?=...)")
_BRACKET = re.compile(r"[^\S\n]*[(-]?[^\S\n]*")


@dataclass(frozen=True)
class Token:
    """A word, number or sign. start, end: in the folded text. meanings: parts it can play."""

    start: int
    end: int
    text: str
    meanings: dict[str, tuple[int, ...]]

    @property
    def number(self) -> int:
        """What a token of digits counts."""
        return int(re.match(r"\d+", self.text)[0])  # type: ignore[index]


@dataclass(frozen=True)
class Row:
    """The tokens of a text, and a sign for each of them that patterns are matched against."""

    folded: Folded
    tokens: tuple[Token, ...]
    signs: str
    continental: bool  # see `habits.py`

    def written(self, first: int, end: int) -> str:
        """What stands in the text at these tokens."""
        return self.folded.written(self.tokens[first].start, self.tokens[end - 1].end)


# "mid-September", but not "Mi-8 June"
_HYPHENED = re.compile(r"\b(mid|early|late|mi)-(?=[^\W\d_])", re.IGNORECASE)


def row(text: str) -> Row:
    """Read a text as tokens."""
    text = _HYPHENED.sub(r"\1 ", text)
    plain = folded(text[:_LONGEST])
    tokens = tuple(_tokens(plain.text))
    return Row(plain, tokens, "".join(map(_sign, tokens)), is_continental(text[:_LONGEST]))


@cache
def pattern(parts: str) -> re.Pattern[str]:
    """Compile a pattern of parts; its groups have numbers and no names."""
    _all_signs()
    within = re.compile(r"(?<!\\)(?:\[[^]]*\]|[A-Za-z])")
    return re.compile(within.sub(lambda found: _signs_in(found[0]), parts))


def _signs_in(letters: str) -> str:
    """The class of the signs that can play a part, or one of those in a class of parts."""
    inner = letters.strip("[]")
    signs = (
        "".join(sign for parts, sign in _SIGNS.items() if c in parts) if c.isalpha() else c
        for c in inner
    )
    return f"[{''.join(signs)}]"


_SIGNS: dict[frozenset[str], str] = {}


@cache
def _all_signs() -> None:
    """A sign for every set of parts that one token can play."""
    for meanings in vocabulary().values():
        _for(frozenset(part for part, _ in meanings))
    for part in _NUMBER_PARTS:
        _for(frozenset(part))


def _for(parts: frozenset[str]) -> str:
    return _SIGNS.setdefault(parts, chr(_PRIVATE + len(_SIGNS)))


def _sign(token: Token) -> str:
    if token.meanings:
        _all_signs()
        return _for(frozenset(token.meanings))
    return token.text if len(token.text) == 1 else token.text[:1]


def _tokens(text: str) -> Iterator[Token]:
    at = 0
    while match := _TOKEN.match(text, at):
        kind, found = match.lastgroup or "", match[0]
        at = match.end()
        if kind in ("line", "gap"):
            yield Token(match.start(), at, "\n" if kind == "line" else " ", {})
        elif kind.startswith("other"):
            yield Token(match.start(), at, found, {})
        elif kind == "last":
            yield Token(match.start(), at, found, {"a": ()})
        elif kind != "word" or found[0].isdecimal():
            yield Token(match.start(), at, found, _number(found, kind))
        else:
            meanings, at = _word(text, match)
            yield Token(match.start(), at, text[match.start() : at], dict(meanings))


def _number(found: str, kind: str) -> dict[str, tuple[int, ...]]:
    if kind == "decade":
        return {"Y": ()}
    if kind == "ordinal":
        return {"n": ()}
    found = found.partition("'")[0]  # 2016'da
    if not found.isdecimal():
        return {"x": ()}
    if len(found) <= 2:
        return {"n": ()}
    if len(found) == 4:
        return {"y" if "1900" <= found < "2100" else "h" if "1300" <= found < "1500" else "d": ()}
    return {"d": ()}


def _word(text: str, match: re.Match[str]) -> tuple[tuple[Meaning, ...], int]:
    """What a word means, with those after it where they mean something together."""
    found, end = _longest(text, match[0], match.end())
    if not found and _PREFIXED.match(match[0]):
        stripped, longer = _longest(text, match[0][1:], match.end())
        if any(part in _DATED for part, _ in stripped):
            found, end = stripped, longer
    if not found and "'" in match[0]:  # what Turks write behind a name, Frenchmen before it
        known = vocabulary()
        found = next((known[part] for part in match[0].split("'") if part in known), ())
    return found or (("x", ()),), end


def _longest(text: str, words: str, at: int) -> tuple[tuple[Meaning, ...], int]:
    known, end = vocabulary(), at
    best: tuple[Meaning, ...] = ()
    for _ in range(_MOST_WORDS):
        if found := known.get(fold_words(words)):
            best, end = found, at
        between = _BRACKET.match(text, at)
        following = _TOKEN.match(text, between.end()) if between else None
        if not between or not between[0] or not following or following.lastgroup != "word":
            break
        words, at = f"{words} {following[0]}", following.end()
        if "(" in between[0]:  # the second word of a name in brackets: of two Octobers
            if text[at : at + 1] != ")":
                break
            at += 1
    return best, end
