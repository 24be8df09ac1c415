"""The sun against published values."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from verify.sun.fitting import Shadow, day_and_night, fits_of_day, fits_of_year
from verify.sun.plot import draw
from verify.sun.position import Light, sun_at

DAMASCUS, ZONE = (33.5102, 36.2913), ZoneInfo("Asia/Damascus")


@pytest.mark.parametrize(
    ("place", "at", "elevation", "azimuth"),
    [
        # Reda and Andreas, Solar Position Algorithm, NREL/TP-560-34302, table A5.1:
        # zenith 50.11162, azimuth 194.34024.
        ((39.742476, -105.1786), "2003-10-17T12:30:30-07:00", 39.88838, 194.34024),
        # South African Astronomical Observatory, "Approximate Position of the Sun" after Yallop,
        # NAO Technical Note 46, example (a): Cape Town, altitude 49.822, azimuth 67.49.
        ((-33.93, 18.37), "1995-02-15T08:30:00+00:00", 49.822, 67.49),
        # At Greenwich the sun stands due south at noon less the equation of time, 13 m 42.7 s by
        # Meeus, Astronomical Algorithms, example 28.b, as high as the colatitude and the
        # declination of example 25.a, half a day on: 38.522 - 7.97.
        ((51.478, 0), "1992-10-13T11:46:17+00:00", 30.55, 180.0),
        # Seen from a pole the sun stands as high as its declination.
        # Meeus, Astronomical Algorithms, example 25.a: -7.78507.
        ((90, 0), "1992-10-13T00:00:00+00:00", -7.78507, None),
        # US Naval Observatory, Earth's Seasons: solstice of 20 June 2024, obliquity 23.436.
        ((90, 0), "2024-06-20T20:51:00+00:00", 23.436, None),
        ((-90, 0), "2024-12-21T09:20:00+00:00", 23.436, None),
    ],
)
def test_the_sun_stands_where_almanacs_say(
    place: tuple[float, float], at: str, elevation: float, azimuth: float | None
) -> None:
    sun = sun_at(*place, datetime.fromisoformat(at))
    assert sun.elevation == pytest.approx(elevation, abs=0.3)
    if azimuth is not None:
        assert sun.azimuth == pytest.approx(azimuth, abs=0.3)


def test_a_shadow_points_away_from_the_sun() -> None:
    noon = sun_at(0, 0, datetime(2024, 6, 20, 12, tzinfo=UTC))
    assert noon.shadow_direction == pytest.approx(180, abs=3)
    assert noon.shadow == pytest.approx(0.433, abs=0.01)  # the tangent of 23.4 degrees


@pytest.mark.parametrize(
    ("at", "light"),
    [
        # US Naval Observatory's table for London, 21 June 2024: sunset 20:21, end of civil
        # twilight 21:09 UTC. In Reykjavik's longest nights the sun stays far below.
        ("2024-06-21T20:15", Light.DAYLIGHT),
        ("2024-06-21T20:40", Light.TWILIGHT),
        ("2024-06-21T23:30", Light.DUSK),
        ("2024-12-21T23:30", Light.NIGHT),
    ],
)
def test_day_twilight_and_night_are_told_apart(at: str, light: Light) -> None:
    assert sun_at(51.5, -0.127, datetime.fromisoformat(at + "+00:00")).light is light


@pytest.mark.parametrize(
    ("minute", "light"),
    [
        # US Naval Observatory for 42 N 80 W, 9 April 2018: sunrise 10:49, sunset 23:55 UTC.
        ("10:47", Light.TWILIGHT),
        ("10:51", Light.DAYLIGHT),
        ("23:53", Light.DAYLIGHT),
        ("23:57", Light.TWILIGHT),
    ],
)
def test_the_sun_rises_and_sets_when_almanacs_say(minute: str, light: Light) -> None:
    assert sun_at(42, -80, datetime.fromisoformat(f"2018-04-09T{minute}+00:00")).light is light


@pytest.mark.parametrize("place", [(91.0, 0.0), (0.0, 181.0), (float("nan"), 0.0)])
def test_a_place_that_is_none_is_refused(place: tuple[float, float]) -> None:
    with pytest.raises(ValueError, match="place"):
        sun_at(*place, datetime(2024, 1, 1, tzinfo=UTC))


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        sun_at(0, 0, datetime(2024, 1, 1))


@given(st.integers(7, 17), st.integers(0, 59), st.dates(date(1990, 1, 1), date(2060, 1, 1)))
def test_the_time_of_a_shadow_is_found_again(hour: int, minute: int, day: date) -> None:
    at = datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZONE)
    sun = sun_at(*DAMASCUS, at)
    if sun.shadow is None:
        return
    for shadow in (Shadow(ratio=sun.shadow), Shadow(direction=sun.shadow_direction)):
        spans = fits_of_day(shadow, *DAMASCUS, day, ZONE)
        assert any(first <= at <= last for first, last in spans)
        assert len(spans) <= 2


def test_a_length_fits_in_the_morning_and_in_the_afternoon_a_direction_once() -> None:
    day = date(2024, 5, 1)
    assert len(fits_of_day(Shadow(ratio=1.5), *DAMASCUS, day, ZONE)) == 2
    assert len(fits_of_day(Shadow(direction=0), *DAMASCUS, day, ZONE)) == 1
    assert fits_of_day(Shadow(direction=180), *DAMASCUS, day, ZONE) == []


def test_the_plot_shows_the_days_on_which_a_shadow_fits() -> None:
    short = fits_of_year(Shadow(ratio=0.3), *DAMASCUS, 2024, ZONE)
    assert date(2024, 6, 21) in short
    assert date(2024, 12, 21) not in short
    up = dict(day_and_night(*DAMASCUS, 2024, ZONE))
    assert len(up) == 366
    plot = Image.open(io.BytesIO(draw(up, short, date(2024, 6, 21))))
    red = (196, 60, 20)
    pixels = plot.convert("RGB").load()
    assert pixels is not None
    columns = {
        x for x in range(plot.width) for y in range(0, plot.height, 3) if pixels[x, y] == red
    }
    assert 70 + 3 * 170 in columns  # June
    assert not columns & set(range(70, 70 + 3 * 60))  # January and February
