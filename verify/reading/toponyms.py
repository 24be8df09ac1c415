"""Names in a text that may be names of places, each with what stands beside it.

Nothing is decided here: a mention says what it can mean and how plainly it is meant as a place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product

from verify.folding import fold_words
from verify.places.areas import areas
from verify.places.forms import bases, joined
from verify.places.towns import towns
from verify.reading import signs
from verify.reading.beside import placed
from verify.reading.fame import SCRIPT_LANDS, weighty
from verify.reading.names import Level, Mention
from verify.reading.texts import (
    APOSTROPHE,
    SENTENCE,
    Text,
    begins_sentence,
    calendar,
    everyday,
    small_words,
    words_of,
)

_MOST_WORDS = 5  # of a name
_MOST_FORMS = 40  # of a name of several words that are inflected
_HAN = re.compile(r"[\u3400-\u9fff]+")
_GAP = re.compile(r"[\s\u200c\u200e\u200f'’ʼ‘`.-]*")
_PARTICLES = {"al", "el", "ez", "as", "ad", "ash", "an", "ar", "at", "az", "es", "l"}
_LOCATIVE = re.compile(r"(?:[dt][ae](?:n|ki)?)$")


def mentions(text: Text) -> list[Mention]:
    """All names in a text that can be places', in their order, none over another."""
    spans = [*_spans(text)]
    keys = list(dict.fromkeys(key for _, _, forms, _ in spans for key in forms))
    found = dict(zip(keys, towns().named(keys), strict=True)) if keys else {}
    chosen: list[Mention] = []
    taken = -1
    for first, last, forms, prefix in spans:
        if first <= taken:
            continue
        if one := _meant(text, first, last, forms, prefix, found):
            chosen.append(one)
            taken = one.last
    chosen += _chinese(text.text)
    return [placed(text, one, chosen) for one in chosen]


_Forms = dict[str, str]  # what a name may be in the dictionary -> what was written onto it


def _spans(text: Text) -> Iterator[tuple[int, int, _Forms, str]]:
    for first, word in enumerate(text.words):
        for count in range(min(_MOST_WORDS, len(text.words) - first), 0, -1):
            last = first + count - 1
            between = text.words[first + 1 : last + 1]
            if any(not _GAP.fullmatch(one.before) for one in between[:-1]):
                continue
            if between and not _GAP.fullmatch(between[-1].before):
                closed = text.text[between[-1].end : between[-1].end + 1] == ")"
                land = between[-1].folded in areas(text.language)  # not as in "Beirut (Lebanon)"
                if count > 2 or between[-1].before != " (" or not closed or land:
                    continue
            if not _may_begin(text, first, last):
                continue
            yield first, last, _forms(text, first, last), word.written


def _may_begin(text: Text, first: int, last: int) -> bool:
    word = text.words[first]
    if not word.written[0].isalpha():
        return False
    if not text.cased or word.capital:
        return last > first or len(word.folded) > 1
    inside = APOSTROPHE.split(word.written)[-1]
    if inside[:1].isupper() and inside != word.written:
        return True
    return last > first and text.words[last].capital  # al-Bab; bande de Gaza


def _is_acronym(written: str) -> bool:
    return len(written) <= 5 and written.isupper()


def _forms(text: Text, first: int, last: int) -> _Forms:
    words = text.words[first : last + 1]
    plain = " ".join(word.folded for word in words)
    forms: _Forms = {plain: ""}
    head, tail = words[0], words[-1]
    parts = APOSTROPHE.split(tail.written)
    if len(parts) == 2:
        if text.language == "tr":
            forms.clear()  # Van'da is no Vanda
        before = fold_words(parts[0])
        cut = " ".join([*(word.folded for word in words[:-1]), before])
        suffix = fold_words(parts[1])
        forms.setdefault(cut, "in" if _LOCATIVE.search(suffix) and text.language == "tr" else "")
    parts = APOSTROPHE.split(head.written)
    if len(parts) == 2 and len(parts[0]) <= 5:
        rest = " ".join([fold_words(parts[1]), *(word.folded for word in words[1:])])
        onto = fold_words(parts[0])
        forms.setdefault(rest, "of" if onto.startswith("d") else "")
    for rest, sign in joined(head.folded, text.language):
        key = " ".join([rest, *(word.folded for word in words[1:])])
        forms.setdefault(key, {"ب": "in", "ل": "of"}.get(sign, ""))
    if len(words) == 1:
        for base in bases(head.folded, text.language):
            suffix = head.folded.removeprefix(base)
            locative = text.language == "tr" and bool(_LOCATIVE.match(suffix))
            forms.setdefault(base, "in" if locative else "")
    elif len(words) <= 3:
        options = [(word.folded, *bases(word.folded, text.language)) for word in words]
        for number, several in enumerate(product(*options)):
            if number > _MOST_FORMS * len(words):
                break
            forms.setdefault(" ".join(several), "")
    return forms


def _meant(
    text: Text,
    first: int,
    last: int,
    forms: _Forms,
    prefix: str,
    found: dict[str, tuple[int, ...]],
) -> Mention | None:
    words = text.words[first : last + 1]
    plain = next(iter(forms))
    if first == last and (plain in calendar(text.language) or plain in small_words(text.language)):
        return None
    if last > first and _plain_words(text, first, last):
        return None
    known, lands = areas(text.language), SCRIPT_LANDS.get(text.language)
    exact = found[plain] or known.get(plain, ())
    inflected = text.language in ("ru", "uk", "pl", "el")
    keys = (
        [plain]
        if exact and not inflected
        else [key for key in forms if found[key] or known.get(key)]
    )
    if not keys:
        return None
    numbers: dict[int, None] = {}
    shout = text.cased and last == first and _is_acronym(words[0].written)
    small = text.cased and words[0].written.islower() and words[0].folded not in _PARTICLES
    for key in [] if shout else keys if not small or "'" in words[0].written else ():
        for number in found[key]:
            if lands is None or weighty(number) or towns().countries[number] in lands:
                numbers[number] = None
    meant = tuple(dict.fromkeys(area for key in keys for area in known.get(key, ())))
    if not numbers and not meant:
        return None
    ordered = tuple(sorted(numbers, key=lambda number: -towns().weights[number]))
    key = keys[0]
    written = text.text[words[0].start : words[-1].end]
    if "(" in written:
        written = text.text[words[0].start : words[-1].end + 1]
    elif key != fold_words(written):
        written = _uncovered(written, key)
    common = _common(text, first)
    return Mention(
        start=words[0].start,
        end=words[-1].end,
        written=written,
        towns=ordered,
        areas=meant,
        first=first,
        last=last,
        level={"in": Level.CERTAIN, "of": Level.LIKELY}.get(forms[key], Level.PLAIN),
        everyday=first == last and (plain in common or key in common),
        keys=tuple(keys),
    )


_ARTICLES = {"la", "el", "los", "las", "le", "les", "lo", "il", "gli", "o", "a", "os", "as"}
_AND_NO_NAMES = {"la", "el", "de", "del"}


def _plain_words(text: Text, first: int, last: int) -> bool:
    """Whether a sentence begins with words as in a dictionary: La paz llegó, Los ángeles caídos."""
    tail = text.words[last]
    if not text.cased or not tail.written.islower() or not begins_sentence(text, first):
        return False
    if tail.folded in _PARTICLES | _AND_NO_NAMES or "'" in tail.written:
        return False
    return text.folded(first) in _ARTICLES or tail.folded in everyday(text.language)


def _common(text: Text, first: int) -> frozenset[str]:
    """Words of everyday language; of every one in Latin letters where all words have a capital."""
    if not text.cased:
        return everyday(text.language)
    if first and not SENTENCE.search(text.words[first].before):
        return everyday(text.language) | everyday("en")
    return everyday(text.language).union(*map(everyday, ("en", "fr", "es", "de", "tr", "it", "pt")))


def _uncovered(written: str, key: str) -> str:
    """The name without what was written onto its front or behind an apostrophe, if that is all."""
    for at in range(1, 5):
        if fold_words(written[at:]) == key and written[at:]:
            return written[at:].lstrip("'’ʼ")
    parts = APOSTROPHE.split(written)
    return next((part for part in parts if fold_words(part) == key), written)


def _chinese(text: str) -> Iterator[Mention]:
    """The longest names of well-known towns in Chinese characters, which know no spaces."""
    for run in _HAN.finditer(text):
        at = run.start()
        while at < run.end():
            pieces = [text[at : at + size] for size in range(min(6, run.end() - at), 1, -1)]
            named = towns().named([fold_words(piece) for piece in pieces])
            for piece, numbers in zip(pieces, named, strict=True):
                if numbers and weighty(numbers[0]):
                    end = at + len(piece)
                    yield Mention(at, end, piece, numbers, (), -1, -1, level=Level.LIKELY)
                    at = end - 1
                    break
            at += 1


_CALLED = re.compile(
    r"(?:the\s+)?(?:city|town|village|ville|ciudad|stadt)\s+(?:of|de|von)\s+", re.I
)


def whole_name(text: str) -> Mention | None:
    """All of a text as one name of a place, in any case and form; None if it is none."""
    text = _CALLED.sub("", text.strip())
    words = words_of(text)
    if not words or len(words) > 2 * _MOST_WORDS:
        return None
    taken = Text(
        text, words, signs.language_of(text, [word.folded for word in words]), False, False
    )
    forms = _forms(taken, 0, len(words) - 1)
    keys = list(forms)
    named, known = towns().named(keys), areas(taken.language)
    for key, numbers in zip(keys, named, strict=True):
        if numbers or key in known:
            ordered = tuple(sorted(numbers, key=lambda number: -towns().weights[number]))
            return Mention(
                0, len(text), text, ordered, known.get(key, ()), 0, len(words) - 1, keys=(key,)
            )
    return None
