"""Where the sun stands at a place and time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from math import radians, tan

from astral import Observer
from astral.sun import zenith_and_azimuth

# The sun's centre at these heights, refraction left out, parts the kinds of light.
# Source: US Naval Observatory, "Rise, Set, and Twilight Definitions".
_SUNRISE, _CIVIL, _ASTRONOMICAL = -0.833, -6.0, -18.0
_LEAST_ELEVATION = 0.5  # below it shadows are too long and too faint to be measured


class Light(StrEnum):
    """How light it is under a clear sky.

    twilight: the sun is down by at most 6 degrees, and things are seen without a lamp;
    dusk: by at most 18 degrees.
    """

    DAYLIGHT = "daylight"
    TWILIGHT = "twilight"
    DUSK = "dusk"
    NIGHT = "night"


@dataclass(frozen=True, slots=True)
class Sun:
    """The sun at one moment, in degrees.

    elevation: above a flat horizon as seen, so with refraction. azimuth: clockwise from true
    north, where the sun stands; shadow_direction: where shadows fall.
    shadow: the length of an upright metre's shadow on level ground, in metres; None when the
    sun is too low.
    """

    elevation: float
    azimuth: float
    light: Light

    @property
    def shadow_direction(self) -> float:
        return (self.azimuth + 180) % 360

    @property
    def shadow(self) -> float | None:
        return 1 / tan(radians(self.elevation)) if self.elevation >= _LEAST_ELEVATION else None


def sun_at(latitude: float, longitude: float, at: datetime) -> Sun:
    """The sun over a place. Degrees, north and east positive; at: aware.

    Raises ValueError for a place that is none, and for a time without a zone.
    """
    if at.tzinfo is None:
        raise ValueError("a time without a zone is no moment")
    if not (abs(latitude) <= 90 and abs(longitude) <= 180):
        raise ValueError("no place on earth")
    moment = at.astimezone(UTC)
    observer = Observer(latitude, longitude, 0)
    geometric, azimuth = zenith_and_azimuth(observer, moment, with_refraction=False)
    apparent, _ = zenith_and_azimuth(observer, moment, with_refraction=True)
    return Sun(90 - apparent, azimuth % 360, _light(90 - geometric))


def _light(elevation: float) -> Light:
    if elevation >= _SUNRISE:
        return Light.DAYLIGHT
    if elevation >= _CIVIL:
        return Light.TWILIGHT
    return Light.DUSK if elevation >= _ASTRONOMICAL else Light.NIGHT
