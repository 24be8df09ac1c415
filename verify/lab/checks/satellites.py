"""Does the satellites' time fit the camera's clock?

Reads the time of the satellites (EXIF or XMP GPS, in UTC) and the capture time with its zone.

Outcomes: flagged, the satellites' time lies more than a day after the capture, since nobody
receives ahead of time; noted, how old the last reception was, a clock that is off by no whole
quarter of an hour, and a receiver whose count of weeks began again. Where a zone explains the
difference there is no finding; whether it is the zone of the place is asked by a comparison.

Errs: receivers keep the time of the last reception, hours and days old. A camera's clock that was
never set is behind the satellites by years. GPS counts weeks to 1,024; older receivers then begin
again, nearly twenty years early.

Example: captured 14:03 by the camera, 11:03 UTC by the satellites: the camera's clock ran three
hours ahead of UTC, as in Baghdad, and nothing is said.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from verify.formats import CLIPS
from verify.lab.bounded_text import raw
from verify.lab.imaging import Specimen
from verify.lab.written.clock import day_only
from verify.lab.written.dated import satellite_time
from verify.records import Finding, Outcome, Pillar, Sentence, WallTime, say, say_many

PILLAR = Pillar.DATE
MEDIA = frozenset({"*", *CLIPS})

_FARTHEST_ZONE = timedelta(hours=14)
_DAY = timedelta(hours=26)
_QUARTER, _OFF = 15, 2  # minutes: zones differ by quarters of an hour, clocks run a little off
_COUNT = timedelta(weeks=1024)


def check(specimen: Specimen) -> Iterator[Finding]:
    """Set the satellites' time against the camera's; say nothing where they fit together."""
    metadata, found = specimen.readings.metadata, satellite_time(specimen.fields)
    if not found:
        return
    satellites, place = found
    captured = WallTime(at=metadata.captured_at or "", zone=metadata.captured_zone)
    if not captured.at or day_only(captured):
        summary = say("The satellites give the time {time}.", time=_utc(satellites))
        yield _finding(Outcome.NOTED, summary, place, satellites)
    elif told := _told(captured, satellites):
        yield _finding(*told, place, satellites)


def _told(captured: WallTime, satellites: datetime) -> tuple[Outcome, Sentence] | None:
    """What is worth saying of how the camera's clock and the satellites' differ."""
    values = {"captured": captured, "time": _utc(satellites)}
    ahead = _ahead(captured, satellites)
    if _beyond_zones(ahead - _COUNT, captured) <= _DAY:
        return Outcome.NOTED, say(
            "The satellites give {time}, 1,024 weeks before the camera's {captured}: so old "
            "receivers err, whose count of weeks has begun again.",
            **values,
        )
    if ahead < -_DAY:
        return Outcome.FLAGGED, say(
            "The camera's clock says {captured}, the satellites say {time}: they lie more "
            "than a day apart.",
            **values,
        )
    if (age := _beyond_zones(ahead, captured)) > timedelta(hours=1):
        return Outcome.NOTED, _age(age, values)
    minutes = round(ahead.total_seconds() / 60)
    whole = round(minutes / _QUARTER) * _QUARTER
    if abs(minutes - whole) <= _OFF and not (captured.zone and whole):
        return None
    return Outcome.NOTED, say(
        "The satellites give {time}; the camera's clock, {captured}, ran {minutes} minutes "
        "ahead of that.",
        minutes=minutes,
        **values,
    )


def _ahead(captured: WallTime, satellites: datetime) -> timedelta:
    """How far the camera's clock stands before UTC or, with a zone, before the satellites."""
    zone = datetime.fromisoformat(f"2000-01-01T00:00{captured.zone or '+00:00'}").utcoffset()
    return datetime.fromisoformat(captured.at) - (zone or timedelta()) - satellites


def _beyond_zones(ahead: timedelta, captured: WallTime) -> timedelta:
    """How far it stands before all that a zone explains: at least so old is the reception."""
    return abs(ahead) if captured.zone else max(abs(ahead) - _FARTHEST_ZONE, timedelta())


def _age(age: timedelta, values: dict[str, WallTime]) -> Sentence:
    if age < timedelta(days=2):
        return say_many(
            "The satellites give {time}: by the camera's clock, {captured}, they were last "
            "received at least {count} hour before.",
            "The satellites give {time}: by the camera's clock, {captured}, they were last "
            "received at least {count} hours before.",
            int(age.total_seconds() // 3600),
            **values,
        )
    return say_many(
        "The satellites give {time}: by the camera's clock, {captured}, they were last "
        "received at least {count} day before.",
        "The satellites give {time}: by the camera's clock, {captured}, they were last "
        "received at least {count} days before.",
        age.days,
        **values,
    )


def _utc(satellites: datetime) -> WallTime:
    return WallTime(at=satellites.isoformat(timespec="seconds"), zone="+00:00")


def _finding(outcome: Outcome, summary: Sentence, place: str, satellites: datetime) -> Finding:
    return Finding(
        check="satellites",
        pillar=PILLAR,
        outcome=outcome,
        summary=summary,
        read_from=place,
        raw=raw(_utc(satellites).at),
        caution=say(
            "The satellites' time is that of the last reception. A camera's clock may be set "
            "wrongly, and every field can be changed with a metadata editor."
        ),
        reference="Exif 3.0, 4.6.7; IS-GPS-200, 20.3.3.3.1.1",
        items=("captured-when",),
    )
