"""What somebody asks a search, in the words of the data."""

from __future__ import annotations

import re
from zoneinfo import ZoneInfo

from verify.errors import BadInput
from verify.folding import fold_words
from verify.language import Reader, languages, plain
from verify.records import Rating, listed, say
from verify.wording.terms import word

_ANY_ZONE = ZoneInfo("UTC")  # these words name no time
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
    wanted = fold_words(words.replace("_", " ").replace("-", " "))
    for language in languages():
        reader = Reader(language, _ANY_ZONE)
        for rating in Rating:
            name = plain(word(rating), reader).replace("-", " ")
            if wanted in (fold_words(name), rating.replace("_", " ")):
                return rating
    names = listed(word(rating) for rating in Rating)
    raise BadInput(say("No verdict is called {name}. There are: {names}.", name=words, names=names))
