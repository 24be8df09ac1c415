"""Positions as EXIF and XMP write them, made signed degrees and metres."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from PIL.ExifTags import GPS

from verify.lab.written.exif import Exif, number, numbers, text
from verify.lab.written.xmp import Xmp
from verify.records import Gps


def exif_gps(exif: Exif) -> Gps | None:
    """Signed degrees. Without its letter (N, S, E, W) a coordinate is not guessed at."""
    latitude = _signed(exif.gps, GPS.GPSLatitude, GPS.GPSLatitudeRef, "S")
    longitude = _signed(exif.gps, GPS.GPSLongitude, GPS.GPSLongitudeRef, "W")
    altitude = number(exif.gps.get(GPS.GPSAltitude))
    if altitude is not None and _below_sea(exif.gps.get(GPS.GPSAltitudeRef)):
        altitude = -altitude
    return _gps(latitude, longitude, altitude)


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


def xmp_gps(properties: Xmp) -> Gps | None:
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
    return _gps(values[0], values[1], altitude)


_ISO_6709 = re.compile(
    r"([+-]\d{1,2}(?:\.\d{1,12})?)([+-]\d{1,3}(?:\.\d{1,12})?)([+-]\d{1,6}(?:\.\d{1,12})?)?/?"
)


def movie_gps(location: str) -> Gps | None:
    """QuickTime writes a point in one text: `+33.5138+036.2765+690.000/` (ISO 6709, annex H)."""
    match = _ISO_6709.match(location.strip()[:80])
    if not match:
        return None
    latitude, longitude, altitude = match.groups()
    return _gps(float(latitude), float(longitude), float(altitude) if altitude else None)


@dataclass(frozen=True)
class Beside:
    """What stands beside the coordinates, and where. direction: degrees; error: metres."""

    place: str
    direction: float | None = None
    magnetic: bool | None = None
    error: float | None = None
    datum: str | None = None


def read_beside(exif: Exif, properties: Xmp) -> Beside:
    """Direction of the camera, error and datum, from EXIF, else from XMP. Never raises."""
    if exif.gps:
        return _beside(
            "EXIF",
            number(exif.gps.get(GPS.GPSImgDirection)),
            text(exif.gps.get(GPS.GPSImgDirectionRef)),
            number(exif.gps.get(GPS.GPSHPositioningError)),
            text(exif.gps.get(GPS.GPSMapDatum)),
        )
    direction, reference, error, datum = (
        next(iter(properties.get(f"exif:GPS{name}", [])), "")
        for name in ("ImgDirection", "ImgDirectionRef", "HPositioningError", "MapDatum")
    )
    return _beside("XMP", _fraction(direction), reference, _fraction(error), datum)


def _beside(
    place: str,
    direction: float | None,
    reference: str | None,
    error: float | None,
    datum: str | None,
) -> Beside:
    """Only what can be: a direction of the compass, an error of the earth's own size."""
    whole_circle = direction is not None and 0 <= direction <= 360
    return Beside(
        place,
        direction=direction if whole_circle else None,
        magnetic={"M": True, "T": False}.get((reference or "")[:1].upper()),
        error=error if error is not None and 0 < error < 1e6 else None,
        datum=datum,
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
