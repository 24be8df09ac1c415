"""What drones write into XMP: where they stood, how high above their start, and their gaze.

Sources: DJI's namespace as in ExifTool's documentation (exiftool.org/TagNames/DJI.html), where
`GpsLongtitude` is the maker's own spelling; Parrot's and Pix4D's `Camera` (support.pix4d.com, "XMP
tags").
"""

from __future__ import annotations

from dataclasses import dataclass

from verify.lab.written.exif import number
from verify.lab.written.xmp import Xmp
from verify.records import Gps

_LATITUDE = ("drone-dji:GpsLatitude", "drone-dji:Latitude")
_LONGITUDE = ("drone-dji:GpsLongitude", "drone-dji:GpsLongtitude", "drone-dji:Longitude")
_ALTITUDE = ("drone-dji:AbsoluteAltitude",)
_HEIGHT = ("drone-dji:RelativeAltitude",)
_YAW = ("drone-dji:GimbalYawDegree", "Camera:Yaw")
_PITCH = ("drone-dji:GimbalPitchDegree", "Camera:Pitch")


@dataclass(frozen=True)
class Gaze:
    """height: metres above the start. direction: degrees of the compass, clockwise from north.

    tilt: degrees above the horizon, down to -90, straight down.
    """

    height: float | None = None
    direction: float | None = None
    tilt: float | None = None


def drone_gps(properties: Xmp) -> Gps | None:
    """The drone's position, which the sign alone tells; None where it is missing or 0, 0."""
    latitude, longitude = _number(properties, _LATITUDE), _number(properties, _LONGITUDE)
    if latitude is None or longitude is None or not (latitude or longitude):
        return None
    if abs(latitude) > 90 or abs(longitude) > 180:
        return None
    return Gps(
        latitude=round(latitude, 8),
        longitude=round(longitude, 8),
        altitude=_number(properties, _ALTITUDE),
    )


def read_gaze(properties: Xmp) -> Gaze:
    """Height and direction of the drone's camera. Never raises."""
    height, yaw, tilt = (_number(properties, names) for names in (_HEIGHT, _YAW, _PITCH))
    return Gaze(
        height=height if height is not None and abs(height) < 1e5 else None,
        direction=yaw % 360 if yaw is not None and abs(yaw) <= 360 else None,
        tilt=tilt if tilt is not None and abs(tilt) <= 90 else None,
    )


def _number(properties: Xmp, names: tuple[str, ...]) -> float | None:
    for name in names:
        if values := properties.get(name):
            return number(values[0].strip()[:40])
    return None
