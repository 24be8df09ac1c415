"""The times of a day, and of a year, at which a measured shadow fits the sun."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import lru_cache

from verify.sun.position import Sun, sun_at

LENGTH_TOLERANCE = 0.1  # of the length: heights and lengths are read from pictures
DIRECTION_TOLERANCE = 5.0  # degrees
_DAY_STEP, _YEAR_STEP = 1, 10  # minutes


@dataclass(frozen=True)
class Shadow:
    """What was measured: one of the two.

    ratio: the shadow's length by the height of what casts it, above 0.
    direction: where the shadow points, in degrees clockwise from true north.
    """

    ratio: float | None = None
    direction: float | None = None

    def fits(self, sun: Sun) -> bool:
        """Whether this sun casts such a shadow, to 10 % of the length or 5 degrees."""
        if sun.shadow is None:
            return False
        if self.ratio is not None:
            return abs(sun.shadow - self.ratio) <= LENGTH_TOLERANCE * self.ratio
        apart = abs(sun.shadow_direction - (self.direction or 0.0)) % 360
        return min(apart, 360 - apart) <= DIRECTION_TOLERANCE


Span = tuple[datetime, datetime]


def fits_of_day(
    shadow: Shadow, latitude: float, longitude: float, day: date, zone: tzinfo
) -> list[Span]:
    """First and last minute of every stretch of a local day in which the shadow fits.

    Aware times in the zone given; none when it fits at no time of that day.
    """
    return list(_fits(shadow, latitude, longitude, day, zone, _DAY_STEP))


def fits_of_year(
    shadow: Shadow, latitude: float, longitude: float, year: int, zone: tzinfo
) -> dict[date, list[Span]]:
    """When a shadow fits on each day of a year, in steps of ten minutes, without the other days."""
    fits = {}
    day = date(year, 1, 1)
    while day.year == year:
        if spans := list(_fits(shadow, latitude, longitude, day, zone, _YEAR_STEP)):
            fits[day] = spans
        day += timedelta(days=1)
    return fits


def day_and_night(
    latitude: float, longitude: float, year: int, zone: tzinfo
) -> Iterator[tuple[date, list[Span]]]:
    """For each day of a year the stretches in which the sun is up."""
    day = date(year, 1, 1)
    while day.year == year:
        moments, suns = _course(latitude, longitude, day, zone, _YEAR_STEP)
        yield day, list(_spans(moments, [sun.elevation > 0 for sun in suns]))
        day += timedelta(days=1)


def _fits(
    shadow: Shadow, latitude: float, longitude: float, day: date, zone: tzinfo, step: int
) -> Iterator[Span]:
    moments, suns = _course(latitude, longitude, day, zone, step)
    return _spans(moments, [shadow.fits(sun) for sun in suns])


@lru_cache(maxsize=366)  # a year's: who plots one asks for daylight and for shadows
def _course(
    latitude: float, longitude: float, day: date, zone: tzinfo, step: int
) -> tuple[list[datetime], list[Sun]]:
    """The moments of a local day, and the sun at each."""
    moments = _moments(day, zone, step)
    return moments, [sun_at(latitude, longitude, at) for at in moments]


def _moments(day: date, zone: tzinfo, step: int) -> list[datetime]:
    """The moments of a local day, also where the clocks jump in it."""
    start = datetime(day.year, day.month, day.day, tzinfo=zone).astimezone(UTC)
    moments = (start + timedelta(minutes=at) for at in range(0, 25 * 60, step))
    local = (moment.astimezone(zone) for moment in moments)
    return [moment for moment in local if moment.date() == day]


def _spans(moments: list[datetime], fit: list[bool]) -> Iterator[Span]:
    first = None
    for number, good in enumerate(fit):
        if good and first is None:
            first = moments[number]
        if first is not None and (not good or number + 1 == len(fit)):
            yield first, moments[number if good else number - 1]
            first = None
