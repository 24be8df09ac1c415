"""Places that stand in the words of a claim, in English and Arabic.

Read conservatively: many towns are named like words or people. In running text a name
counts after a word such as "in" or "near", as a hashtag, before a comma or colon at the
start, or after another place and a comma; in a field for the place it counts anywhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice

import numpy as np

from verify.places.gazetteer import (
    Points,
    country_codes,
    distances_km,
    fold,
    gazetteer,
)
from verify.places.towns import towns
from verify.reading.months import months
from verify.records import Claim, Sentence, say

_LONGEST = 4000  # characters of a claim that are read
_MOST_PLACES = 10
_MOST_WORDS = 4
_BEFORE = (
    " in at near from outside inside over across around toward towards to of on "
    "northern southern eastern western north south east west "
    "في من قرب الي علي شمال جنوب شرق غرب وسط مدينه محافظه بلده ريف خارج داخل "
    "مرفا مينا مطار مخيم ضواحي محيط "
)
# Names that GeoNames lists for some town, and that running text uses for something else.
_OTHER_THINGS = {
    *("africa", "airport", "allah", "asia", "central", "freedom", "green", "hamas", "market"),
    *("north", "police", "port", "ramadan", "union", "university"),
    *("الحريه", "الحي", "المدينه", "حماس", "رمضان", "نور", "صور", "الصور", "امان"),
}
# What may stand between a town and its country.
_OF = re.compile(
    r"\s*(?:[,،/(–-]\s*)?(?:(?:in|the|north(?:ern)?|south(?:ern)?|east(?:ern)?|west(?:ern)?"
    r"|في|شمال|جنوب|شرق|غرب)\s+)*",
    re.IGNORECASE,
)
_AFTER = {"city", "governorate", "province", "oblast", "region", "district", "today"}
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_BREAK = re.compile(r"[^\w\s'’-]|\n")
_COLONS = set(":,،-–—")
_SHORTEST_JOINED = 4
_COORDINATES = re.compile(
    r"(-?\d{1,2}(?:\.\d+)?)\s*°?\s*([NS]?)\s*[,;\s]\s*(-?\d{1,3}(?:\.\d+)?)\s*°?\s*([EW]?)",
    re.IGNORECASE,
)
_DEGREES = re.compile(r"(?<![\w.])(-?\d{1,2}\.\d{3,12})\s*[,;\s]\s*(-?\d{1,3}\.\d{3,12})(?![\w.])")


@dataclass(frozen=True)
class NamedPlace:
    """A place as written, and the points in degrees, shape (n, 2), that may be meant.

    country: its ISO code, for a country. towns: the numbers of the towns that may be meant, the
    largest first. stated: a person gave it apart from the words.
    """

    written: str
    points: Points
    country: str = ""
    towns: tuple[int, ...] = ()
    stated: bool = False

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
        """To the nearest point that may be meant.

        Of a country only towns are known, so a place that is no farther from its towns than
        from any other country's counts as inside.
        """
        nearest = float(distances_km(latitude, longitude, self.points).min())
        if self.country:
            nearest -= float(distances_km(latitude, longitude, gazetteer().points).min())
        return nearest


def places_claimed(claim: Claim) -> list[NamedPlace]:
    """The places of a claim: the one kept with it, else those in its words.

    Where a person stated that no place is meant, the words do not count.
    """
    if claim.latitude is not None and claim.longitude is not None:
        name = claim.place or f"{claim.latitude}, {claim.longitude}"
        return [_point(name, claim.latitude, claim.longitude, stated=claim.place_stated)]
    if claim.place:
        return [replace(one, stated=claim.place_stated) for one in place_typed(claim.place)]
    return [] if claim.place_stated else places_in(claim.text)


def places_in(text: str) -> list[NamedPlace]:
    """The coordinates in decimal degrees, else the towns, else the countries that a text names.

    Where a country follows a town, of towns of that name those of that country are meant.
    """
    text = text[:_LONGEST]
    return _degrees(text) or _sorted_out(_few(_named(text, anywhere=False)), text)


def place_typed(text: str) -> list[NamedPlace]:
    """The same for an answer to the question for a place, where every word may be its name."""
    text = text[:_LONGEST].strip(" .،,")
    if found := _COORDINATES.fullmatch(text):
        return _coordinates(text, *found.groups())
    if degrees := _degrees(text):
        return degrees
    whole = _place(text)
    return [whole] if whole else _sorted_out(_few(_named(text, anywhere=True)), text)


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
    return list(islice(found, _MOST_PLACES))


def _sorted_out(places: list[NamedPlace], text: str) -> list[NamedPlace]:
    countries = [place for place in places if place.country]
    named = [place for place in places if not place.country]
    return [_within(place, countries, text) for place in named] or places


def _within(place: NamedPlace, countries: list[NamedPlace], text: str) -> NamedPlace:
    """The place, of towns of its name only those in the country that follows, if there are any."""
    _, _, after = text.partition(place.written)
    followed = {
        country.country
        for country in countries
        if _OF.fullmatch(after.partition(country.written)[0]) and country.written in after
    }
    inside = tuple(town for town in place.towns if towns().countries[town] in followed)
    return replace(place, points=towns().points[[*inside]], towns=inside) if inside else place


def _few(places: Iterator[NamedPlace]) -> list[NamedPlace]:
    """The first places of different names."""
    few: dict[str, NamedPlace] = {}
    for place in places:
        few.setdefault(fold(place.written), place)
        if len(few) == _MOST_PLACES:
            break
    return list(few.values())


def _point(written: str, latitude: float, longitude: float, *, stated: bool = False) -> NamedPlace:
    return NamedPlace(written, np.array([[latitude, longitude]]), stated=stated)


def _named(text: str, *, anywhere: bool) -> Iterator[NamedPlace]:
    words = list(_WORD.finditer(text))
    at, last_end = 0, -1
    while at < len(words):
        start, step = words[at].start(), 1
        for count in range(min(_MOST_WORDS, len(words) - at), 0, -1):
            end = words[at + count - 1].end()
            place, joined = _look_up(text[start:end])
            if place and not anywhere and fold(place.written) in _OTHER_THINGS:
                continue
            counts = anywhere and f" {fold(text[start:end])} " not in _BEFORE
            if place and (counts or joined or _introduced(text, words, at, count, last_end)):
                yield place
                last_end, step = end, count
                break
        at += step


def _look_up(written: str) -> tuple[NamedPlace | None, bool]:
    """The place of that name; and whether an Arabic "in" is written onto it, as in "بدمشق"."""
    if place := _place(written):
        return place, False
    if written.startswith("ب") and len(written) > _SHORTEST_JOINED:
        return _place(written[1:]), True
    return None, False


def _place(written: str) -> NamedPlace | None:
    name = fold(written)
    if _BREAK.search(written) or name in months():  # March is a town, too
        return None
    if country := country_codes().get(name):
        inside = np.flatnonzero(gazetteer().countries == country)
        return NamedPlace(written, gazetteer().points[inside], country) if inside.size else None
    found = towns().named.get(name)
    return NamedPlace(written, towns().points[found], towns=tuple(found)) if found else None


def _introduced(text: str, words: list[re.Match[str]], at: int, count: int, last_end: int) -> bool:
    """Whether the words at this place of running text are meant as the name of a place."""
    start, end = words[at].start(), words[at + count - 1].end()
    if text[start - 1 : start] == "#":
        return True
    if text[start].islower():
        return False
    if at + count < len(words):
        following = words[at + count]
        more = following[0][0].isupper() and fold(following[0]) not in _AFTER
        if more and not text[end : following.start()].strip():
            return False  # "in Independence Square"
    if at == 0:
        mark = text[end:].lstrip()[:1]
        return not mark or mark in _COLONS or mark.isdecimal()
    between = text[words[at - 1].end() : start]
    if words[at - 1].end() == last_end:
        return between.strip() in {",", "،", "/", "-", "–", "("}
    before = at - 2 if at > 1 and words[at - 1][0] == "the" else at - 1  # "in the USA"
    gap = text[words[before].end() : start].replace("the", "", at - 1 - before)
    return not gap.strip() and f" {fold(words[before][0])} " in _BEFORE
