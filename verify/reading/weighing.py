"""Which place a text means: every reading of its names weighed against every other."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from verify.folding import fold_words
from verify.places.gazetteer import distances_km
from verify.places.towns import towns
from verify.reading.certainty import counts, unsure
from verify.reading.fame import at_home, weighty
from verify.reading.lands import also_a_town, denied_too, follows, inside_of, is_area, part_of
from verify.reading.meanings import Meaning, Weighed
from verify.reading.names import Level, Mention
from verify.reading.rivals import NEIGHBOURS_KM, decide
from verify.reading.texts import Text, read
from verify.reading.toponyms import mentions, whole_name
from verify.records import Sentence, say

_FAR_LIKELIER = 10.0  # times as much weight, and the others are out of the question
_LIKELIER_INSIDE = 4.0  # the same among the towns of a region that the words name
_BESIDE_KM = 150.0  # of another place named: a town that the words may mean
_BOOST = 30.0
_AT_HOME = 5.0  # times as likely where its country speaks the language
_USUAL = 3.0  # times as likely where it is the town's usual name
_CASE_KM = 100.0
_LARGEST = say("It is the largest and best known town of that name.")


def meaning(text: str, near: Sequence[tuple[float, float]] = ()) -> Meaning:
    """Weigh what a text names. near: places that are known otherwise, in degrees."""
    taken = read(text)
    found = mentions(taken)
    denied = [one for one in found if one.negated]
    spoken = [one for one in found if not one.negated and not denied_too(taken, one, denied)]
    countries = [one for one in spoken if is_area(one, spoken, taken)]
    names = [one for one in spoken if one not in countries and one.towns]
    led = [one for one in countries if any(area.leads_to is not None for area in one.areas)]
    names = [one for one in names if not part_of(taken, one, names)]
    weighed = [judged for one in names if (judged := _weigh(taken, one, countries, names, near))]
    if not weighed:
        weighed = [_led(one) for one in led] or [
            Weighed(one, one.towns, _LARGEST, say("The country has the same name."))
            for one in countries
            if also_a_town(one)
        ]
    named = tuple(
        (one.written, area)
        for one in countries
        if one.level > Level.PLAIN or not taken.cased
        for area in one.areas
    )
    if not weighed:
        return Meaning(areas=named)
    return decide(taken, weighed, named)


def typed(text: str) -> Meaning:
    """Weigh words of which every one may belong to the name: "tripoli, lebanon", "Nice"."""
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


def _weigh(
    text: Text,
    one: Mention,
    countries: list[Mention],
    names: list[Mention],
    near: Sequence[tuple[float, float]],
) -> Weighed | None:
    beside = [other for other in countries if follows(text, one, other)]
    inside = inside_of(one.towns, beside)
    anywhere = [other for other in countries if other not in beside]
    level = Level.CERTAIN if inside else one.level
    if not counts(text, one, level, bool(inside)):
        return None
    judged = _weighed(text, replace(one, level=level), beside, anywhere, names, near)
    return replace(judged, doubt=unsure(text, judged, bool(inside), [*names, *countries]))


def _weighed(
    text: Text,
    one: Mention,
    beside: list[Mention],
    anywhere: list[Mention],
    names: list[Mention],
    near: Sequence[tuple[float, float]],
) -> Weighed:
    known = towns()
    inside = inside_of(one.towns, beside)
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
        within = inside_of(one.towns, anywhere)
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
            doubt = doubt or say("Several towns have this name.")
        elif larger and not near:
            doubt = doubt or say("A larger town has this name, too.")
    else:
        why = why if inside else say("It is the only town known by that name.")
    return Weighed(one, tuple(numbers), why, doubt, _reach(one, first))


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
    return bool(distances_km(latitude, longitude, known.points[[other]])[0] <= NEIGHBOURS_KM)


def _led(one: Mention) -> Weighed:
    towns_ = tuple(area.leads_to for area in one.areas if area.leads_to is not None)
    return Weighed(one, towns_, say("The region has the same name."), None, 250.0)
