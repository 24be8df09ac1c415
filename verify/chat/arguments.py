"""What a person writes after a command: numbers of cases, and words of any language there is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar
from zoneinfo import ZoneInfo

from verify.errors import BadInput
from verify.folding import fold_words
from verify.language import Reader, languages, plain
from verify.records import Sentence, say

K = TypeVar("K")

_ANY_ZONE = ZoneInfo("UTC")  # these words name no time
_LONGEST_NUMBER = 15  # digits: SQLite's integers end at 19


def case_number(words: str, example: str = "12") -> int:
    """The number of a case, in the digits of any script. Raises BadInput, giving the example."""
    number = words.strip().removeprefix("#")
    if number.isdecimal() and len(number) <= _LONGEST_NUMBER:
        return int(number)
    raise BadInput(say("Write the number of a case, as in {example}.", example=example))


def names_a_case(words: str) -> bool:
    """Whether nothing but a number was written."""
    return words.strip().removeprefix("#").isdecimal()


def meant(words: str, choices: Mapping[K, Sentence]) -> K | None:
    """Which choice the words name, in whatever language of the desk; None for none of them.

    Capitals, accents and the forms of Arabic letters make no difference.
    """
    wanted = fold_words(words)
    for language in languages():
        reader = Reader(language, _ANY_ZONE)
        for choice, name in choices.items():
            if wanted and wanted == fold_words(plain(name, reader)):
                return choice
    return None


def off(words: str) -> bool:
    """Whether the words say that something is to be no longer."""
    return meant(words, {"off": say("off")}) is not None
