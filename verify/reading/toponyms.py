"""Names in a text that may be names of places, each with what stands beside it.

Nothing is decided here: a mention says what it can mean and how plainly it is meant as a place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from functools import cache
from importlib import resources
from itertools import product

from babel import Locale

from verify.folding import fold_words
from verify.places.areas import CITY_STATES, Area, areas
from verify.places.forms import bases, joined
from verify.places.towns import towns
from verify.reading import signs

_MOST_WORDS = 5  # of a name
_MOST_FORMS = 40  # of a name of several words that are inflected
_WORD = re.compile(r"[^\W_](?:[^\W_]|[\u0300-\u036f\u064b-\u065f\u0670ـ]|['’ʼ‘`](?=[^\W_]))*")
_HAN = re.compile(r"[\u3400-\u9fff]+")
_APOSTROPHE = re.compile(r"['’ʼ‘`]")
_GAP = re.compile(r"[\s\u200c\u200e\u200f'’ʼ‘`.-]*")
_LINK = re.compile(r"https?://\S+|www\.\S+|@\w+")
_PARTICLES = {"al", "el", "ez", "as", "ad", "ash", "an", "ar", "at", "az", "es", "l"}
_LOCATIVE = re.compile(r"(?:[dt][ae](?:n|ki)?)$")
_AWAY, _TOWARDS = re.compile(r"['’][dt][ae]n$"), re.compile(r"['’]y?[ae]$")
# Ends what stands by itself; a hyphen does where spaces surround it.
_BREAK = re.compile(r"[^\w\s'’ʼ‘`#\u064b-\u065f\u0300-\u036f\u200c\u200e\u200f-]|\n|\s-+\s|_")
_OPENS, _CLOSES = re.compile(r"\S\s+[«“„\"]$"), re.compile(r"[»”“\"]")
_SENTENCE = re.compile(r"[.!?:;|\n«»“”\"]")
_CASELESS = {"ar", "fa", "he", "zh"}
_SCRIPT_LANDS = {
    "ar": frozenset(
        [
            "SY",
            "IQ",
            "PS",
            "LB",
            "JO",
            "EG",
            "SA",
            "YE",
            "OM",
            "AE",
            "QA",
            "BH",
            "KW",
            "SD",
            "SS",
            "LY",
            "TN",
            "DZ",
            "MA",
            "EH",
            "MR",
            "SO",
            "DJ",
            "TD",
            "ER",
            "KM",
            "IL",
        ]
    ),
    "fa": frozenset(["IR", "AF", "TJ", "IQ", "SY", "PK", "AZ", "PS", "LB", "UZ", "TM"]),
    "he": frozenset(["IL", "PS", "LB", "SY", "JO", "EG"]),
}
FAMOUS, WELL_KNOWN, KNOWN = 1.5e7, 2.0e6, 1.5e5  # of `Towns.weights`
_NAMED_IN_WARS = 40


_GENITIVE = {"of", "de", "du", "del", "von", "di", "do", "da"}
_ARTICLES = {"la", "il", "el", "le", "o"}


class Level(IntEnum):
    """How plainly a name is meant as a place."""

    NONE = -1  # a newspaper's, a club's, a street's
    DOUBTFUL = 0  # as in "the mayor of", "says"
    BESIDE = 1  # beside another word with a capital, as the name of a person or a club
    PLAIN = 2  # nothing is said
    LIKELY = 3  # at the start, or behind "of", "to"
    CERTAIN = 4  # behind "in", by itself, or beside "city"


@dataclass(frozen=True)
class Word:
    """One word of a text. before: what stands between it and the one before it."""

    start: int
    end: int
    written: str
    folded: str
    capital: bool
    before: str


@dataclass(frozen=True)
class Mention:
    """A name that may be a place's. towns: their numbers, the likeliest first.

    written: as in the text, without what is written onto it. first, last: numbers of its words.
    keys: what it is in the dictionary, folded. negated: as in "not in". kind: "city", "camp" or the
    like stand beside it.
    region: "province", "countryside" and the like do. route: as in "from Homs to".
    """

    start: int
    end: int
    written: str
    towns: tuple[int, ...]
    areas: tuple[Area, ...]
    first: int
    last: int
    level: Level = Level.PLAIN
    negated: bool = False
    everyday: bool = False
    kind: bool = False
    region: bool = False
    route: bool = False
    keys: tuple[str, ...] = ()


def words_of(text: str) -> list[Word]:
    """The words of a text; links and handles are none."""
    hidden = _LINK.sub(lambda match: "\n" * len(match[0]), text)
    found, end = [], 0
    for match in _WORD.finditer(hidden):
        written = match[0]
        found.append(
            Word(
                match.start(),
                match.end(),
                written,
                fold_words(written),
                written[0].isupper(),
                hidden[end : match.start()],
            )
        )
        end = match.end()
    return found


@dataclass(frozen=True)
class Text:
    """A text and its words. cased: its capitals say something."""

    text: str
    words: list[Word]
    language: str
    cased: bool
    shouted: bool  # nearly every long word begins with a capital

    def is_break(self, at: int) -> bool:
        """Whether something ends before word number `at`."""
        return at <= 0 or at >= len(self.words) or bool(_BREAK.search(self.words[at].before))

    def folded(self, at: int) -> str:
        """A word without its Turkish ending; "" beyond the text."""
        if not 0 <= at < len(self.words):
            return ""
        word = self.words[at]
        parts = _APOSTROPHE.split(word.written)
        return fold_words(parts[0]) if self.language == "tr" and len(parts) == 2 else word.folded


def read(text: str) -> Text:
    """Take a text apart."""
    words = words_of(text)
    language = signs.language_of(text, [word.folded for word in words])
    letters = [word for word in words if word.written[0].isalpha()]
    upper = [word for word in letters if word.capital]
    small = any(word.written.islower() for word in letters)
    long = [word for word in letters if len(word.written) > 3]
    cased = language not in _CASELESS and bool(upper) and small
    # German writes every noun so
    shouted = (
        cased
        and language != "de"
        and len(long) > 3
        and sum(w.capital for w in long) >= 0.8 * len(long)
    )
    return Text(text, words, language, cased, shouted)


def begins_sentence(text: Text, one: Mention) -> bool:
    """Whether a name stands where every word has a capital."""
    return one.first == 0 or bool(_SENTENCE.search(text.words[one.first].before))


@cache
def everyday(language: str) -> frozenset[str]:
    """Folded names that are words of everyday language, or of people."""
    text = (resources.files("verify.places") / "data" / "everyday.tsv").read_text("utf-8")
    for line in text.splitlines():
        if line.startswith(f"{language}\t"):
            return frozenset(line.partition("\t")[2].split())
    return frozenset()


@cache
def calendar(language: str) -> frozenset[str]:
    """The folded names of months and weekdays, none of which is a town."""
    names: set[str] = set()
    for spoken in (language if language in signs.LANGUAGES else "en", "en"):
        locale = Locale(spoken)
        for table in (locale.months, locale.days):
            for width in ("wide", "abbreviated"):
                for context in ("format", "stand-alone"):
                    names.update(fold_words(one) for one in table[context][width].values())
    arabic = (
        "كانون تشرين شباط اذار نيسان ايار حزيران تموز اب ايلول "
        "جانفي فيفري افريل ماي جوان جويليه اوت"
    )
    return frozenset(names - {""}) | frozenset(arabic.split()) | {"mai", "mars", "mart"}


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
    return [_placed(text, one, chosen) for one in chosen]


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
    inside = _APOSTROPHE.split(word.written)[-1]
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
    parts = _APOSTROPHE.split(tail.written)
    if len(parts) == 2:
        if text.language == "tr":
            forms.clear()  # Van'da is no Vanda
        before = fold_words(parts[0])
        cut = " ".join([*(word.folded for word in words[:-1]), before])
        suffix = fold_words(parts[1])
        forms.setdefault(cut, "in" if _LOCATIVE.search(suffix) and text.language == "tr" else "")
    parts = _APOSTROPHE.split(head.written)
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
    if first == last and (plain in calendar(text.language) or plain in _small_words(text.language)):
        return None
    known, lands = areas(text.language), _SCRIPT_LANDS.get(text.language)
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


def _common(text: Text, first: int) -> frozenset[str]:
    """Words of everyday language; of every one in Latin letters where all words have a capital."""
    if not text.cased:
        return everyday(text.language)
    if first and not _SENTENCE.search(text.words[first].before):
        return everyday(text.language) | everyday("en")
    return everyday(text.language).union(*map(everyday, ("en", "fr", "es", "de", "tr", "it", "pt")))


def _uncovered(written: str, key: str) -> str:
    """The name without what was written onto its front or behind an apostrophe, if that is all."""
    for at in range(1, 5):
        if fold_words(written[at:]) == key and written[at:]:
            return written[at:].lstrip("'’ʼ")
    parts = _APOSTROPHE.split(written)
    return next((part for part in parts if fold_words(part) == key), written)


def weighty(town: int) -> bool:
    """Whether a town is known the world over, or by news of wars."""
    known = towns()
    return bool(known.weights[town] >= WELL_KNOWN or known.known[town] >= _NAMED_IN_WARS)


@cache
def _small_words(language: str) -> frozenset[str]:
    tables = (signs.IN, signs.OF, signs.NOT, signs.BETWEEN, signs.KINDS, signs.ACTORS, signs.EVENTS)
    words = frozenset[str]().union(*(table.get(language, signs.NONE) for table in tables))
    return words | signs.BODIES.get(language, signs.NONE)


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


def _placed(text: Text, one: Mention, others: list[Mention]) -> Mention:
    """The mention with what the words beside it say."""
    if one.first < 0:
        return one
    language = text.language
    kind = _has_kind(text, one, signs.KINDS.get(language, signs.NONE))
    return Mention(
        **{
            **{name: getattr(one, name) for name in one.__dataclass_fields__},
            "level": _level(text, one, others, kind),
            "negated": _negated(text, one, language),
            "kind": kind,
            "route": _sets_out(text, one),
            "region": _has_kind(text, one, signs.REGIONS),
        }
    )


def _has_kind(text: Text, one: Mention, kinds: frozenset[str]) -> bool:
    if not text.is_break(one.first):
        before = text.folded(one.first - 1)
        if before in kinds:
            return True
        of = before in ("of", "de", "d", "di", "do", "von")
        if of and not text.is_break(one.first - 1) and text.folded(one.first - 2) in kinds:
            return True
    after = text.folded(one.last + 1)
    behind = text.language in signs.KINDS_BEHIND or after in ("область", "області", "области")
    return behind and not text.is_break(one.last + 1) and after in kinds


def _level(text: Text, one: Mention, others: list[Mention], kind: bool) -> Level:
    language = text.language
    opens, closes = text.is_break(one.first), text.is_break(one.last + 1)
    before = "" if opens else text.folded(one.first - 1)
    if before == "the" and not text.is_break(one.first - 1):
        before = text.folded(one.first - 2)
    after = "" if closes else text.folded(one.last + 1)
    hashtag = text.text[one.start - 1 : one.start] == "#"
    if _quoted(text, one):
        return Level.NONE
    if before in signs.BODIES.get(language, signs.NONE):
        return Level.NONE
    if before in _ARTICLES and language in ("fr", "es", "it", "pt"):
        return Level.DOUBTFUL  # clubs have one, towns have none
    beyond = text.folded(one.first - 2) if not opens and not text.is_break(one.first - 1) else ""
    owned = before in signs.OF.get(language, signs.NONE)
    if before in signs.TREATIES or (owned and beyond in signs.TREATIES):
        return Level.NONE
    if before in signs.COMPARED:
        return Level.DOUBTFUL
    if kind or hashtag:
        return Level.CERTAIN
    owner = text.words[one.last].written.endswith(("'s", "’s"))
    actors = signs.ACTORS.get(language, signs.NONE)
    if before in _GENITIVE and beyond in actors:
        return Level.DOUBTFUL  # the mayor of Kyiv
    if before in actors or after in actors or (owner and text.folded(one.last + 2) in actors):
        return Level.DOUBTFUL
    if _question(text, one) or _is_adjective(text, one):
        return Level.DOUBTFUL
    within = signs.IN.get(language, signs.NONE)
    near = owned and beyond in within  # près de, cerca de, outside of
    if one.level is Level.CERTAIN or before in within or near:
        behind = _capital_neighbour(text, one, one.last + 1, others)
        return Level.LIKELY if behind and not text.shouted else Level.CERTAIN
    elided = one.level is Level.LIKELY  # as in d'Alep
    if text.cased and not elided and _person(text, one, others, opens, closes):
        return Level.BESIDE
    if before in signs.OF.get(language, signs.NONE) or one.level is Level.LIKELY:
        return Level.LIKELY
    if opens and (closes or after[:1].isdigit()):
        return Level.CERTAIN
    if opens:
        return Level.LIKELY
    return Level.PLAIN


def _is_adjective(text: Text, one: Mention) -> bool:
    """Whether a name in a Slavic case is the adjective of what follows: на Крымском мосту."""
    if text.language not in ("ru", "uk") or text.is_break(one.last + 1):
        return False
    word, after = text.folded(one.last), text.words[one.last + 1]
    return word.endswith(signs.ADJECTIVES) and word not in one.keys and after.written.islower()


def _quoted(text: Text, one: Mention) -> bool:
    """Whether a name alone stands in quotation marks inside a text: a newspaper, a shop."""
    return one.start > 1 and bool(
        _OPENS.search(text.text[: one.start]) and _CLOSES.match(text.text[one.end :])
    )


def _sets_out(text: Text, one: Mention) -> bool:
    """Whether a way leads from here to elsewhere: it may have been filmed at either end."""
    before = "" if text.is_break(one.first) else text.folded(one.first - 1)
    after = "" if text.is_break(one.last + 1) else text.folded(one.last + 1)
    if before in signs.FROM and after in signs.TO:
        return True
    last, following = text.words[one.last].written, one.last + 1
    if text.language != "tr" or not _AWAY.search(last) or following >= len(text.words):
        return False
    return bool(_TOWARDS.search(text.words[following].written))


_ASKED = re.compile(
    r"\s*[?؟]|\s+(?:or|أو|أم|او|ام|или|або|чи|ou|o|oder|veya|ya da|یا|lub|czy|או|ή)"
    r"\s[^.!?؟\n]{1,40}[?؟]"
)


def _question(text: Text, one: Mention) -> bool:
    """Whether a text asks if this is the place: "Aleppo?", "Aleppo or Idlib?"."""
    return bool(_ASKED.match(text.text[one.end :]))


def _capital_neighbour(text: Text, one: Mention, at: int, others: list[Mention]) -> bool:
    """Whether an adjacent word with a capital is neither a known word nor another name."""
    if not text.cased or at < 0 or at >= len(text.words):
        return False
    edge = at if at > one.last else at + 1
    if text.is_break(edge):
        return False
    word = text.words[at]
    if not word.capital or not word.written[0].isalpha() or text.language == "de":
        return False
    if at > one.last and "." in word.before:
        return False
    known = (
        _small_words(text.language)
        | calendar(text.language)
        | signs.EVENTS.get(text.language, signs.NONE)
    )
    if word.folded in known:
        return False
    return not any(other.first <= at <= other.last and other.areas for other in others)


def _person(text: Text, one: Mention, others: list[Mention], opens: bool, closes: bool) -> bool:
    """Whether the name stands beside another with a capital, as in the name of a person or club."""
    if text.shouted and any(weighty(town) for town in one.towns[:1]) and not one.everyday:
        return False
    if not closes and _capital_neighbour(text, one, one.last + 1, others):
        return True
    before = one.first - 1
    if opens or before < 0:
        return False
    word = text.words[before]
    if not word.capital or not word.written[0].isalpha():
        return False
    known = (
        _small_words(text.language)
        | calendar(text.language)
        | signs.EVENTS.get(text.language, signs.NONE)
    )
    return word.folded not in known and not text.shouted


def _negated(text: Text, one: Mention, language: str) -> bool:
    after = text.folded(one.last + 1) if not text.is_break(one.last + 1) else ""
    if after in signs.NOT_AFTER.get(language, signs.NONE):
        return True
    nots, between = signs.NOT.get(language, signs.NONE), signs.BETWEEN.get(language, signs.NONE)
    at = one.first - 1
    for _ in range(4):
        if at < 0 or text.is_break(at + 1):
            return False
        word = text.folded(at)
        if word in nots:
            return True
        if word not in between:
            return False
        at -= 1
    return False


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


def stands_in_unknown(text: Text, one: Mention, found: list[Mention]) -> bool:
    """Whether a name that is none known is said to hold this one: "Moria auf Lesbos"."""
    at, language = one.last + 1, text.language
    if not text.cased or at + 1 >= len(text.words) or text.is_break(at):
        return False
    on = signs.IN.get(language, signs.NONE) | _ON.get(language, signs.NONE)
    word = text.words[at + 1]
    if text.words[at].folded not in on or not word.capital or text.is_break(at + 1):
        return False
    if word.folded in calendar(language) or not word.written[0].isalpha():
        return False
    return not any(other.first <= at + 1 <= other.last for other in found)


_ON = {
    language: frozenset(fold_words(words).split())
    for language, words in {
        "en": "on",
        "de": "auf am",
        "fr": "sur dans",
        "es": "en de",
        "it": "su di",
        "pt": "da do",
        "ru": "на",
        "uk": "на",
    }.items()
}


def at_home(language: str, town: int) -> bool:
    """Whether a town lies where a language is spoken."""
    return towns().countries[town] in _HOMES.get(language, frozenset())


_HOMES = {
    **_SCRIPT_LANDS,
    "fa": frozenset(["IR", "AF", "TJ", "IQ", "SY", "PS", "LB"]),
    "he": frozenset(["IL", "PS"]),
    "uk": frozenset(("UA",)),
    "ru": frozenset(["RU", "UA", "BY", "KZ"]),
    "tr": frozenset(["TR", "CY", "AZ"]),
    "de": frozenset(["DE", "AT", "CH"]),
    "pl": frozenset(("PL",)),
    "it": frozenset(("IT",)),
    "pt": frozenset(["BR", "PT", "AO", "MZ"]),
    "el": frozenset(["GR", "CY"]),
}


def same_place(one: Mention) -> bool:
    """Whether a name is that of a country and of the town that is that country."""
    return any(area.country in CITY_STATES for area in one.areas)
