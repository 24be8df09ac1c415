"""What somebody asks a search, in the words of the data."""

from __future__ import annotations

import re

from verify.errors import BadInput
from verify.layouts.ratings import rating
from verify.records import Rating, listed, say
from verify.wording.terms import word

_VERDICT = re.compile(r'(?i)(?<!\S)verdict:(?:"([^"]*)"|(\S*))')


def searched(text: str) -> str:
    """What was asked, with a verdict by its name in the data instead of its words, which may be of
    any language of the desk. Where none is named that is `*`, any. Raises BadInput
    for an unknown one.
    """
    return _VERDICT.sub(lambda found: f"verdict:{_named(found[1] or found[2] or '*')}", text)


def _named(words: str) -> str:
    if words == "*":
        return words
    if named := rating(words):
        return named
    names = listed(word(one) for one in Rating)
    raise BadInput(say("No verdict is called {name}. There are: {names}.", name=words, names=names))
