"""What is said of the sun over a place, which stands where it does whoever asks."""

from __future__ import annotations

from verify.records import Sentence, WallTime, say

_LIGHT = {
    "daylight": say("It is daylight."),
    "twilight": say("It is twilight: the sun is down, and things are seen without a lamp."),
    "dusk": say("It is nearly dark: the last of twilight."),
    "night": say("It is night."),
}


def over(place: str, at: WallTime) -> Sentence:
    """at: by the clocks there."""
    return say("The sun over {place}, {time}", place=place, time=at)


def stands(elevation: float, azimuth: float) -> Sentence:
    """Where it stands, in degrees."""
    return say(
        "Elevation {elevation}°, azimuth {azimuth}° from true north.",
        elevation=round(elevation, 1),
        azimuth=round(azimuth, 1),
    )


def light(kind: str) -> Sentence:
    """How light it is. kind: a `Light` of `verify.sun.position`."""
    return _LIGHT[kind]


def shadows(length: float | None, direction: float) -> Sentence:
    """Shadows by the metre of height; length None where the sun is too low for any."""
    if length is None:
        return say("There are no shadows that could be measured.")
    return say(
        "Shadows fall towards {direction}° and are {length} m long for each metre of height.",
        direction=round(direction, 1),
        length=round(length, 2),
    )


def caution(zone: str) -> Sentence:
    return say(
        "For level ground and a flat horizon, by the clocks at that place ({zone}). Hills and "
        "houses hide the sun earlier.",
        zone=zone,
    )
