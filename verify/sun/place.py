"""A place that a person names, by town or by coordinates, with the zone of its clocks."""

from __future__ import annotations

import re
from dataclasses import dataclass
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import tzfpy

from verify.comparisons.reading.gazetteer import country_codes, fold, gazetteer

_COORDINATES = re.compile(
    r"(\d{1,2}(?:\.\d+)?|-\d{1,2}(?:\.\d+)?)\s*°?\s*([NS]?)\s*[,;\s]\s*"
    r"(-?\d{1,3}(?:\.\d+)?)\s*°?\s*([EW]?)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Place:
    """Degrees, north and east positive. name: as it was given, or town and country code."""

    name: str
    latitude: float
    longitude: float

    @property
    def zone(self) -> ZoneInfo:
        """The zone of the clocks there; at sea the nautical one."""
        try:
            return ZoneInfo(tzfpy.get_tz(self.longitude, self.latitude) or "UTC")
        except ZoneInfoNotFoundError:
            return ZoneInfo("UTC")


def locate(words: str) -> Place | None:
    """The place that words name; the largest of the towns of that name. None if unknown.

    Coordinates in decimal degrees, or a town, with its country behind a comma if need be.
    """
    words = words.strip(" ,،")
    if found := _COORDINATES.fullmatch(words):
        return _point(words, *found.groups())
    town, _, country = words.replace("،", ",").partition(",")
    towns = gazetteer()
    rows = towns.named.get(fold(town), [])
    if country:
        code = country_codes().get(fold(country))
        rows = [row for row in rows if towns.countries[row] == code]
    if not rows:
        return None
    row = max(rows, key=lambda row: int(towns.inhabitants[row]))
    latitude, longitude = towns.points[row].tolist()
    return Place(f"{towns.towns[row]}, {towns.countries[row]}", latitude, longitude)


def _point(words: str, latitude: str, south: str, longitude: str, west: str) -> Place | None:
    degrees = [float(latitude), float(longitude)]
    if south.upper() == "S":
        degrees[0] = -degrees[0]
    if west.upper() == "W":
        degrees[1] = -degrees[1]
    if abs(degrees[0]) > 90 or abs(degrees[1]) > 180:
        return None
    return Place(words, *degrees)
