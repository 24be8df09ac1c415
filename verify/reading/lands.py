"""Countries and regions that a text names, and the towns that stand in them."""

from __future__ import annotations

from collections.abc import Sequence

from verify.folding import fold_words
from verify.places.towns import towns
from verify.reading.fame import weighty
from verify.reading.names import Mention, same_place
from verify.reading.texts import Text

_LARGE = 5.0e6  # of `Towns.weights`


def denied_too(text: Text, one: Mention, denied: list[Mention]) -> bool:
    """Whether a country stands behind what the words deny: "not Birmingham, Alabama"."""
    return bool(one.areas) and any(
        other.end <= one.start and follows(text, other, one) for other in denied
    )


def also_a_town(one: Mention) -> bool:
    """Whether a country's name is that of a large town elsewhere: Granada is Grenada in Spanish."""
    known = towns()
    return any(
        known.weights[town] > _LARGE
        and fold_words(known.names[town]) in one.keys
        and not any(area.holds(town) for area in one.areas)
        for town in one.towns[:1]
    )


def part_of(text: Text, one: Mention, names: list[Mention]) -> bool:
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


def is_area(one: Mention, all_: list[Mention], text: Text) -> bool:
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
        and follows(text, other, one)
        and any(area.holds(town) for area in one.areas for town in other.towns)
        for other in all_
    )


def follows(text: Text, town: Mention, area: Mention) -> bool:
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


_BETWEEN = (
    "in the of northern southern eastern western north south east west central في شمال "
    "جنوب شرق غرب شمالي جنوبي شرقي غربي وسط au en dans le la du nord sud est ouest de del "
    "al norte sur este oeste im süd norden süden w na в на у північ южной در no"
)
_LINKING = frozenset(_BETWEEN.split())


def inside_of(numbers: Sequence[int], beside: list[Mention]) -> frozenset[int]:
    """Those of the towns that lie in one of the areas named beside them."""
    return frozenset(
        town for town in numbers for one in beside for area in one.areas if area.holds(town)
    )
