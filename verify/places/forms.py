"""What a name is in its dictionary form: inflected, with a preposition written onto it.

Works on folded words (`verify.folding`), in which й is и and ї is і. Every guess is looked up in a
gazetteer, so that a wrong one costs nothing but time.
"""

from __future__ import annotations

import re
from functools import lru_cache

_SHORTEST = 3  # letters that are left of a name

# Endings of Russian and Ukrainian, and what stands for them in the dictionary.
_CYRILLIC = tuple(
    (ending, bases.split(" "))
    for ending, bases in (
        ("а", " - о"),
        ("я", "ь и е є -"),
        ("у", "- а о"),
        ("ю", "ь я и е є"),
        ("ом", "- о ии ыи ое"),
        ("ем", "ь - е"),
        ("єм", "є е и"),
        ("ям", "я е и ы і"),
        ("е", "- а о ь я"),
        ("і", "- а ь я о е"),
        ("и", "а ь я - ия"),
        ("ы", "а -"),
        ("ии", "ия"),
        ("іі", "ія"),
        ("ію", "ія"),
        ("ією", "ія"),
        ("ою", "а"),
        ("еи", "а я"),
        ("ею", "а я"),
        ("єю", "я"),
        ("ои", "а ая"),
        ("оі", "а"),
        ("оію", "а"),
        ("ах", "и ы і а"),
        ("ях", "и і я ь"),
        ("ам", "и ы а"),
        ("ами", "и ы а"),
        ("ів", "и і"),
        ("ов", "ы и"),
        ("", "и ы і а"),
        ("ого", "ии ыи ое е ои"),
        ("ому", "ии ыи ое е ои"),
        ("им", "ии е"),
        ("ым", "ыи ое"),
        ("ью", "ь"),
        ("ці", "к ка"),
        ("зі", "г га"),
        ("сі", "х ха"),
        ("щині", "щина"),
        ("ую", "ая"),
    )
)
_POLISH = tuple(
    (ending, bases.split(" "))
    for ending, bases in (
        ("ie", "- a o"),
        ("cie", "t ta c"),
        ("dzie", "d da"),
        ("rze", "r ra"),
        ("le", "l la"),
        ("ce", "ka"),
        ("dze", "ga"),
        ("sze", "cha"),
        ("u", "- o"),
        ("iu", "-"),
        ("a", "- o"),
        ("ia", "-"),
        ("y", "a"),
        ("i", "a"),
        ("dzi", "dz"),
        ("ni", "n"),
        ("ci", "c"),
        ("si", "s"),
        ("li", "l"),
        ("e", "a"),
        ("em", "- o"),
        ("iem", "-"),
        ("ach", "e y i"),
        ("", "e y"),
        ("om", "e y"),
        ("owi", "-"),
        ("iej", "a"),
    )
)
_TURKISH = re.compile(
    r"(?:y?l[ae]|[dt][ae](?:n|ki)?|[yn]?[aeiu]|n?in|nun|[sn]?ind[ae](?:n|ki)?|l[ae]r)$"
)
_GREEK = (("", "σ"), ("σ", ""), ("ου", "οσ"), ("ων", "α"))
_ARABIC_JOINED = re.compile(r"(?:[وف]?(?:بال|كال)|[وف]?لل|[وف]ال|[وف]?[بلك]|[وف])")
_HEBREW_JOINED = re.compile(r"(?:ו?(?:ש|כש)?[בלמה]|ו)")
_VOWELS = "аеиіоуюяєыьaeiouy"
_SLAVIC_VOWELS = re.compile(r"[оеє](?=[^аеиіоуюяєы]*ь?$)")


@lru_cache(maxsize=20_000)
def bases(word: str, language: str) -> tuple[str, ...]:
    """What a folded word may be in the dictionary, itself left out, by its letters and language."""
    first = word[:1]
    if "а" <= first <= "ӿ":
        return _unique(_cyrillic(word), word)
    if "α" <= first <= "ω":
        return _unique(_greek(word), word)
    if language in ("pl", "cs", "sk"):
        return _unique(_replaced(word, _POLISH), word)
    if language == "tr":
        return _unique(_turkish(word), word)
    if language in ("de", "nl") and word.endswith("s"):
        return _unique([word[:-1]], word)
    return ()


def joined(word: str, language: str) -> tuple[tuple[str, str], ...]:
    """(What is left of a folded word, the preposition that was written onto it), if any can be.

    The preposition in Arabic letters: ب and ل, "" for one that says nothing of a place.
    """
    first = word[:1]
    if "א" <= first <= "ת":
        match = _HEBREW_JOINED.match(word)
        rest = word[match.end() :] if match else ""
        if match and len(rest) >= _SHORTEST - 1:
            sign = {"ב": "ب", "ל": "ل", "מ": "ل"}.get(match[0][-1], "")
            return ((rest, sign),)
        return ()
    if not "ء" <= first <= "ي" or language == "fa":
        return ()
    found = []
    if match := _ARABIC_JOINED.match(word):
        prefix = match[0]
        with_article = prefix.endswith(("ال", "لل"))
        rest = word[match.end() :]
        if with_article and len(rest) >= _SHORTEST:
            found.append((f"ال{rest}", _sign(prefix.removesuffix("ال").removesuffix("ل"))))
        for length in (2, 1):
            rest = word[length:]
            if length <= len(prefix) and len(rest) >= _SHORTEST:
                found.append((rest, _sign(word[:length])))
    return tuple(found)


def _sign(prefix: str) -> str:
    last = prefix[-1:]
    return last if last in ("ب", "ل") else ""


def _unique(found: list[str], word: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one for one in found if len(one) >= _SHORTEST and one != word))


def _replaced(word: str, table: tuple[tuple[str, list[str]], ...]) -> list[str]:
    return [
        word[: len(word) - len(ending)] + base.replace("-", "")
        for ending, all_bases in table
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST - 1
        if ending or word[-1] not in _VOWELS  # a genitive plural has no ending: Черкас
        for base in all_bases
    ]


def _cyrillic(word: str) -> list[str]:
    found = _replaced(word, _CYRILLIC)
    for base in tuple(found):
        stem = base.removesuffix("ь")
        if stem[-1:] in "аеиіоуюяєы":
            continue
        # Харкова is of Харків, Києва of Київ, Тернополя of Тернопіль
        changed = _SLAVIC_VOWELS.sub("і", base, count=1)
        if changed != base:
            found.append(changed)
        # Орла is of Орел, Ельца of Елец
        if len(stem) > 2 and stem[-2] not in "аеиіоуюяєы":
            found.append(f"{stem[:-2].rstrip()}{stem[-2].replace('ь', '')}е{stem[-1]}")
    return found


def _greek(word: str) -> list[str]:
    return [
        word[: len(word) - len(ending)] + base for ending, base in _GREEK if word.endswith(ending)
    ]


def _turkish(word: str) -> list[str]:
    found = []
    rest = word
    for _ in range(3):
        match = _TURKISH.search(rest)
        if not match or match.start() < _SHORTEST:
            break
        rest = rest[: match.start()]
        found.append(rest)
    return found
