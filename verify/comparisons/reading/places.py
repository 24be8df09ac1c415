"""Places that stand in the words of a claim, in English and Arabic.

Read conservatively: many towns are named like words or people. In running text a name
counts after a word such as "in" or "near", as a hashtag, before a comma or colon at the
start, or after another place and a comma; in a field for the place it counts anywhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from verify.comparisons.reading.dates import MONTHS
from verify.comparisons.reading.gazetteer import (
    Points,
    country_codes,
    distances_km,
    fold,
    gazetteer,
)
from verify.records import Claim

_LONGEST = 4000  # characters of a claim that are read
_MOST_PLACES = 10
_MOST_WORDS = 4
_BEFORE = (
    " in at near from outside inside over across around toward towards to of on "
    " في من قرب الي علي شمال جنوب شرق غرب وسط مدينه محافظه بلده ريف خارج داخل "
)
_AFTER = {"city", "governorate", "province", "oblast", "region", "district", "today"}
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_BREAK = re.compile(r"[^\w\s'’-]|\n")
_COLONS = set(":,،-–—")
_SHORTEST_JOINED = 4
_DEGREES = re.compile(r"(?<![\w.])(-?\d{1,2}\.\d{3,12})\s*[,;\s]\s*(-?\d{1,3}\.\d{3,12})(?![\w.])")


@dataclass(frozen=True)
class NamedPlace:
    """A place as written, and the points in degrees, shape (n, 2), that may be meant."""

    written: str
    points: Points
    country: bool = False

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
    """The places of a claim: those stated with it, else those in its words.

    Countries count only where no town is named.
    """
    if claim.latitude is not None and claim.longitude is not None:
        return [_point(f"{claim.latitude}, {claim.longitude}", claim.latitude, claim.longitude)]
    named = _few(_named(claim.place[:_LONGEST], anywhere=True)) or places_in(claim.text)
    return [place for place in named if not place.country] or named


def places_in(text: str) -> list[NamedPlace]:
    """The coordinates in decimal degrees, towns and countries that a text names."""
    text = text[:_LONGEST]
    degrees = [
        _point(match[0], float(match[1]), float(match[2]))
        for match in _DEGREES.finditer(text)
        if abs(float(match[1])) <= 90 and abs(float(match[2])) <= 180
    ]
    return degrees[:_MOST_PLACES] or _few(_named(text, anywhere=False))


def _few(places: Iterator[NamedPlace]) -> list[NamedPlace]:
    """The first places of different names."""
    few: dict[str, NamedPlace] = {}
    for place in places:
        few.setdefault(fold(place.written), place)
        if len(few) == _MOST_PLACES:
            break
    return list(few.values())


def _point(written: str, latitude: float, longitude: float) -> NamedPlace:
    return NamedPlace(written, np.array([[latitude, longitude]]))


def _named(text: str, *, anywhere: bool) -> Iterator[NamedPlace]:
    words = list(_WORD.finditer(text))
    at, last_end = 0, -1
    while at < len(words):
        start, step = words[at].start(), 1
        for count in range(min(_MOST_WORDS, len(words) - at), 0, -1):
            end = words[at + count - 1].end()
            place, joined = _look_up(text[start:end])
            if place and (anywhere or joined or _introduced(text, words, at, count, last_end)):
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
    name, towns = fold(written), gazetteer()
    if _BREAK.search(written) or name in MONTHS:  # March is a town, too
        return None
    country = country_codes().get(name)
    rows = [*towns.named.get(name, [])]
    if country:
        rows += np.flatnonzero(towns.countries == country).tolist()
    return NamedPlace(written, towns.points[rows], country is not None) if rows else None


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
        return text[end : end + 2].lstrip()[:1] in _COLONS
    between = text[words[at - 1].end() : start]
    if words[at - 1].end() == last_end:
        return between.strip() in {",", "،", "/", "-", "–"}
    return not between.strip() and f" {fold(words[at - 1][0])} " in _BEFORE
