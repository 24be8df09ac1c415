"""What did the sun do at the place and time that the file or the claim names?

Reads: the capture time, else the time kept with a claim, both by the clocks of the place unless a
zone is named; the file's coordinates, else the town or coordinates of a claim; and the words of the
claims.

Outcomes:
- noted: how high the sun stood and where, daylight or night, and how long shadows were.
- flagged: the claim plainly says night, and the sun stood high in the working day; or it says
  daylight or a part of the day, and it was dark at an hour that is far from it.
- inconclusive: the same, but the file names no zone.
- nothing: the place or the time is missing.

Errs: clocks and coordinates can be wrong, hills and houses hide the sun, and clouds the
shadows. Only plain words such as "at night" or "in broad daylight" are compared, and none of a
claim that speaks of what was left afterwards: that is pictured at another hour.

Example: Damascus, 2024-05-01 12:30 +03:00: the sun stands 72 degrees high in the south, and a
metre's shadow is 0.33 m long.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from verify.comparisons import Circumstances
from verify.places.zones import zone_at
from verify.reading.capture import capture
from verify.reading.dates import moment_claimed
from verify.reading.halves import Half
from verify.reading.light import light_in
from verify.reading.places import places_claimed
from verify.records import Claim, Finding, Instant, Outcome, Pillar, Sentence, say
from verify.sun.position import Light, Sun, sun_at

PILLAR = Pillar.LOCATION
_HIGH = 5.0  # degrees: no dusk any more, whatever the clock's fault of some minutes

# Hours of the clock at which words cannot mean what the sun did. Within the polar circles the sun
# is high at midnight and down at noon, and in the early hours some say night, and others morning.
_NO_NIGHT = range(8, 18)
_DARK_OTHERWISE = {
    None: frozenset({21, 22, 23, *range(5)}),
    Half.MORNING: frozenset(range(18, 24)),
    Half.NOON: frozenset({*range(18, 24), *range(9)}),
    Half.AFTERNOON: frozenset({21, 22, 23, *range(10)}),
}


def compare(circumstances: Circumstances) -> Iterator[Finding]:
    """Note what the sun did; flag each claim whose plain words say otherwise."""
    place = _place(circumstances)
    at, assumed = _time(circumstances, place) if place else (None, False)
    if not at or not place:
        return
    sun = sun_at(*place, at)
    yield _finding(Outcome.NOTED, _noted(sun, at), place, assumed)
    for claim in circumstances.claims:
        if summary := _contradicts(claim, sun, at.astimezone(zone_at(*place)).hour):
            outcome = Outcome.INCONCLUSIVE if assumed else Outcome.FLAGGED
            yield _finding(outcome, summary, place, assumed)


def _time(circumstances: Circumstances, place: tuple[float, float]) -> tuple[datetime | None, bool]:
    """The time; and whether the camera's clock is taken for that of the place."""
    captured, zone = capture(circumstances.examination.metadata), zone_at(*place)
    if captured and len(captured.written.at) > len("2023-10-17"):
        if captured.written.zone:
            return captured.earliest, False
        return datetime.fromisoformat(captured.written.at).replace(tzinfo=zone), True
    moments = (moment_claimed(claim, zone) for claim in circumstances.claims)
    return next((at for at in moments if at), None), False


def _place(circumstances: Circumstances) -> tuple[float, float] | None:
    gps = circumstances.examination.metadata.gps
    if gps and (gps.latitude or gps.longitude):
        if abs(gps.latitude) <= 90 and abs(gps.longitude) <= 180:
            return gps.latitude, gps.longitude
        return None
    for claim in circumstances.claims:
        for place in places_claimed(claim):
            if place.certain and len(place.points) == 1:  # a region has no sun of its own
                latitude, longitude = place.points[0].tolist()
                return latitude, longitude
    return None


def _finding(
    outcome: Outcome, summary: Sentence, place: tuple[float, float], assumed: bool
) -> Finding:
    flat = say(
        "Computed for a flat horizon from the time and place given, and either may be wrong. "
        "Compare light and shadows in the picture yourself."
    )
    return Finding(
        check="sun",
        pillar=PILLAR,
        outcome=outcome,
        summary=say("If the file's clock showed the time of the place: {finding}", finding=summary)
        if assumed
        else summary,
        read_from="time and place",
        raw=f"{place[0]}, {place[1]}",
        caution=say(
            "The file names no time zone, and a camera may keep that of another place. {caution}",
            caution=flat,
        )
        if assumed
        else flat,
        reference="NOAA Solar Calculator",
        items=("sun",),
    )


def _noted(sun: Sun, at: datetime) -> Sentence:
    if sun.shadow is not None:
        return say(
            "At {time} the sun stood {elevation}° high there, at {azimuth}° from north; shadows "
            "fell towards {direction}°, {length} m long for each metre of height.",
            time=Instant(at=at),
            elevation=round(sun.elevation),
            azimuth=round(sun.azimuth),
            direction=round(sun.shadow_direction),
            length=round(sun.shadow, 2),
        )
    if sun.light is Light.NIGHT:
        return say("At {time} it was night there.", time=Instant(at=at))
    return say(
        "At {time} the sun stood at the horizon there or just below it: there was dim light and "
        "no clear shadow.",
        time=Instant(at=at),
    )


def _contradicts(claim: Claim, sun: Sun, hour: int) -> Sentence | None:
    said = light_in(claim.text)
    if said and said.half is Half.NIGHT and sun.elevation > _HIGH and hour in _NO_NIGHT:
        return say(
            "The claim speaks of night (“{words}”), but at the time and place known the sun stood "
            "{elevation}° high.",
            words=said.written,
            elevation=round(sun.elevation),
        )
    dark = sun.light in (Light.NIGHT, Light.DUSK)
    if said and dark and hour in _DARK_OTHERWISE.get(said.half, ()):
        return say(
            "The claim speaks of daylight (“{words}”), but at the time and place known it was "
            "dark.",
            words=said.written,
        )
    return None
