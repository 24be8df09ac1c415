"""Do the times in the file contradict each other?

Reads when it was captured, digitised and changed (EXIF, with sub-seconds and zones), the time of
the satellites (EXIF GPS, in UTC), and the dates in XMP and IPTC.

Outcomes: flagged, it was changed before it was captured, or the satellites' date and the
camera's lie more than a day apart; noted, the other times that differ from the capture time, and
the zone that camera and satellites give together. Where nothing differs there is no finding.

Errs: a camera's clock that was never set makes every contradiction. A picture of an old print
has an old date by intent. GPS time can be of the last fix, hours before.

Example: captured 14:03 by the camera, 11:03 UTC by the satellites: the camera's clock ran three
hours ahead of UTC, as in Baghdad.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from PIL.ExifTags import GPS, Base

from verify.lab.clock import wall_time, zone
from verify.lab.exif import numbers, text
from verify.lab.imaging import Specimen
from verify.records import Finding, Outcome, Pillar, Sentence, WallTime, say

PILLAR = Pillar.DATE
MEDIA = frozenset({"*"})

_TOLERANCE = timedelta(seconds=2)
_DAY = timedelta(hours=26)
_OLDEST_GPS = 1980


def check(specimen: Specimen) -> Iterator[Finding]:
    """Flag what cannot be together; note the times that differ."""
    metadata = specimen.readings.metadata
    if metadata.captured_at is None:
        return
    captured = WallTime(at=metadata.captured_at, zone=metadata.captured_zone)
    for label, place, other in _others(specimen):
        if abs(_apart(captured, other)) > _TOLERANCE:
            yield _differing(label, place, captured, other)
    if satellites := satellite_time(specimen):
        yield from _against_satellites(captured, satellites)


def _others(specimen: Specimen) -> Iterator[tuple[Sentence, str, WallTime]]:
    exif, xmp = specimen.fields.exif, specimen.fields.xmp
    found = (
        (
            say("digitised"),
            "EXIF DateTimeDigitized",
            wall_time(text(exif.detail.get(Base.DateTimeDigitized))),
            zone(text(exif.detail.get(Base.OffsetTimeDigitized))),
        ),
        (
            say("last changed"),
            "EXIF DateTime",
            wall_time(text(exif.main.get(Base.DateTime))),
            zone(text(exif.detail.get(Base.OffsetTime))),
        ),
        (say("last changed"), "XMP xmp:ModifyDate", wall_time(_first(xmp, "xmp:ModifyDate")), None),
        (say("created"), "XMP xmp:CreateDate", wall_time(_first(xmp, "xmp:CreateDate")), None),
    )
    for label, place, time, offset in found:
        if time:
            yield label, place, WallTime(at=time[0], zone=time[1] or offset)


def _first(properties: dict[str, list[str]], name: str) -> str:
    return next(iter(properties.get(name, [])), "")


def _apart(one: WallTime, other: WallTime) -> timedelta:
    """How much later the other is; where a zone is missing, on the clock's face."""
    if one.zone and other.zone:
        return _with_zone(other) - _with_zone(one)
    return datetime.fromisoformat(other.at) - datetime.fromisoformat(one.at)


def _with_zone(time: WallTime) -> datetime:
    return datetime.fromisoformat(time.at + (time.zone or ""))


def _differing(label: Sentence, place: str, captured: WallTime, other: WallTime) -> Finding:
    before = "last changed" in label.template and _apart(captured, other) < -_DAY
    return Finding(
        check="times",
        pillar=PILLAR,
        outcome=Outcome.FLAGGED if before else Outcome.NOTED,
        summary=say(
            "The file says it was captured at {captured}, yet last changed before that, at {time}.",
            captured=captured,
            time=other,
        )
        if before
        else say("The file says it was {label} at {time}.", label=label, time=other),
        read_from=place,
        raw=f"{other.at} {other.zone or ''}".strip(),
        caution=say("A clock that was set wrongly, or was set between the two, makes this as well.")
        if before
        else say("A change may be no more than a copy, a turn or a caption."),
        reference="Exif 3.0, 4.6.6",
        items=("captured-when", "original"),
    )


def satellite_time(specimen: Specimen) -> datetime | None:
    """The time of the satellites in UTC, without a zone; None where it is not whole."""
    gps = specimen.fields.exif.gps
    parts = numbers(gps.get(GPS.GPSTimeStamp))
    day = wall_time(f"{text(gps.get(GPS.GPSDateStamp)) or ''} 00:00:00")
    if not day or not parts or len(parts) != 3 or not all(0 <= part < 60 for part in parts):
        return None
    start = datetime.fromisoformat(day[0])
    if start.year < _OLDEST_GPS or parts[0] >= 24 or start.year > 9000:
        return None
    return start + timedelta(hours=parts[0], minutes=parts[1], seconds=int(parts[2]))


def _against_satellites(captured: WallTime, satellites: datetime) -> Iterator[Finding]:
    time = WallTime(at=satellites.isoformat(timespec="seconds"), zone="+00:00")
    face = _with_zone(captured)
    if face.tzinfo:
        face = face.astimezone(UTC).replace(tzinfo=None)
    ahead = face - satellites
    if abs(ahead) > _DAY:
        yield _finding(
            Outcome.FLAGGED,
            say(
                "The camera's clock says {captured}, the satellites say {time}: they lie more "
                "than a day apart.",
                captured=captured,
                time=time,
            ),
            time,
        )
    elif captured.zone is None and -12 <= ahead.total_seconds() / 3600 <= 14:
        yield _finding(
            Outcome.NOTED,
            say(
                "The satellites give {time}; the camera's clock ran {minutes} minutes ahead of "
                "UTC.",
                time=time,
                minutes=round(ahead.total_seconds() / 60),
            ),
            time,
        )
    else:
        yield _finding(Outcome.NOTED, say("The satellites give the time {time}.", time=time), time)


def _finding(outcome: Outcome, summary: Sentence, time: WallTime) -> Finding:
    return Finding(
        check="times",
        pillar=PILLAR,
        outcome=outcome,
        summary=summary,
        read_from="EXIF GPSDateStamp, GPSTimeStamp",
        raw=time.at,
        caution=say(
            "The satellites' time is that of the last reception, which may be hours old, and "
            "every field can be changed with a metadata editor."
        ),
        reference="Exif 3.0, 4.6.7",
        items=("captured-when",),
    )
