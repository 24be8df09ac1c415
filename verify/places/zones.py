"""The zones of the clocks at a place, from the map that the tzfpy package ships."""

from __future__ import annotations

from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import tzfpy


def zone_name(latitude: float, longitude: float) -> str:
    """IANA's name of the zone at a place; at sea the nautical one. Degrees."""
    return tzfpy.get_tz(longitude, latitude) or "UTC"


def zone_at(latitude: float, longitude: float) -> ZoneInfo:
    """The zone of the clocks at a place. Degrees."""
    try:
        return ZoneInfo(zone_name(latitude, longitude))
    except ZoneInfoNotFoundError:
        return ZoneInfo("UTC")
