"""Which place a text means: every reading of its names weighed against every other."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from verify.folding import fold_words
from verify.places.areas import Area
from verify.places.exonyms import sure_names
from verify.places.gazetteer import country_name, distances_km
from verify.places.towns import towns
from verify.reading.toponyms import (
    FAMOUS,
    KNOWN,
    Level,
    Mention,
    Text,
    at_home,
    begins_sentence,
    mentions,
    read,
    same_place,
    stands_in_unknown,
    weighty,
    whole_name,
)
from verify.records import Sentence, say

_FAR_LIKELIER = 10.0  # times as much weight, and the others are out of the question
_LIKELIER_INSIDE = 4.0  # the same among the towns of a region that the words name
_NEIGHBOURS_KM = 30.0  # one place by two names, or a town and its quarter
_BESIDE_KM = 150.0  # of another place named: a town that the words may mean
_BOOST = 30.0
_AT_HOME = 5.0  # times as likely where its country speaks the language
_USUAL = 3.0  # times as likely where it is the town's usual name
_CASE_KM = 100.0
_LARGE = 5.0e6  # of `Towns.weights`
_LONG = 6  # letters of a foreign name, and it is hardly a word of Arabic or Persian
# "Gilbert said", "Edison was": where towns have the names of people
_CALLED_AFTER_PEOPLE = frozenset(["US", "GB", "CA", "AU", "NZ", "IE", "ZA"])


_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_LARGEST = say("It is the largest and best known town of that name.")


@dataclass(frozen=True)
class Weighed:
    """One name and the towns it can mean, the likeliest first. why: what speaks for the first.

    doubt: why the first may not be meant; None where every other is far less likely.
    """

    mention: Mention
    towns: tuple[int, ...]
    why: Sentence
    doubt: Sentence | None = None
    reach_km: float = 0.0


@dataclass(frozen=True)
class Meaning:
    """What a text says of its place. places: by name, the plainest first. areas: that it names.

    doubt: why no single one is certain; None where the first is.
    """

    places: tuple[Weighed, ...] = ()
    areas: tuple[tuple[str, Area], ...] = ()
    doubt: Sentence | None = None

    @property
    def certain(self) -> Weighed | None:
        """The one place that is meant."""
        return self.places[0] if self.places and self.doubt is None else None


def meaning(text: str, near: Sequence[tuple[float, float]] = ()) -> Meaning:
    """Weigh what a text names. near: places that are known otherwise, in degrees."""
    taken = read(text)
    found = mentions(taken)
    denied = [one for one in found if one.negated]
    spoken = [one for one in found if not one.negated and not _denied_too(taken, one, denied)]
    countries = [one for one in spoken if _is_area(one, spoken, taken)]
    names = [one for one in spoken if one not in countries and one.towns]
    led = [one for one in countries if any(area.leads_to is not None for area in one.areas)]
    names = [one for one in names if not _part_of(taken, one, names)]
    weighed = [judged for one in names if (judged := _weigh(taken, one, countries, names, near))]
    if not weighed:
        weighed = [_led(one) for one in led] or [
            Weighed(one, one.towns, _LARGEST, say("The country is called so, too."))
            for one in countries
            if _also_a_town(one)
        ]
    named = tuple(
        (one.written, area)
        for one in countries
        if one.level > Level.PLAIN or not taken.cased
        for area in one.areas
    )
    if not weighed:
        return Meaning(areas=named)
    return _decide(taken, weighed, named)


def _denied_too(text: Text, one: Mention, denied: list[Mention]) -> bool:
    """Whether a country stands behind what the words deny: "not Birmingham, Alabama"."""
    return bool(one.areas) and any(
        other.end <= one.start and _follows(text, other, one) for other in denied
    )


def _also_a_town(one: Mention) -> bool:
    """Whether a country's name is that of a large town elsewhere: Granada is Grenada in Spanish."""
    known = towns()
    return any(
        known.weights[town] > _LARGE
        and fold_words(known.names[town]) in one.keys
        and not any(area.holds(town) for area in one.areas)
        for town in one.towns[:1]
    )


def typed(text: str) -> Meaning:
    """The same for words of which every one may belong to the name: "tripoli, lebanon", "Nice"."""
    names: list[Mention] = []
    areas_: list[Mention] = []
    for part in re.split(r"\s*[,،(;/]\s*", text.strip(" )")):
        whole = whole_name(part)
        if whole is None:
            return Meaning()
        (names if whole.towns else areas_).append(whole)
    names = names or [one for one in areas_ if one.towns]
    if len(areas_) and not names:
        return Meaning(areas=tuple((one.written, area) for one in areas_ for area in one.areas))
    if not names:
        return Meaning()
    first, *rest = names
    beside = [*areas_, *(one for one in rest if one.areas)]
    if first.areas and not beside and any(area.country for area in first.areas):
        return Meaning(areas=tuple((first.written, area) for area in first.areas))
    judged = _weighed(read(text), first, beside, [], [], ())
    return Meaning((judged,), (), judged.doubt)


def _part_of(text: Text, one: Mention, names: list[Mention]) -> bool:
    """Whether a little known name is a part of the town behind it: the Old Town of Edinburgh."""
    if one.route:
        return False
    return any(
        0 <= other.start - one.end <= 6
        and text.text[one.end : other.start].strip().lower()
        in ("of", "de", "di", "von", "do", "da")
        and weighty(other.towns[0])
        for other in names
    )


def _is_area(one: Mention, all_: list[Mention], text: Text) -> bool:
    """Whether a name that may be a country's or a region's is meant as one."""
    if not one.areas or same_place(one):
        return False
    if any(area.country for area in one.areas) or not one.towns or one.kind:
        return True
    if not weighty(one.towns[0]):
        return True
    # New York is a state where it follows a town that lies in it
    return any(
        other.towns
        and other is not one
        and _follows(text, other, one)
        and any(area.holds(town) for area in one.areas for town in other.towns)
        for other in all_
    )


def _follows(text: Text, town: Mention, area: Mention) -> bool:
    """Whether an area stands beside a town as in "Homs, Syria", "Homs (Syria)", "Syria: Homs"."""
    if town.end <= area.start:
        between = text.text[town.end : area.start]
    else:
        between = text.text[area.end : town.start]
        if between.strip() and not between.strip(" ,،:–—-/|#\n"):
            return True
        if not between.strip():
            return False  # Bayern München is a club
    left = between.strip(" ,،(/–—-[#\n").lower()
    words = left.split()
    return len(words) <= 3 and all(word in _LINKING for word in words)


_LINKING = frozenset(
    [
        "in",
        "the",
        "of",
        "northern",
        "southern",
        "eastern",
        "western",
        "north",
        "south",
        "east",
        "west",
        "central",
        "في",
        "شمال",
        "جنوب",
        "شرق",
        "غرب",
        "شمالي",
        "جنوبي",
        "شرقي",
        "غربي",
        "وسط",
        "au",
        "en",
        "dans",
        "le",
        "la",
        "du",
        "nord",
        "sud",
        "est",
        "ouest",
        "de",
        "del",
        "en",
        "al",
        "norte",
        "sur",
        "este",
        "oeste",
        "im",
        "in",
        "nord",
        "süd",
        "norden",
        "süden",
        "w",
        "na",
        "в",
        "на",
        "у",
        "північ",
        "южной",
        "در",
        "no",
        "na",
    ]
)


def _weigh(
    text: Text,
    one: Mention,
    countries: list[Mention],
    names: list[Mention],
    near: Sequence[tuple[float, float]],
) -> Weighed | None:
    beside = [other for other in countries if _follows(text, one, other)]
    inside = _inside(one.towns, beside)
    anywhere = [other for other in countries if other not in beside]
    level = Level.CERTAIN if inside else one.level
    if not _counts(text, one, level, bool(inside)):
        return None
    judged = _weighed(text, replace(one, level=level), beside, anywhere, names, near)
    return replace(judged, doubt=_unsure(text, judged, bool(inside), [*names, *countries]))


def _weighed(
    text: Text,
    one: Mention,
    beside: list[Mention],
    anywhere: list[Mention],
    names: list[Mention],
    near: Sequence[tuple[float, float]],
) -> Weighed:
    known = towns()
    inside = _inside(one.towns, beside)
    usual = [fold_words(known.names[town]) in one.keys for town in one.towns]
    weights = np.where(usual, _USUAL, 1.0) * known.weights[[*one.towns]]
    home = [at_home(text.language, town) for town in one.towns]
    weights = np.where(home, _AT_HOME, 1.0) * weights
    doubt: Sentence | None = None
    within = inside
    why = _LARGEST
    tie = _FAR_LIKELIER
    if beside and not inside:
        doubt = say("No town of that name is known in {area}.", area=beside[0].written)
    elif inside:
        weights = np.where([town in inside for town in one.towns], weights * 1e6, weights)
        why, tie = say("It lies in {area}.", area=beside[0].written), _LIKELIER_INSIDE
    elif anywhere:
        within = _inside(one.towns, anywhere)
        if within:
            weights = np.where([town in within for town in one.towns], weights * _BOOST, weights)
            why = say("It lies in {area}.", area=anywhere[0].written)
        elif stated := [other for other in anywhere if other.level is Level.CERTAIN]:
            doubt = say("No town of that name is known in {area}.", area=stated[0].written)
    if not beside:
        weights, beside_why = _near_others(one, names, weights, near)
        why = beside_why or why
    order = np.argsort(-weights, kind="stable")
    numbers = [one.towns[at] for at in order.tolist()]
    weights = weights[order]
    first = numbers[0]
    if len(numbers) > 1:
        rivals = [
            weight
            for town, weight in zip(numbers[1:], weights[1:].tolist(), strict=True)
            if not _same(first, town)
        ]
        people = known.inhabitants
        larger = first not in within and any(people[town] > people[first] for town in numbers[1:])
        if rivals and weights[0] < tie * rivals[0]:
            doubt = doubt or say("Several towns are called so.")
        elif larger and not near:
            doubt = doubt or say("A larger town is called so, too.")
    else:
        why = why if inside else say("It is the only town known by that name.")
    return Weighed(one, tuple(numbers), why, doubt, _reach(one, first))


def _unsure(text: Text, judged: Weighed, inside: bool, found: list[Mention]) -> Sentence | None:
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
        return say("Where it lies is told by a name that is not known.")
    if one.everyday and not one.kind:
        dated = usual and towns().weights[first] >= FAMOUS and _YEAR.search(text.text)
        if one.level is not Level.CERTAIN or (begins_sentence(text, one) and not dated):
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
    if one.level is Level.LIKELY and begins_sentence(text, one):
        return famous or known.countries[first] not in _CALLED_AFTER_PEOPLE
    return True


def _well_enough(text: Text, one: Mention, first: int) -> bool:
    """Whether a town is known enough to be meant without a word of its country."""
    known = towns()
    if weighty(first):
        return True
    usual = fold_words(known.names[first]) in one.keys and known.weights[first] >= 3 * KNOWN
    return one.level is Level.CERTAIN and (usual or not begins_sentence(text, one))


_REGION_TOO = {  # towns whose names stand for the land around them, in km
    "PS Gaza": 45.0,
    "SY Idlib": 60.0,
}


def _reach(one: Mention, first: int) -> float:
    known = towns()
    if one.areas and not one.towns:
        return 250.0
    if one.region:
        return 250.0
    return _REGION_TOO.get(f"{known.countries[first]} {known.names[first]}", 0.0)


def _inside(numbers: Sequence[int], beside: list[Mention]) -> frozenset[int]:
    return frozenset(
        town for town in numbers for one in beside for area in one.areas if area.holds(town)
    )


def _counts(text: Text, one: Mention, level: Level, inside: bool) -> bool:
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
    if text.cased and begins_sentence(text, one) and not one.kind:
        usual = fold_words(known.names[first]) in one.keys
        alone = text.is_break(one.last + 1) and fold_words(one.written) == one.keys[0]
        return (alone or usual) and bool(known.weights[first] >= KNOWN)
    if known.weights[first] >= KNOWN:
        return level >= Level.LIKELY and (text.cased or level is Level.CERTAIN)
    return level >= Level.LIKELY and (text.cased or one.kind)


def _near_others(
    one: Mention,
    names: list[Mention],
    weights: NDArray[np.float64],
    near: Sequence[tuple[float, float]],
) -> tuple[NDArray[np.float64], Sentence | None]:
    """The weights, with more for towns near other places that are known or named."""
    if len(one.towns) < 2:
        return weights, None
    points = towns().points[[*one.towns]]
    why = None
    for latitude, longitude in near:
        close = distances_km(latitude, longitude, points) <= _CASE_KM
        if close.any() and not close.all():
            weights = np.where(close, weights * 100 * _BOOST, weights)
            why = say("It lies near another place that is known of this case.")
    for other in names:
        if (
            other.start == one.start
            or not other.towns
            or other.everyday
            or not weighty(other.towns[0])
        ):
            continue
        latitude, longitude = towns().points[other.towns[0]].tolist()
        close = distances_km(latitude, longitude, points) <= _BESIDE_KM
        if close.any() and not close.all():
            weights = np.where(close, weights * _BOOST, weights)
            why = why or say("It lies near {place}, which is named, too.", place=other.written)
    return weights, why


def _same(one: int, other: int) -> bool:
    """Whether two towns are so near that they are one place, in one country."""
    known = towns()
    if known.countries[one] != known.countries[other]:
        return False
    latitude, longitude = known.points[one].tolist()
    return bool(distances_km(latitude, longitude, known.points[[other]])[0] <= _NEIGHBOURS_KM)


def _led(one: Mention) -> Weighed:
    towns_ = tuple(area.leads_to for area in one.areas if area.leads_to is not None)
    return Weighed(one, towns_, say("The region is called by it."), None, 250.0)


def _decide(text: Text, weighed: list[Weighed], named: tuple[tuple[str, Area], ...]) -> Meaning:
    ranked = sorted(weighed, key=lambda one: -one.mention.level)  # stable: then in their order
    ranked.sort(key=lambda one: bool(one.reach_km))  # a town goes before the land around another
    rivals = [one for one in ranked if one.mention.level > Level.DOUBTFUL]
    if not any(one.mention.level > Level.BESIDE for one in rivals):
        return Meaning(tuple(ranked), named, ranked[0].doubt)
    first = next((one for one in rivals if one.doubt is None), rivals[0])
    doubt = first.doubt
    for other in rivals:
        minor = other.doubt and not weighty(other.towns[0]) and not other.mention.route
        if other is not first and not minor and not _agree(text, first, other):
            doubt = say("More than one place is named.")
            break
    kept = [first, *(one for one in rivals if one is not first)]
    return Meaning(tuple(kept), named, doubt)


def _agree(text: Text, one: Weighed, other: Weighed) -> bool:
    """Whether two names are of one place: its town and its quarter, but not one and the other."""
    if one.towns[0] == other.towns[0]:
        return True
    earlier, later = sorted((one.mention, other.mention), key=lambda mention: mention.start)
    between = text.text[earlier.end : later.start].strip().casefold()
    joined = text.text[later.start] == "و" and not later.written.startswith("و")
    if between in _AND or (joined and not between):
        return False
    known = towns()
    latitude, longitude = known.points[one.towns[0]].tolist()
    apart = float(distances_km(latitude, longitude, known.points[[*other.towns]]).min())
    if one.mention.region or other.mention.region:
        division = known.countries[one.towns[0]], known.regions[one.towns[0]]
        return division == (known.countries[other.towns[0]], known.regions[other.towns[0]])
    division = known.countries[one.towns[0]], known.regions[one.towns[0]]
    together = division == (known.countries[other.towns[0]], known.regions[other.towns[0]])
    if together and apart <= max(one.reach_km, other.reach_km):
        return True
    apposed = not between.strip(" ,،(:[/—–-#")  # as in "Douma, Damascus"
    return apposed and apart <= _NEIGHBOURS_KM


_AND = {
    *[
        "and",
        "&",
        "+",
        "و",
        "et",
        "y",
        "und",
        "ve",
        "i",
        "e",
        "a",
        "и",
        "та",
        "й",
        "і",
        "to",
        "-",
        "–",
        "—",
        "→",
        "/",
        "bis",
        "до",
        "до",
        "à",
    ]
}


def country_of(town: int) -> str:
    """The English name of the country that a town is counted to."""
    return country_name(towns().countries[town])
