"""What the file says about itself: one value a field, with the place where it was read.

EXIF comes first, then XMP, IPTC and PNG text; the fields are those of ExifTool's summary.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from PIL.ExifTags import GPS, Base

from verify.lab import iptc, xmp
from verify.lab.exif import Exif, number, numbers, text
from verify.lab.words import MAX_CAPTION, MAX_WORD, clean
from verify.records import Gps, Metadata


@dataclass
class Fields:
    """All that was written beside the picture, by the standard that it was written in."""

    exif: Exif = field(default_factory=Exif)
    xmp: xmp.Xmp = field(default_factory=dict)
    iptc: iptc.Iptc = field(default_factory=dict)
    texts: list[tuple[str, str]] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Readings:
    """The metadata, and for each of its fields that is not None the place it came from."""

    metadata: Metadata
    read_from: dict[str, str]


Found = tuple[Any, str]


def read_metadata(fields: Fields) -> Readings:
    """Choose one value for each field. Never raises."""
    chosen: dict[str, Found | None] = {
        "make": _word(_make(fields)),
        "model": _word(_model(fields)),
        "lens": _word(_lens(fields)),
        "software": _word(_software(fields)),
        "caption": _word(_caption(fields), MAX_CAPTION),
        "creator": _word(_creator(fields), MAX_CAPTION),
        "orientation": _orientation(fields.exif),
        "gps": _exif_gps(fields.exif) or _xmp_gps(fields.xmp),
    }
    if captured := _captured(fields):
        at, zone, place = captured
        chosen["captured_at"] = (at, place)
        chosen["captured_zone"] = (zone, place) if zone else None
    kept = {name: found for name, found in chosen.items() if found}
    return Readings(
        metadata=Metadata(**{name: value for name, (value, _) in kept.items()}),
        read_from={name: place for name, (_, place) in kept.items()},
    )


# --- words -------------------------------------------------------------------------------


def _make(fields: Fields) -> Iterator[Found]:
    yield text(fields.exif.main.get(Base.Make)), "EXIF Make"
    yield _xmp(fields, "tiff:Make"), "XMP tiff:Make"
    yield _png(fields, "make"), "PNG Make"


def _model(fields: Fields) -> Iterator[Found]:
    yield text(fields.exif.main.get(Base.Model)), "EXIF Model"
    yield _xmp(fields, "tiff:Model"), "XMP tiff:Model"
    yield _png(fields, "model"), "PNG Model"


def _lens(fields: Fields) -> Iterator[Found]:
    yield text(fields.exif.detail.get(Base.LensModel)), "EXIF LensModel"
    yield _xmp(fields, "exifEX:LensModel"), "XMP exifEX:LensModel"
    yield _xmp(fields, "aux:Lens"), "XMP aux:Lens"


def _software(fields: Fields) -> Iterator[Found]:
    yield text(fields.exif.main.get(Base.Software)), "EXIF Software"
    yield _xmp(fields, "tiff:Software"), "XMP tiff:Software"
    yield _png(fields, "software"), "PNG Software"


def _caption(fields: Fields) -> Iterator[Found]:
    yield text(fields.exif.main.get(Base.ImageDescription)), "EXIF ImageDescription"
    yield _iptc(fields, iptc.CAPTION), "IPTC Caption"
    yield _xmp(fields, "dc:description"), "XMP dc:description"
    yield _png(fields, "description"), "PNG Description"
    yield _png(fields, "comment"), "PNG Comment"


def _creator(fields: Fields) -> Iterator[Found]:
    yield text(fields.exif.main.get(Base.Artist)), "EXIF Artist"
    yield ", ".join(fields.iptc.get(iptc.BYLINE, [])[:20]), "IPTC By-line"
    yield ", ".join(fields.xmp.get("dc:creator", [])[:20]), "XMP dc:creator"
    yield _png(fields, "author"), "PNG Author"
    yield _png(fields, "artist"), "PNG Artist"


def _word(candidates: Iterator[Found], limit: int = MAX_WORD) -> Found | None:
    for value, place in candidates:
        if word := clean(value, limit):
            return word, place
    return None


def _xmp(fields: Fields, name: str) -> str | None:
    return next(iter(fields.xmp.get(name, [])), None)


def _iptc(fields: Fields, key: tuple[int, int]) -> str | None:
    return next(iter(fields.iptc.get(key, [])), None)


def _png(fields: Fields, keyword: str) -> str | None:
    return next((value for name, value in fields.texts if name.lower() == keyword), None)


def _orientation(exif: Exif) -> Found | None:
    value = number(exif.main.get(Base.Orientation))
    return (int(value), "EXIF Orientation") if value and value in range(1, 9) else None


# --- time --------------------------------------------------------------------------------

_TIME = re.compile(
    r"(\d{4})[:\-/.](\d{2})[:\-/.](\d{2})(?:[ T](\d{2}):(\d{2})(?::(\d{2}))?)?"
    r"(?:[.,]\d+)?\s*(Z|[+-]\d{2}:?\d{2})?"
)
_ZONE = re.compile(r"[+-](?:0\d|1[0-4]):?[0-5]\d")


def _captured(fields: Fields) -> tuple[str, str | None, str] | None:
    """The capture time as the camera wrote it, its zone if told, and where that stands."""
    detail = fields.exif.detail
    if at := wall_time(text(detail.get(Base.DateTimeOriginal))):
        return at[0], zone(text(detail.get(Base.OffsetTimeOriginal))), "EXIF DateTimeOriginal"
    if at := wall_time(text(fields.exif.main.get(Base.DateTimeOriginal))):
        return at[0], None, "EXIF DateTimeOriginal"
    if at := wall_time(_xmp(fields, "exif:DateTimeOriginal")):
        return *at, "XMP exif:DateTimeOriginal"
    return None


def wall_time(value: str | None) -> tuple[str, str | None] | None:
    """`YYYY-MM-DDTHH:MM:SS` and a zone from any of the spellings in use; None if not a time."""
    match = _TIME.match((value or "").strip()[:40])
    if not match or match[4] is None:
        return None
    year, month, day, hour, minute = (int(part) for part in match.groups()[:5])
    try:
        at = datetime(year, month, day, hour, minute, int(match[6] or 0))
    except ValueError:
        return None
    return at.isoformat(timespec="seconds"), zone(match[7])


def zone(value: str | None) -> str | None:
    """An offset as `+03:00`; None when it is not one."""
    value = (value or "").strip()
    if value == "Z":
        return "+00:00"
    if not _ZONE.fullmatch(value):
        return None
    return value if ":" in value else f"{value[:3]}:{value[3:]}"


# --- place -------------------------------------------------------------------------------


def _exif_gps(exif: Exif) -> Found | None:
    """Signed degrees. Without its letter (N, S, E, W) a coordinate is not guessed at."""
    latitude = _signed(exif.gps, GPS.GPSLatitude, GPS.GPSLatitudeRef, "S")
    longitude = _signed(exif.gps, GPS.GPSLongitude, GPS.GPSLongitudeRef, "W")
    altitude = number(exif.gps.get(GPS.GPSAltitude))
    if altitude is not None and _below_sea(exif.gps.get(GPS.GPSAltitudeRef)):
        altitude = -altitude
    return _gps(latitude, longitude, altitude, "EXIF GPS")


def _signed(gps: dict[int, Any], degrees: int, letter: int, negative: str) -> float | None:
    parts, side = numbers(gps.get(degrees)), text(gps.get(letter))
    if not parts or len(parts) > 3 or not side:
        return None
    value = sum(part / 60.0**power for power, part in enumerate(parts))
    return -value if side.upper().startswith(negative) else value


def _below_sea(reference: Any) -> bool:
    if isinstance(reference, bytes):
        return reference[:1] in (b"\1", b"\3", b"1", b"3")
    return number(reference) in (1, 3)


_XMP_COORDINATE = re.compile(
    r"(\d{1,3}(?:\.\d+)?)(?:,(\d{1,2}(?:\.\d+)?))?(?:,(\d{1,2}(?:\.\d+)?))?\s*([NSEW])"
)


def _xmp_gps(properties: xmp.Xmp) -> Found | None:
    """XMP writes degrees and minutes with the letter behind: `50,17.9762N`."""
    values = []
    for name in ("exif:GPSLatitude", "exif:GPSLongitude"):
        match = _XMP_COORDINATE.fullmatch(next(iter(properties.get(name, [])), "").strip()[:60])
        if not match:
            return None
        value = sum(float(part or 0) / 60**power for power, part in enumerate(match.groups()[:3]))
        values.append(-value if match[4] in "SW" else value)
    altitude = _fraction(next(iter(properties.get("exif:GPSAltitude", [])), ""))
    if altitude is not None and properties.get("exif:GPSAltitudeRef", [""])[0] == "1":
        altitude = -altitude
    return _gps(values[0], values[1], altitude, "XMP exif:GPS")


def _fraction(value: str) -> float | None:
    above, _, below = value.strip()[:40].partition("/")
    top, bottom = number(above), number(below or "1")
    return top / bottom if top is not None and bottom else None


def _gps(
    latitude: float | None, longitude: float | None, altitude: float | None, place: str
) -> Found | None:
    if latitude is None or longitude is None or abs(latitude) > 90 or abs(longitude) > 180:
        return None
    height = round(altitude, 6) if altitude is not None and abs(altitude) < 1e6 else None
    return Gps(latitude=round(latitude, 8), longitude=round(longitude, 8), altitude=height), place
