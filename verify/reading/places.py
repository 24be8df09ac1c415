"""The places of a claim: what its words name, and what is kept with it.

A place is certain where it is the only one that the words name, and every other of that name is
far less likely. All else is offered to choose from and contradicts nobody.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice

import numpy as np

from verify.folding import fold_words
from verify.places.areas import Area
from verify.places.disputed import claimants_at, disputed, disputed_at
from verify.places.gazetteer import Points, distances_km, gazetteer
from verify.places.towns import towns
from verify.reading.meanings import Meaning, Weighed
from verify.reading.weighing import meaning, typed
from verify.records import Claim, Sentence, say

_LONGEST = 4000  # characters of a claim that are read
_MOST_PLACES = 10
_SAME_KM = 5.0  # of a place that is kept with a claim: it was read from these words
_COORDINATES = re.compile(
    r"(-?\d{1,2}(?:\.\d+)?)\s*°?\s*([NS]?)\s*[,;\s]\s*(-?\d{1,3}(?:\.\d+)?)\s*°?\s*([EW]?)",
    re.IGNORECASE,
)
_DEGREES = re.compile(r"(?<![\w.])(-?\d{1,2}\.\d{3,12})\s*[,;\s]\s*(-?\d{1,3}\.\d{3,12})(?![\w.])")


@dataclass(frozen=True)
class NamedPlace:
    """A place as written, and the points in degrees, shape (n, 2), that may be meant.

    country: its ISO code, for a country. towns: the numbers of the towns that may be meant, the
    likeliest first. stated: a person gave it apart from the words. doubt: why it may not be meant;
    None where it is certain: then the first point is. why: what speaks for the first town.
    reach_km: how far from that point the name still fits, as for a province. disputed: more than
    one state claims the ground.
    """

    written: str
    points: Points
    country: str = ""
    towns: tuple[int, ...] = ()
    stated: bool = False
    doubt: Sentence | None = None
    why: Sentence | None = None
    reach_km: float = 0.0
    disputed: bool = False

    @property
    def certain(self) -> bool:
        """Whether it may contradict what a file says."""
        return self.doubt is None

    @property
    def caution(self) -> Sentence:
        """How far this place can be relied on."""
        if self.stated:
            return say(
                "A person at this desk stated the place that the claim means; whoever claims it "
                "may have meant another."
            )
        return say(
            "The place was read from the words of the claim by rule, and many places share a name."
        )

    def distance_km(self, latitude: float, longitude: float) -> float:
        """To the nearest point that may be meant; 0 within the reach of the name.

        Of a country only towns are known, so a place that is no farther from its towns than
        from any other country's counts as inside, and so does what it claims.
        """
        nearest = float(distances_km(latitude, longitude, self.points).min())
        if self.country:
            if self.country in claimants_at(latitude, longitude):
                return 0.0
            nearest -= float(distances_km(latitude, longitude, gazetteer().points).min())
        return max(0.0, nearest - self.reach_km)


def places_claimed(claim: Claim) -> list[NamedPlace]:
    """The places of a claim: the one kept with it, else those in its words.

    Where a person stated that no place is meant, the words do not count.
    """
    if claim.latitude is not None and claim.longitude is not None:
        return [_kept(claim, claim.latitude, claim.longitude)]
    if claim.place:
        return [replace(one, stated=claim.place_stated) for one in place_typed(claim.place)]
    return [] if claim.place_stated else places_in(claim.text)


def places_in(text: str, near: Sequence[tuple[float, float]] = ()) -> list[NamedPlace]:
    """The coordinates in decimal degrees, else the towns, else the countries that a text names.

    One that is certain stands alone. near: places that are known otherwise, in degrees: towns near
    them are likelier.
    """
    text = text[:_LONGEST]
    return _degrees(text) or _named(_meaning(text, tuple(near)))


@lru_cache(maxsize=1000)
def _meaning(text: str, near: tuple[tuple[float, float], ...]) -> Meaning:
    """What a text means, which is asked by one comparison after the other."""
    return meaning(text, near)


def place_typed(text: str) -> list[NamedPlace]:
    """Read the answer to the question for a place, where every word may be its name."""
    text = text[:_LONGEST].strip(" .،,")
    if found := _COORDINATES.fullmatch(text):
        return _coordinates(text, *found.groups())
    return _degrees(text) or _named(typed(text)) or _named(meaning(text))


def country(written: str, area: Area, doubt: Sentence | None = None) -> NamedPlace | None:
    """A country, or a part of one, by all towns in it; None where none is known."""
    if area.country:
        inside = np.flatnonzero(gazetteer().countries == area.country)
        points = gazetteer().points[inside]
        return NamedPlace(written, points, area.country, doubt=doubt) if inside.size else None
    known = towns()
    numbers = [number for number in range(len(known.names)) if area.holds(number)]
    if not numbers:
        return None
    claimed = any(disputed(number) for number in numbers[:3])
    # between towns of a region lie villages of it
    return NamedPlace(written, known.points[numbers], doubt=doubt, reach_km=100, disputed=claimed)


def _named(read: Meaning) -> list[NamedPlace]:
    if certain := read.certain:
        return [_place(certain, None)]
    if read.places:
        return [_place(one, one.doubt or read.doubt) for one in read.places[:_MOST_PLACES]]
    several = len({area for _, area in read.areas}) > 1
    doubt = say("More than one place is named.") if several else None
    few = {(fold_words(name), area): (name, area) for name, area in reversed(read.areas)}
    found = (country(written, area, doubt) for written, area in reversed(few.values()))
    return list(islice(filter(None, found), _MOST_PLACES))


def _place(one: Weighed, doubt: Sentence | None) -> NamedPlace:
    numbers = one.towns[:1] if doubt is None else one.towns
    return NamedPlace(
        one.mention.written,
        towns().points[[*numbers]],
        towns=numbers,
        doubt=doubt,
        why=one.why,
        reach_km=one.reach_km,
        disputed=disputed(numbers[0]),
    )


def _kept(claim: Claim, latitude: float, longitude: float) -> NamedPlace:
    """The place kept with a claim, with the reach that its words give it.

    The words may have meant it only by what was known of its case: so they are read near it.
    """
    name = claim.place or f"{latitude}, {longitude}"
    kept = _point(name, latitude, longitude, stated=claim.place_stated)
    kept = replace(kept, disputed=disputed_at(latitude, longitude))
    if claim.place_stated:
        return kept
    for read in places_in(claim.text, [(latitude, longitude)]):
        if read.certain and distances_km(latitude, longitude, read.points).min() <= _SAME_KM:
            return read
    return kept


def _coordinates(
    text: str, latitude: str, south: str, longitude: str, west: str
) -> list[NamedPlace]:
    north = -float(latitude) if south.upper() == "S" else float(latitude)
    east = -float(longitude) if west.upper() == "W" else float(longitude)
    return [_point(text, north, east)] if abs(north) <= 90 and abs(east) <= 180 else []


def _degrees(text: str) -> list[NamedPlace]:
    found = (
        _point(match[0], float(match[1]), float(match[2]))
        for match in _DEGREES.finditer(text)
        if abs(float(match[1])) <= 90 and abs(float(match[2])) <= 180
    )
    points = list(islice(found, _MOST_PLACES))
    doubt = say("More than one place is named.") if len(points) > 1 else None
    return [replace(point, doubt=doubt) for point in points]


def _point(written: str, latitude: float, longitude: float, *, stated: bool = False) -> NamedPlace:
    return NamedPlace(written, np.array([[latitude, longitude]]), stated=stated)
