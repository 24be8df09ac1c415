"""Every time that is written in a file, whatever standard it stands in: one reader for all.

Sources: Exif 3.0, 4.6.5 (`DateTime`, `OffsetTime`, `SubSecTime`); IPTC-IIM 4.2, 2:55 to 2:63;
XMP part 1, 8.4, and part 2; PNG, third edition, 11.3.6 (`tIME`) and its `Creation Time`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice

from PIL.ExifTags import GPS, Base

from verify.lab.bounded_text import raw
from verify.lab.written import iptc
from verify.lab.written.clock import day_only, is_set, read_time, zone
from verify.lab.written.exif import numbers, text, written
from verify.lab.written.fields import Fields, Unread
from verify.records import WallTime

CAPTURED, DIGITISED, CREATED, CHANGED = "captured", "digitised", "created", "changed"
CAPTION_DATES = ("XMP photoshop:DateCreated", "IPTC DateCreated")
"""What stands in the caption data, which people and agencies' systems write."""
MOST = 20
_OLDEST_GPS = 1980


@dataclass(frozen=True)
class Dated:
    """One time: what is said to have been then, and the field that says it."""

    what: str
    place: str
    time: WallTime


@dataclass(frozen=True)
class _Field:
    """A field as written, and the zone that is written apart from it."""

    what: str
    place: str
    value: str | None
    offset: str | None = None
    offset_place: str = ""


def read_dates(fields: Fields) -> list[Dated]:
    """All times, and days without a clock. Never raises."""
    read = ((field, read_time(field.value)) for field in _fields(fields))
    return list(
        islice(
            (Dated(field.what, field.place, _in_zone(time, field)) for field, time in read if time),
            MOST,
        )
    )


def _in_zone(time: WallTime, field: _Field) -> WallTime:
    if time.zone or day_only(time):
        return time
    return WallTime(at=time.at, zone=zone(field.offset))


def read_captured(fields: Fields) -> Dated | None:
    """The capture time: the first field that gives one with a clock, else the first that does."""
    found = [one for one in read_dates(fields) if one.what == CAPTURED]
    return next((one for one in found if not day_only(one.time)), found[0] if found else None)


def unread_dates(fields: Fields) -> list[tuple[str, Unread]]:
    """What (`captured`), and the field that is there but was not understood, or never set."""
    found = [
        (field.what, Unread(field.place, raw(field.value)))
        for field in _fields(fields)
        if (field.value or "").strip("\0 \t\r\n:") and read_time(field.value) is None
    ]
    return found[:MOST]


def unread_zone(fields: Fields) -> Unread | None:
    """The offset beside the capture time that was not understood."""
    for field in _fields(fields):
        unread = is_set(field.offset) and zone(field.offset) is None
        if field.what == CAPTURED and unread and read_time(field.value):
            return Unread(field.offset_place, raw(field.offset))
    return None


def _fields(fields: Fields) -> Iterator[_Field]:
    """Every field that holds a time, those of the capture first."""
    main, detail = fields.exif.main, fields.exif.detail
    hours = _whole_hours(detail.get(Base.TimeZoneOffset) or main.get(Base.TimeZoneOffset))
    for what, tag, offset in (
        (CAPTURED, Base.DateTimeOriginal, Base.OffsetTimeOriginal),
        (DIGITISED, Base.DateTimeDigitized, Base.OffsetTimeDigitized),
        (CHANGED, Base.DateTime, Base.OffsetTime),
    ):
        for directory in (detail, main):  # some writers put all of them into the first one
            value, apart = written(directory.get(tag)), written(detail.get(offset))
            place = offset.name
            if not is_set(apart) and hours.get(what):
                apart, place = hours[what], "TimeZoneOffset"
            yield _Field(what, f"EXIF {tag.name}", value, apart, f"EXIF {place}")
    for what, name in (
        (CAPTURED, "exif:DateTimeOriginal"),
        (DIGITISED, "exif:DateTimeDigitized"),
        (CREATED, "photoshop:DateCreated"),
        (CREATED, "xmp:CreateDate"),
        (CHANGED, "xmp:ModifyDate"),
    ):
        yield _Field(what, f"XMP {name}", next(iter(fields.xmp.get(name, [])), None))
    yield _Field(CAPTURED, f"{fields.container} creationdate", fields.movie.get("creationdate"))
    steps = [step for step in fields.xmp.get("xmpMM:History/stEvt:when", []) if read_time(step)]
    yield _Field(CHANGED, "XMP stEvt:when", max(steps, default=None))
    for what, place, day, clock in (
        (CREATED, "IPTC DateCreated", iptc.DATE_CREATED, iptc.TIME_CREATED),
        (DIGITISED, "IPTC DigitalCreationDate", iptc.DIGITISED_DATE, iptc.DIGITISED_TIME),
    ):
        yield _Field(what, place, iptc.moment(fields.iptc, day, clock))
    for keyword, value in fields.texts:
        if keyword.lower() == "creation time":
            yield _Field(CREATED, "PNG Creation Time", value)
    yield _Field(CHANGED, "PNG tIME", fields.changed)
    yield _Field(CREATED, "Samsung Image_UTC_Data", _of_milliseconds(fields.samsung))
    of_films = "mvhd" if fields.container == "QuickTime" else "date"
    yield _Field(CREATED, f"{fields.container} {of_films}", fields.movie.get("created"))
    yield _Field(CREATED, f"{fields.container} ©day", fields.movie.get("day"))


def _of_milliseconds(samsung: dict[str, str]) -> str | None:
    """The time that Samsung's phones keep behind a picture: milliseconds since 1970, in UTC."""
    value = samsung.get("Image_UTC_Data", "")
    if not re.fullmatch("[0-9]{10,14}", value):
        return None
    return datetime.fromtimestamp(int(value) // 1000, UTC).isoformat()


def _whole_hours(value: object) -> dict[str, str]:
    """TIFF/EP's `TimeZoneOffset`: whole hours, of the capture and then of the last change."""
    parts = value if isinstance(value, tuple) else (value,)
    written = [f"{part:+03d}:00" for part in parts if isinstance(part, int) and abs(part) <= 14]
    return dict(zip((CAPTURED, CHANGED), written, strict=False))


def satellite_time(fields: Fields) -> tuple[datetime, str] | None:
    """The time of the satellites in UTC, without a zone, and its place; None if not whole."""
    gps = fields.exif.gps
    parts = numbers(gps.get(GPS.GPSTimeStamp))
    day = read_time(text(gps.get(GPS.GPSDateStamp)))
    if day and parts and len(parts) == 3 and all(0 <= part < 60 for part in parts):
        start = datetime.fromisoformat(day.at[:10])
        if parts[0] < 24 and _OLDEST_GPS <= start.year <= 9000:
            clock = timedelta(hours=parts[0], minutes=parts[1], seconds=int(parts[2]))
            return start + clock, "EXIF GPSDateStamp, GPSTimeStamp"
    for value in fields.xmp.get("exif:GPSTimeStamp", [])[:1]:
        read = read_time(value)
        if read and not day_only(read) and _OLDEST_GPS <= int(read.at[:4]) <= 9000:
            at = datetime.fromisoformat(read.at + (read.zone or "+00:00"))
            return at.astimezone(UTC).replace(tzinfo=None), "XMP exif:GPSTimeStamp"
    return None
