"""When does the file say it was captured?

Reads the capture time from EXIF, XMP or QuickTime, with its zone and the part of a second if
they are told; without it, the date that IPTC or XMP give in the caption data. Phones are set
against the day on which they were first sold, the version of EXIF against its publication.

Outcomes: noted, the time as the camera wrote it, or that the fields follow a younger standard;
flagged, it lies in the future, before photography, or more than two months before the phone
that is named was sold; inconclusive, there is none, or what is written was not understood.

Errs: it is the camera's own clock, which may be set wrongly, and any metadata editor changes it.
Scans and artworks carry old dates by intent. Only iPhones and Pixels are known by their days.

Example: `2023:10:17 18:59:00` without a zone may be any of 26 hours in real time.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from PIL.ExifTags import Base

from verify.formats import CLIPS
from verify.lab.bounded_text import raw
from verify.lab.imaging import Specimen
from verify.lab.unread import not_understood
from verify.lab.written.clock import day_only, fraction, is_set
from verify.lab.written.dated import CAPTION_DATES, read_dates
from verify.lab.written.exif import text
from verify.lab.written.models import EXIF_PUBLISHED, FIRST_SOLD
from verify.records import Finding, Outcome, Pillar, Sentence, WallTime, say

PILLAR = Pillar.DATE
MEDIA = frozenset({"*", *CLIPS})

FIRST_PHOTOGRAPH = "1826"
FIRST_DIGITAL = "1990"
_FARTHEST_AHEAD = timedelta(hours=14)
_GRACE = timedelta(days=60)


def check(specimen: Specimen) -> Iterator[Finding]:
    """Note the capture time with its zone; flag one in the future or before photography."""
    metadata = specimen.readings.metadata
    if metadata.captured_at is None:
        yield from _without(specimen)
        return
    time = WallTime(at=metadata.captured_at, zone=metadata.captured_zone)
    outcome, summary, caution = _judge(time)
    yield Finding(
        check="captured",
        pillar=PILLAR,
        outcome=outcome,
        summary=summary,
        read_from=specimen.readings.read_from["captured_at"],
        raw=f"{time.at}{_fraction(specimen)} {time.zone or ''}".strip(),
        caution=caution,
        reference="Exif 3.0, 4.6.6",
        items=("captured-when",),
    )
    if time.at >= FIRST_DIGITAL and outcome is Outcome.NOTED:
        yield from _too_early(specimen, time)
    if unread := specimen.readings.unread.get("captured_zone"):
        yield not_understood("captured", PILLAR, unread, "captured-when")


def _fraction(specimen: Specimen) -> str:
    """The part of a second, where the time is EXIF's."""
    detail = specimen.fields.exif.detail
    if specimen.readings.read_from["captured_at"] != "EXIF DateTimeOriginal":
        return ""
    digits = fraction(text(detail.get(Base.SubsecTimeOriginal)))
    return f".{digits}" if digits else ""


def _too_early(specimen: Specimen, time: WallTime) -> Iterator[Finding]:
    """What did not exist by then: the phone, or the version of the standard."""
    model = specimen.readings.metadata.model or ""
    sold, published = FIRST_SOLD.get(model), _published(specimen)
    if sold and _before(time, sold):
        yield _early(
            Outcome.FLAGGED,
            say(
                "The file says it was captured at {time} with the model {model}, which was first "
                "sold on {day}.",
                time=time,
                model=model,
                day=sold,
            ),
            specimen.readings.read_from["model"],
            f"{model}, {time.at}",
            say(
                "The clock may never have been set, or the phone photographed an old print and "
                "somebody dated it by hand; or time or model were written by somebody."
            ),
            "kuko.cc, Every iPhone Generation; Wikipedia, Google Pixel",
        )
    if published and _before(time, published):
        yield _early(
            Outcome.NOTED,
            say(
                "The file says it was captured at {time}, in fields of a standard of {day}.",
                time=time,
                day=published,
            ),
            "EXIF ExifVersion",
            time.at,
            say("A program of a later day wrote these fields, or the clock was set wrongly."),
            "CIPA DC-008",
        )


def _published(specimen: Specimen) -> str | None:
    version = specimen.fields.exif.detail.get(Base.ExifVersion)
    return EXIF_PUBLISHED.get(version) if isinstance(version, bytes) else None


def _before(time: WallTime, day: str) -> bool:
    return datetime.fromisoformat(time.at) + _GRACE < datetime.fromisoformat(day)


def _early(
    outcome: Outcome, summary: Sentence, place: str, value: str, caution: Sentence, reference: str
) -> Finding:
    return Finding(
        check="captured",
        pillar=PILLAR,
        outcome=outcome,
        summary=summary,
        read_from=place,
        raw=raw(value),
        caution=caution,
        reference=reference,
        items=("captured-when", "original"),
    )


def _judge(time: WallTime) -> tuple[Outcome, Sentence, Sentence]:
    if _in_future(time):
        return (
            Outcome.FLAGGED,
            say("The file says it was captured at {time}, which lies in the future.", time=time),
            say("A camera's clock may be set wrongly, or the field may have been changed."),
        )
    if time.at < FIRST_PHOTOGRAPH:
        return (
            Outcome.FLAGGED,
            say("The file says it was captured at {time}, before photography.", time=time),
            say("Usually an unset clock, or the date of an artwork that was photographed later."),
        )
    if time.at < FIRST_DIGITAL:
        return (
            Outcome.NOTED,
            say(
                "The file says it was captured at {time}, before digital cameras were common.",
                time=time,
            ),
            say("It may be a scan dated by hand, or a camera whose clock was never set."),
        )
    if day_only(time):
        return (
            Outcome.NOTED,
            say("The file gives the day of its capture, {day}, and no time of day.", day=time),
            say("A person or a program wrote this; cameras write the time as well."),
        )
    if time.zone is None:
        return (
            Outcome.NOTED,
            say("The file says it was captured at {time}.", time=time),
            say(
                "This is the camera's own clock in a zone that the file does not tell. It may be "
                "set wrongly, and the field can be changed with any metadata editor."
            ),
        )
    return (
        Outcome.NOTED,
        say("The file says it was captured at {time}.", time=time),
        say(
            "This is the camera's own clock. It may be set wrongly, and the field can be changed "
            "with any metadata editor."
        ),
    )


def _in_future(time: WallTime) -> bool:
    """Without a zone, only what is ahead everywhere on earth."""
    now = datetime.now(UTC)
    if time.zone is None:
        return datetime.fromisoformat(time.at) > now.replace(tzinfo=None) + _FARTHEST_AHEAD
    return datetime.fromisoformat(time.at + time.zone) > now + timedelta(minutes=10)


def _without(specimen: Specimen) -> Iterator[Finding]:
    unread = specimen.readings.unread.get("captured_at")
    if unread and is_set(unread.value):
        yield not_understood("captured", PILLAR, unread, "captured-when")
        return
    yield Finding(
        check="captured",
        pillar=PILLAR,
        outcome=Outcome.INCONCLUSIVE,
        summary=say(
            "The file has a field for the capture time, but it was never set: {value}",
            value=unread.value,
        )
        if unread
        else say("The file gives no capture time."),
        read_from=unread.place if unread else "EXIF, XMP",
        raw=unread.value if unread else "",
        caution=say("Cameras write this until their clock is set, and some programs always.")
        if unread
        else say(
            "Most apps and platforms remove it on upload: its absence proves nothing. The time "
            "in a file's name or of its last change is not the time of capture."
        ),
        items=("captured-when",),
    )
    dates = read_dates(specimen.fields)
    if written := next((one for one in dates if one.place in CAPTION_DATES), None):
        yield Finding(
            check="captured",
            pillar=PILLAR,
            outcome=Outcome.NOTED,
            summary=say("Its caption data give {date} as the date created.", date=written.time),
            read_from=written.place,
            raw=written.time.at,
            caution=say(
                "A person or an agency's system wrote this; for an artwork or a document it is "
                "often the date of the work shown."
            ),
            items=("captured-when",),
        )
