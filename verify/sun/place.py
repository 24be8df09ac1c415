"""A place that a person names, by town or by coordinates, with the zone of its clocks."""

from __future__ import annotations

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from verify.places.zones import zone_at
from verify.reading.claimed import read_place


@dataclass(frozen=True)
class Place:
    """Degrees, north and east positive. name: as it was given, or town and country code."""

    name: str
    latitude: float
    longitude: float

    @property
    def zone(self) -> ZoneInfo:
        """The zone of the clocks there."""
        return zone_at(self.latitude, self.longitude)


def locate(words: str) -> Place | None:
    """The place that words name; the largest of the towns of that name. None if unknown.

    Coordinates in decimal degrees, or a town, with its country behind a comma if need be.
    """
    for spot in read_place(words).places:
        if spot.latitude is not None and spot.longitude is not None:
            return Place(spot.name, spot.latitude, spot.longitude)
    return None
