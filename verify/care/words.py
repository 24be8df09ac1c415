"""Which marks the words of a caption propose; the words are data, in `words.toml`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from functools import cache
from importlib import resources

from verify.folding import fold
from verify.records import Sensitive

_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
# what Arabic writes onto the word behind it: and, so; with, like, for; the article
_BEFORE = re.compile("^[وف]?(?:[بك]?ال|لل|[بكل])?")
_ARABIC = re.compile("[\u0621-\u064a]")
_SHORTEST = 3  # letters that are left of a word without what is written onto it

Words = tuple[str, ...]


def proposed(captions: Iterable[str]) -> frozenset[Sensitive]:
    """What pictures under these captions may show: nothing is proposed by a part of a word."""
    found = set[Sensitive]()
    for caption in captions:
        said = [_forms(word) for word in _words(caption)]
        for place in range(len(said)):
            for first in said[place]:
                for entry, kind in _entries().get(first, ()):
                    if _stands(entry, said[place : place + len(entry)]):
                        found.add(kind)
    return frozenset(found)


def _stands(entry: Words, said: list[frozenset[str]]) -> bool:
    return len(said) == len(entry) and all(
        word in forms for word, forms in zip(entry, said, strict=True)
    )


def _words(text: str) -> Iterator[str]:
    return (found.group() for found in _WORD.finditer(fold(text)))


def _forms(word: str) -> frozenset[str]:
    """A word as it stands, without its owner's `'s`, and without what Arabic writes onto it."""
    forms = {word, word.removesuffix("'s")}
    if _ARABIC.search(word):
        forms |= {
            word[end:] for end in range(1, 5)
            if (found := _BEFORE.match(word[:end])) and found.end() == end
            and len(word) - end >= _SHORTEST
        }  # fmt: skip
    return frozenset(forms)


@cache
def _entries() -> dict[str, list[tuple[Words, Sensitive]]]:
    """The entries by their first word, folded as captions are."""
    text = (resources.files("verify.care") / "words.toml").read_text(encoding="utf-8")
    found: dict[str, list[tuple[Words, Sensitive]]] = {}
    for kind, languages in tomllib.loads(text).items():
        for entries in languages.values():
            for entry in entries:
                words = tuple(_words(entry))
                found.setdefault(words[0], []).append((words, Sensitive(kind)))
    return found
