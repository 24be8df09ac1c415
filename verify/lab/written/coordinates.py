"""Positions as EXIF and XMP write them, made signed degrees and metres."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from PIL.ExifTags import GPS

from verify.lab.bounded_text import clean, raw
from verify.lab.written.exif import Exif, comment, number, numbers, text, written
from verify.lab.written.fields import Fields, Unread
from verify.lab.written.xmp import Xmp
from verify.records import Gps


def exif_gps(exif: Exif) -> Gps | None:
    """The position as EXIF writes it, in signed degrees."""
    latitude = _signed(exif.gps, GPS.GPSLatitude, GPS.GPSLatitudeRef, "NS")
    longitude = _signed(exif.gps, GPS.GPSLongitude, GPS.GPSLongitudeRef, "EW")
    altitude = number(exif.gps.get(GPS.GPSAltitude))
    if altitude is not None and _below_sea(exif.gps.get(GPS.GPSAltitudeRef)):
        altitude = -altitude
    return _gps(latitude, longitude, altitude)


def _signed(gps: dict[int, Any], degrees: int, letter: int, sides: str) -> float | None:
    parts, side = numbers(gps.get(degrees)), (text(gps.get(letter)) or "").strip().upper()[:1]
    return _degrees(parts or [], side, sides)


def _degrees(parts: list[float], side: str, sides: str) -> float | None:
    """Degrees, minutes and seconds with their letter; None where they contradict each other.

    sides: the two letters that may stand there, that of the negative side second. A sign beside
    the letter must say the same; without a letter a coordinate is not guessed at.
    """
    if not parts or len(parts) > 3 or side not in tuple(sides):
        return None
    if any(not 0 <= part <= 60 for part in parts[1:]):
        return None
    value = sum(part / 60.0**power for power, part in enumerate(map(abs, parts)))
    if parts[0] < 0 and side != sides[1]:
        return None
    return -value if side == sides[1] else value


def _below_sea(reference: Any) -> bool:
    if isinstance(reference, bytes):
        return reference[:1] in (b"\1", b"\3", b"1", b"3")
    return number(reference) in (1, 3)


# `50,17.9762N` is XMP's own form; others write decimal degrees, with a sign or with the letter in
# a field of its own, or copy what ExifTool prints: `33 deg 30' 49.68" N`.
_XMP_COORDINATE = re.compile(
    r"""([+-]?\d{1,3}(?:\.\d{1,12})?)
    (?:(?:,|\ ?(?:deg|°)\ ?)(\d{1,2}(?:\.\d{1,12})?)'?)?
    (?:(?:,|\ )(\d{1,2}(?:\.\d{1,12})?)"?)?
    \s*([NSEW])?""",
    re.VERBOSE,
)


def xmp_gps(properties: Xmp) -> Gps | None:
    """The position as XMP writes it, in any of the forms in use."""
    latitude = _xmp_degrees(properties, "exif:GPSLatitude", "NS")
    longitude = _xmp_degrees(properties, "exif:GPSLongitude", "EW")
    altitude = _fraction(_first(properties, "exif:GPSAltitude"))
    if altitude is not None and _first(properties, "exif:GPSAltitudeRef") == "1":
        altitude = -altitude
    return _gps(latitude, longitude, altitude)


def _xmp_degrees(properties: Xmp, name: str, sides: str) -> float | None:
    match = _XMP_COORDINATE.fullmatch(_first(properties, name).strip()[:60])
    if not match:
        return None
    parts = [float(part) for part in match.groups()[:3] if part]
    side = match[4] or _first(properties, f"{name}Ref").strip().upper()[:1]
    if not side and match[1][0] in "+-":  # a sign says as much as a letter
        side = sides[match[1][0] == "-"]
    return _degrees(parts, side, sides)


def _first(properties: Xmp, name: str) -> str:
    return next(iter(properties.get(name, [])), "")


def unread_position(fields: Fields) -> Unread | None:
    """Where coordinates are written and what stands there, for when none of them is usable."""
    for place, values in (
        ("EXIF GPS", [written(fields.exif.gps.get(tag)) for tag in (1, 2, 3, 4)]),
        ("XMP exif:GPS", [_first(fields.xmp, name) for name in _XMP_POSITION]),
        ("XMP drone-dji:Gps", [_first(fields.xmp, name) for name in _DRONE_POSITION]),
        (f"{fields.container} location", [fields.movie.get("location")]),
    ):
        if value := " ".join(part for part in values if part and part.strip("\0 ")):
            return Unread(place, raw(value))
    return None


_XMP_POSITION = (
    "exif:GPSLatitude",
    "exif:GPSLatitudeRef",
    "exif:GPSLongitude",
    "exif:GPSLongitudeRef",
)
_DRONE_POSITION = ("drone-dji:GpsLatitude", "drone-dji:GpsLongitude")


_ISO_6709 = re.compile(
    r"([+-]\d{1,7}(?:\.\d{1,12})?)([+-]\d{1,7}(?:\.\d{1,12})?)([+-]\d{1,6}(?:\.\d{1,12})?)?"
    r"(?:CRS[\w:/.-]{1,40})?/?"
)


def movie_gps(location: str) -> Gps | None:
    """QuickTime writes a point in one text: `+33.5138+036.2765+690.000/` (ISO 6709, annex H).

    How many digits stand before the point tells degrees from minutes and seconds: `+3330.83`.
    """
    match = _ISO_6709.fullmatch(location.strip()[:80])
    if not match:
        return None
    latitude, longitude = _sexagesimal(match[1], 2), _sexagesimal(match[2], 3)
    return _gps(latitude, longitude, float(match[3]) if match[3] else None)


def _sexagesimal(written: str, width: int) -> float | None:
    """Degrees of `width` digits at most, or with minutes and seconds of two digits each."""
    sign, digits, rest = written[0], *written[1:].partition(".")[::2]
    if len(digits) <= width:
        return float(written)
    if len(digits) not in (width + 2, width + 4):
        return None
    parts = [digits[:width], *re.findall("..", digits[width:])]
    parts[-1] += f".{rest or 0}"
    return _degrees([*map(float, parts)], "S" if sign == "-" else "N", "NS")


@dataclass(frozen=True)
class Beside:
    """What stands beside the coordinates, and where. direction: degrees; error: metres.

    method: how the position was found, as written; void: the receiver had no reception.
    """

    place: str
    direction: float | None = None
    magnetic: bool | None = None
    error: float | None = None
    datum: str | None = None
    method: str | None = None
    void: bool = False


def read_beside(exif: Exif, properties: Xmp) -> Beside:
    """Direction of the camera, error, datum and method, from EXIF, else from XMP. Never raises."""
    if exif.gps:
        return _beside(
            "EXIF",
            number(exif.gps.get(GPS.GPSImgDirection)),
            text(exif.gps.get(GPS.GPSImgDirectionRef)),
            number(exif.gps.get(GPS.GPSHPositioningError)),
            text(exif.gps.get(GPS.GPSMapDatum)),
            comment(exif.gps.get(GPS.GPSProcessingMethod), exif.little_endian),
            text(exif.gps.get(GPS.GPSStatus)),
        )
    direction, reference, error, datum, method, status = (
        _first(properties, f"exif:GPS{name}")
        for name in (
            "ImgDirection",
            "ImgDirectionRef",
            "HPositioningError",
            "MapDatum",
            "ProcessingMethod",
            "Status",
        )
    )
    found = _fraction(direction), reference, _fraction(error), datum, method, status
    return _beside("XMP", *found)


def _beside(
    place: str,
    direction: float | None,
    reference: str | None,
    error: float | None,
    datum: str | None,
    method: str | None,
    status: str | None,
) -> Beside:
    """Only what can be: a direction of the compass, an error of the earth's own size."""
    whole_circle = direction is not None and 0 <= direction <= 360
    return Beside(
        place,
        direction=direction if whole_circle else None,
        magnetic={"M": True, "T": False}.get((reference or "")[:1].upper()),
        error=error if error is not None and 0 < error < 1e6 else None,
        datum=datum,
        method=clean(method, 40),
        void=(status or "").strip().upper() == "V",
    )


def _fraction(value: str) -> float | None:
    above, _, below = value.strip()[:40].partition("/")
    top, bottom = number(above), number(below or "1")
    return top / bottom if top is not None and bottom else None


def _gps(latitude: float | None, longitude: float | None, altitude: float | None) -> Gps | None:
    if latitude is None or longitude is None or abs(latitude) > 90 or abs(longitude) > 180:
        return None
    height = round(altitude, 6) if altitude is not None and abs(altitude) < 1e6 else None
    return Gps(latitude=round(latitude, 8), longitude=round(longitude, 8), altitude=height)
