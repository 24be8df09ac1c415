"""What the words beside a name say of it: that it is a place, or none, or elsewhere."""

from __future__ import annotations

import re

from verify.folding import fold_words
from verify.places.towns import towns
from verify.reading import signs
from verify.reading.fame import weighty
from verify.reading.names import Level, Mention
from verify.reading.texts import Text, begins_sentence, calendar, small_words

_AWAY, _TOWARDS = re.compile(r"['’][dt][ae]n$"), re.compile(r"['’]y?[ae]$")
_OPENS, _CLOSES = re.compile(r"\S\s+[«“„\"]$"), re.compile(r"[»”“\"]")
_GENITIVE = {"of", "de", "du", "del", "von", "di", "do", "da"}
_ARTICLES = {"la", "il", "el", "le", "o"}


def placed(text: Text, one: Mention, others: list[Mention]) -> Mention:
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
    if before in signs.COMPARED or _goes_on(text, one):
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
    if (before in signs.FROM and beyond in signs.PEOPLE) or (owned and beyond in signs.PEOPLE):
        return Level.DOUBTFUL
    if language in ("ar", "fa", "ru", "uk") and before in signs.PEOPLE:
        return Level.DOUBTFUL  # مهجرو حلب, жители Рубежного
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


def _goes_on(text: Text, one: Mention) -> bool:
    """Whether an Arabic article ties another word to the name: Bab el-Hava is not Bab.

    But a large town by its usual name may have its quarter behind it: Homs al-Waer.
    """
    article, tied = text.words[one.last + 1 : one.last + 2], text.words[one.last + 2 :][:1]
    famous = any(
        fold_words(towns().names[town]) in one.keys and weighty(town) for town in one.towns[:1]
    )
    return bool(
        article
        and tied
        and not famous
        and article[0].folded in signs.ARABIC_ARTICLES
        and article[0].before in (" ", "-")
        and tied[0].before == "-"
        and tied[0].capital
    )


def _is_adjective(text: Text, one: Mention) -> bool:
    """Whether a Slavic name is the adjective of what follows: на Крымском мосту, Грозный ответ."""
    if text.language not in ("ru", "uk") or text.is_break(one.last + 1):
        return False
    word, after = text.folded(one.last), text.words[one.last + 1]
    if begins_sentence(text, one.first) and word.endswith(signs.QUALITIES):
        return after.written.islower() and after.folded not in small_words(text.language)
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
        small_words(text.language)
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
        small_words(text.language)
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
