"""Whether a name counts as a place at all, and whether its likeliest town is certain."""

from __future__ import annotations

import re

from verify.folding import fold_words
from verify.places.exonyms import sure_names
from verify.places.towns import towns
from verify.reading.beside import stands_in_unknown
from verify.reading.fame import FAMOUS, KNOWN, at_home, weighty
from verify.reading.meanings import Weighed
from verify.reading.names import Level, Mention
from verify.reading.texts import Text, begins_sentence
from verify.records import Sentence, say

_LONG = 6  # letters of a foreign name, and it is hardly a word of Arabic or Persian
# "Gilbert said", "Edison was": where towns have the names of people
_CALLED_AFTER_PEOPLE = frozenset(["US", "GB", "CA", "AU", "NZ", "IE", "ZA"])
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


def unsure(text: Text, judged: Weighed, inside: bool, found: list[Mention]) -> Sentence | None:
    """Why the name may be none of a place, or why the town may not be the one; else None."""
    one, first = judged.mention, judged.towns[0]
    if one.level <= Level.BESIDE:
        return say("The name may be that of a person, a club or a government.")
    if one.route:
        return say("More than one place is named.")
    if inside:
        return judged.doubt
    usual = fold_words(towns().names[first]) in one.keys
    if not (usual and weighty(first)) and stands_in_unknown(text, one, found):
        return say("The words place it by another name that is not known here.")
    if one.everyday and not one.kind:
        dated = usual and towns().weights[first] >= FAMOUS and _YEAR.search(text.text)
        if one.level is not Level.CERTAIN or (begins_sentence(text, one.first) and not dated):
            return say("The name is an everyday word, too.")
    elif not _sure(text, one, first):
        return judged.doubt or say("The name may be another word.")
    elif not _well_enough(text, one, first):
        return judged.doubt or say("The town is little known.")
    return judged.doubt


def _sure(text: Text, one: Mention, first: int) -> bool:
    """Whether the name is none that lists of names have and that is written of something else."""
    known = towns()
    if one.kind or not one.keys or any(key in sure_names() for key in one.keys):
        return True
    home = at_home(text.language, first)
    famous = bool(known.weights[first] >= FAMOUS)
    if not text.cased:
        usual = one.keys[0][:1] < "Ͱ"  # no list tells it from a word in Arabic letters
        return home or usual or len(one.keys[0]) >= _LONG
    if one.level is Level.PLAIN:
        return famous or home
    if one.level is Level.LIKELY and begins_sentence(text, one.first):
        return famous or known.countries[first] not in _CALLED_AFTER_PEOPLE
    return True


def _well_enough(text: Text, one: Mention, first: int) -> bool:
    """Whether a town is known enough to be meant without a word of its country."""
    known = towns()
    if weighty(first):
        return True
    usual = fold_words(known.names[first]) in one.keys and known.weights[first] >= 3 * KNOWN
    return one.level is Level.CERTAIN and (usual or not begins_sentence(text, one.first))


def counts(text: Text, one: Mention, level: Level, inside: bool) -> bool:
    """Whether a name is meant as a place at all."""
    known, first = towns(), one.towns[0]
    famous = weighty(first)
    if inside:
        return level > Level.NONE
    if level is Level.NONE:
        return False
    if one.route and famous:
        return True
    if one.everyday:
        if one.kind and level is Level.CERTAIN:
            return True
        return text.cased and famous and level is Level.CERTAIN
    if famous:
        if text.cased or level > Level.PLAIN:
            return True
        home = any(at_home(text.language, town) for town in one.towns[:1])
        return level is Level.PLAIN and (home or bool(known.weights[first] >= FAMOUS))
    if level <= Level.BESIDE or (not text.cased and text.language in ("en", "fr", "es", "de")):
        return False
    if text.cased and begins_sentence(text, one.first) and not one.kind:
        usual = fold_words(known.names[first]) in one.keys
        alone = text.is_break(one.last + 1) and fold_words(one.written) == one.keys[0]
        return (alone or usual) and bool(known.weights[first] >= KNOWN)
    if known.weights[first] >= KNOWN:
        return level >= Level.LIKELY and (text.cased or level is Level.CERTAIN)
    return level >= Level.LIKELY and (text.cased or one.kind)
