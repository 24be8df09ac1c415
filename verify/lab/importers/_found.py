"""Links and hashtags in the words of a post, where its export does not list them."""

from __future__ import annotations

import re
import unicodedata

_MANY = 100
_LINK = re.compile(r"https?://[^\s<>\"\u200e\u200f\u202a-\u202e\u2066-\u2069]{1,2000}", re.I)
_AFTER = ".,;:!?'*_~]}|»”’…،؛؟。"
_MARK = re.compile(r"(?<![\w&/])[#＃]")
_JOINERS = "_\u200c\u200d·"
_LONGEST = 140  # characters of a hashtag


def links_in(text: str) -> tuple[str, ...]:
    """What is written `http://` or `https://`, in its order, each once, at most a hundred."""
    found: dict[str, None] = {}
    for match in _LINK.finditer(text) if "://" in text else ():
        link = match[0].rstrip(_AFTER)
        while link.endswith(")") and link.count("(") < link.count(")"):
            link = link[:-1].rstrip(_AFTER)
        if link.partition("://")[2]:
            found[link] = None
        if len(found) == _MANY:
            break
    return tuple(found)


def hashtags_in(text: str) -> tuple[str, ...]:
    """What stands behind #, in any script, in its order, each once, at most a hundred.

    A number alone is none. `\\w` lacks the vowel signs that many scripts write above or below.
    """
    if "#" not in text and "＃" not in text:
        return ()
    words = _LINK.sub(" ", text)
    found: dict[str, None] = {}
    for match in _MARK.finditer(words):
        start = end = match.end()
        while end < len(words) and end - start < _LONGEST and _continues(words[end]):
            end += 1
        tag = words[start:end].strip("\u200c\u200d·")
        if tag and not tag.isdecimal():
            found[tag] = None
        if len(found) == _MANY:
            break
    return tuple(found)


def _continues(letter: str) -> bool:
    return letter.isalnum() or letter in _JOINERS or unicodedata.category(letter)[0] == "M"
