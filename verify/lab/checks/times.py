"""Do the times in the file contradict each other?

Reads every time that stands in the file beside the capture time: digitised, created and changed
in EXIF, XMP with its history, IPTC, PNG and QuickTime, each with its zone, and the time of the
satellites (EXIF or XMP GPS, in UTC).

Outcomes: flagged, it was changed before it was captured, two fields give capture times more than
a day apart, or the satellites' date and the camera's do; noted, the other times that differ
from the capture time, and the zone that camera and satellites give together; without a capture
time, all of them. Where nothing differs there is no finding.

Errs: a camera's clock that was never set makes every contradiction. A picture of an old print
has an old date by intent. GPS time can be of the last fix, hours before.

Example: captured 14:03 by the camera, 11:03 UTC by the satellites: the camera's clock ran three
hours ahead of UTC, as in Baghdad.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from verify.lab.formats import CLIPS
from verify.lab.imaging import Specimen
from verify.lab.written.dated import (
    CAPTURED,
    CHANGED,
    CREATED,
    DIGITISED,
    Dated,
    read_dates,
    satellite_time,
)
from verify.records import Finding, Outcome, Pillar, Sentence, WallTime, say

PILLAR = Pillar.DATE
MEDIA = frozenset({"*", *CLIPS})

_TOLERANCE = timedelta(seconds=2)
_DAY = timedelta(hours=26)
_MOST = 6
_CAPTIONS = ("XMP photoshop:DateCreated", "IPTC DateCreated")


def check(specimen: Specimen) -> Iterator[Finding]:
    """Flag what cannot be together; note the times that differ."""
    metadata = specimen.readings.metadata
    dates, satellites = read_dates(specimen.fields), satellite_time(specimen.fields)
    if metadata.captured_at is None:
        # A date in the caption data then stands with the missing capture time.
        yield from _noted([one for one in dates if one.place not in _CAPTIONS])
        if satellites:
            yield _satellites(Outcome.NOTED, *satellites)
        return
    captured = WallTime(at=metadata.captured_at, zone=metadata.captured_zone)
    apart = [one for one in dates if abs(_apart(captured, one.time)) > _TOLERANCE]
    against = [one for one in apart if _contradicts(captured, one)]
    for one in against[:_MOST]:
        yield _contradiction(captured, one)
    yield from _noted([one for one in apart if one not in against])
    if satellites:
        yield _against_satellites(captured, *satellites)


def _apart(one: WallTime, other: WallTime) -> timedelta:
    """How much later the other is; where a zone is missing, on the clock's face."""
    if one.zone and other.zone:
        return _with_zone(other) - _with_zone(one)
    return datetime.fromisoformat(other.at) - datetime.fromisoformat(one.at)


def _with_zone(time: WallTime) -> datetime:
    return datetime.fromisoformat(time.at + (time.zone or ""))


def _contradicts(captured: WallTime, one: Dated) -> bool:
    apart = _apart(captured, one.time)
    return (one.what == CHANGED and apart < -_DAY) or (one.what == CAPTURED and abs(apart) > _DAY)


def _contradiction(captured: WallTime, one: Dated) -> Finding:
    if one.what == CAPTURED:
        summary = say(
            "The file says it was captured at {captured}, and in another field at {time}.",
            captured=captured,
            time=one.time,
        )
    else:
        summary = say(
            "The file says it was captured at {captured}, yet last changed before that, at {time}.",
            captured=captured,
            time=one.time,
        )
    return _finding(
        Outcome.FLAGGED,
        summary,
        one.place,
        one.time,
        say("A clock that was set wrongly, or was set between the two, makes this as well."),
    )


def _noted(dates: list[Dated]) -> Iterator[Finding]:
    """Each time once for what it is said to be."""
    told: set[tuple[str, str]] = set()
    for one in dates:
        if (one.what, one.time.at) in told or len(told) == _MOST:
            continue
        told.add((one.what, one.time.at))
        yield _finding(
            Outcome.NOTED,
            say("The file says it was {label} at {time}.", label=_label(one.what), time=one.time),
            one.place,
            one.time,
            say("A change may be no more than a copy, a turn or a caption.")
            if one.what == CHANGED
            else say("This may be when a copy, a scan or a text was made, not the picture."),
        )


def _label(what: str) -> Sentence:
    labels = {
        DIGITISED: say("digitised"),
        CREATED: say("created"),
        CHANGED: say("last changed"),
    }
    return labels.get(what) or say("captured")


def _against_satellites(captured: WallTime, satellites: datetime, place: str) -> Finding:
    time = _utc(satellites)
    face = _with_zone(captured)
    ahead = face - (satellites.replace(tzinfo=UTC) if face.tzinfo else satellites)
    if abs(ahead) > _DAY:
        summary = say(
            "The camera's clock says {captured}, the satellites say {time}: they lie more "
            "than a day apart.",
            captured=captured,
            time=time,
        )
        return _satellites(Outcome.FLAGGED, satellites, place, summary)
    if captured.zone is None and -12 <= ahead.total_seconds() / 3600 <= 14:
        summary = say(
            "The satellites give {time}; the camera's clock ran {minutes} minutes ahead of UTC.",
            time=time,
            minutes=round(ahead.total_seconds() / 60),
        )
        return _satellites(Outcome.NOTED, satellites, place, summary)
    return _satellites(Outcome.NOTED, satellites, place)


def _satellites(
    outcome: Outcome, satellites: datetime, place: str, summary: Sentence | None = None
) -> Finding:
    time = _utc(satellites)
    return _finding(
        outcome,
        summary or say("The satellites give the time {time}.", time=time),
        place,
        time,
        say(
            "The satellites' time is that of the last reception, which may be hours old, and "
            "every field can be changed with a metadata editor."
        ),
    )


def _utc(satellites: datetime) -> WallTime:
    return WallTime(at=satellites.isoformat(timespec="seconds"), zone="+00:00")


def _finding(
    outcome: Outcome, summary: Sentence, place: str, time: WallTime, caution: Sentence
) -> Finding:
    return Finding(
        check="times",
        pillar=PILLAR,
        outcome=outcome,
        summary=summary,
        read_from=place,
        raw=f"{time.at} {time.zone or ''}".strip(),
        caution=caution,
        reference="Exif 3.0, 4.6; XMP; IPTC-IIM 4.2",
        items=("captured-when", "original"),
    )
