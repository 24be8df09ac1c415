"""Every time that is written in a file beside the capture time, whatever standard it stands in.

Sources: Exif 3.0, 4.6.5 (`DateTime`, `OffsetTime`, `SubSecTime`); IPTC-IIM 4.2, 2:55 to 2:63;
XMP part 1, 8.4, and part 2; PNG, third edition, 11.3.6 (`tIME`) and its `Creation Time`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice

from PIL.ExifTags import GPS, Base

from verify.lab.written import iptc
from verify.lab.written.clock import wall_time, zone
from verify.lab.written.exif import numbers, text
from verify.lab.written.metadata import Fields
from verify.records import WallTime

CAPTURED, DIGITISED, CREATED, CHANGED = "captured", "digitised", "created", "changed"
MOST = 20
_OLDEST_GPS = 1980


@dataclass(frozen=True)
class Dated:
    """One time: what is said to have been then, and the field that says it."""

    what: str
    place: str
    time: WallTime


def read_dates(fields: Fields) -> list[Dated]:
    """All times with a clock; dates alone are left out. Never raises."""
    return list(islice(_dates(fields), MOST))


def _dates(fields: Fields) -> Iterator[Dated]:
    for what, place, value, offset in _written(fields):
        if read := wall_time(value):
            yield Dated(what, place, WallTime(at=read[0], zone=read[1] or zone(offset)))


def _written(fields: Fields) -> Iterator[tuple[str, str, str | None, str | None]]:
    """What, place, the time as written, and a zone that is written apart from it."""
    main, detail = fields.exif.main, fields.exif.detail
    for what, name, tag, offset in (
        (CAPTURED, "DateTimeOriginal", Base.DateTimeOriginal, Base.OffsetTimeOriginal),
        (DIGITISED, "DateTimeDigitized", Base.DateTimeDigitized, Base.OffsetTimeDigitized),
    ):
        yield what, f"EXIF {name}", text(detail.get(tag)), text(detail.get(offset))
    changed = text(main.get(Base.DateTime))
    yield CHANGED, "EXIF DateTime", changed, text(detail.get(Base.OffsetTime))
    for what, name in (
        (CAPTURED, "exif:DateTimeOriginal"),
        (DIGITISED, "exif:DateTimeDigitized"),
        (CREATED, "photoshop:DateCreated"),
        (CREATED, "xmp:CreateDate"),
        (CHANGED, "xmp:ModifyDate"),
    ):
        yield what, f"XMP {name}", next(iter(fields.xmp.get(name, [])), None), None
    steps = [step for step in fields.xmp.get("stEvt:when", []) if wall_time(step)]
    yield CHANGED, "XMP stEvt:when", max(steps, default=None), None
    for what, place, day, clock in (
        (CREATED, "IPTC DateCreated", iptc.DATE_CREATED, iptc.TIME_CREATED),
        (DIGITISED, "IPTC DigitalCreationDate", iptc.DIGITISED_DATE, iptc.DIGITISED_TIME),
    ):
        yield what, place, iptc.moment(fields.iptc, day, clock), None
    for keyword, value in fields.texts:
        if keyword.lower() == "creation time":
            yield CREATED, "PNG Creation Time", value, None
    yield CHANGED, "PNG tIME", fields.changed, None
    yield CREATED, "QuickTime mvhd", fields.movie.get("created"), None
    yield CREATED, "QuickTime ©day", fields.movie.get("day"), None


def satellite_time(fields: Fields) -> tuple[datetime, str] | None:
    """The time of the satellites in UTC, without a zone, and its place; None if not whole."""
    gps = fields.exif.gps
    parts = numbers(gps.get(GPS.GPSTimeStamp))
    day = wall_time(f"{text(gps.get(GPS.GPSDateStamp)) or ''} 00:00:00")
    if day and parts and len(parts) == 3 and all(0 <= part < 60 for part in parts):
        start = datetime.fromisoformat(day[0])
        if parts[0] < 24 and _OLDEST_GPS <= start.year <= 9000:
            clock = timedelta(hours=parts[0], minutes=parts[1], seconds=int(parts[2]))
            return start + clock, "EXIF GPSDateStamp, GPSTimeStamp"
    for value in fields.xmp.get("exif:GPSTimeStamp", [])[:1]:
        if (read := wall_time(value)) and _OLDEST_GPS <= int(read[0][:4]) <= 9000:
            at = datetime.fromisoformat(read[0] + (read[1] or "+00:00"))
            return at.astimezone(UTC).replace(tzinfo=None), "XMP exif:GPSTimeStamp"
    return None
