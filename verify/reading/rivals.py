"""Which of several places named in a text is meant, if any."""

from __future__ import annotations

from verify.places.areas import Area
from verify.places.gazetteer import distances_km
from verify.places.towns import towns
from verify.reading.fame import weighty
from verify.reading.meanings import Meaning, Weighed
from verify.reading.names import Level
from verify.reading.texts import Text
from verify.records import say

NEIGHBOURS_KM = 30.0  # one place by two names, or a town and its quarter


def decide(text: Text, weighed: list[Weighed], named: tuple[tuple[str, Area], ...]) -> Meaning:
    """The meaning of a text that names these places, the plainest first, and these areas.

    One is certain where every other is the same place, is hardly meant, or is little known.
    """
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
    division = known.countries[one.towns[0]], known.regions[one.towns[0]]
    together = division == (known.countries[other.towns[0]], known.regions[other.towns[0]])
    if one.mention.region or other.mention.region:
        return together
    if together and apart <= max(one.reach_km, other.reach_km):
        return True
    apposed = not between.strip(" ,،(:[/—–-#")  # as in "Douma, Damascus"
    return apposed and apart <= NEIGHBOURS_KM


_AND_WORDS = "and & + و et y und ve i e a и та й і to - – — → / bis до à"
_AND = frozenset(_AND_WORDS.split())
