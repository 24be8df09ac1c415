"""A name in a text that may be that of a place, and how plainly it is meant as one."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from verify.places.areas import CITY_STATES, Area


class Level(IntEnum):
    """How plainly a name is meant as a place."""

    NONE = -1  # a newspaper's, a club's, a street's
    DOUBTFUL = 0  # as in "the mayor of", "says"
    BESIDE = 1  # beside another word with a capital, as the name of a person or a club
    PLAIN = 2  # nothing is said
    LIKELY = 3  # at the start, or behind "of", "to"
    CERTAIN = 4  # behind "in", by itself, or beside "city"


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


def same_place(one: Mention) -> bool:
    """Whether a name is that of a country and of the town that is that country."""
    return any(area.country in CITY_STATES for area in one.areas)
