"""What somebody asks a search, in the words of the data."""

from __future__ import annotations

import re

from verify.errors import BadInput
from verify.layouts.ratings import led_by_rating, rating
from verify.records import Rating, listed, say
from verify.wording.terms import word

_VERDICT = re.compile(r'(?i)(?<!\S)verdict:(?:"([^"]*)"|(\*)(?!\S)|)')


def searched(text: str) -> str:
    """What was asked, with a verdict by its name in the data instead of its words, which may be of
    any language of the desk. Where none is named that is `*`, any. Raises BadInput
    for an unknown one.
    """
    asked, left = "", text
    while found := _VERDICT.search(left):
        asked, left = asked + left[: found.start()], left[found.end() :]
        named: str
        if found[1] or found[2] or not left[:1].strip():
            named = _named(found[1] or "*")
        else:
            named, left = _leading(left)
        asked += f"verdict:{named} "
    return asked + left


def _leading(text: str) -> tuple[str, str]:
    """The verdict whose name, of one word or several, begins a text, and the rest."""
    named, rest = led_by_rating(text)
    return (named, rest) if named else (_named(text.split()[0]), rest)


def _named(words: str) -> str:
    if words == "*":
        return words
    if named := rating(words):
        return named
    names = listed(word(one) for one in Rating)
    raise BadInput(say("No verdict is called {name}. There are: {names}.", name=words, names=names))
