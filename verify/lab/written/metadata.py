"""What the file says about itself: one value a field, with the place where it was read.

EXIF comes first, then XMP, IPTC and PNG text; the fields are those of ExifTool's summary.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from PIL.ExifTags import Base

from verify.lab.words import MAX_CAPTION, MAX_WORD, clean
from verify.lab.written import iptc, xmp
from verify.lab.written.clock import wall_time, zone
from verify.lab.written.coordinates import exif_gps, movie_gps, xmp_gps
from verify.lab.written.exif import Exif, number, text
from verify.records import Metadata


@dataclass
class Fields:
    """All that was written beside the picture, by the standard that it was written in.

    photoshop: image resources, unread. movie: what QuickTime's boxes say. changed: PNG's `tIME`.
    """

    exif: Exif = field(default_factory=Exif)
    xmp: xmp.Xmp = field(default_factory=dict)
    iptc: iptc.Iptc = field(default_factory=dict)
    texts: list[tuple[str, str]] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    photoshop: bytes = b""
    movie: dict[str, str] = field(default_factory=dict)
    changed: str = ""


@dataclass(frozen=True)
class Readings:
    """The metadata, and for each of its fields that is not None the place it came from."""

    metadata: Metadata
    read_from: dict[str, str]


Found = tuple[Any, str]


def read_metadata(fields: Fields) -> Readings:
    """Choose one value for each field. Never raises."""
    chosen: dict[str, Found | None] = {
        "make": _word(_called(fields, Base.Make)),
        "model": _word(_called(fields, Base.Model)),
        "lens": _word(_lens(fields)),
        "software": _word(_called(fields, Base.Software)),
        "caption": _word(_caption(fields), MAX_CAPTION),
        "creator": _word(_creator(fields), MAX_CAPTION),
        "orientation": _orientation(fields.exif),
        "gps": _gps(fields),
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


def _called(fields: Fields, tag: Base) -> Iterator[Found]:
    """What every format has under the name that EXIF gave it."""
    name, lower = tag.name, tag.name.lower()
    yield text(fields.exif.main.get(tag)), f"EXIF {name}"
    yield _xmp(fields, f"tiff:{name}"), f"XMP tiff:{name}"
    yield _png(fields, lower), f"PNG {name}"
    yield fields.movie.get(lower), f"QuickTime {lower}"


def _lens(fields: Fields) -> Iterator[Found]:
    yield text(fields.exif.detail.get(Base.LensModel)), "EXIF LensModel"
    yield _xmp(fields, "exifEX:LensModel"), "XMP exifEX:LensModel"
    yield _xmp(fields, "aux:Lens"), "XMP aux:Lens"


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


def _gps(fields: Fields) -> Found | None:
    if found := exif_gps(fields.exif):
        return found, "EXIF GPS"
    if found := xmp_gps(fields.xmp):
        return found, "XMP exif:GPS"
    found = movie_gps(fields.movie.get("location", ""))
    return (found, "QuickTime location") if found else None


def _captured(fields: Fields) -> tuple[str, str | None, str] | None:
    """The capture time as the camera wrote it, its zone if told, and where that stands."""
    detail = fields.exif.detail
    if at := wall_time(text(detail.get(Base.DateTimeOriginal))):
        return at[0], zone(text(detail.get(Base.OffsetTimeOriginal))), "EXIF DateTimeOriginal"
    if at := wall_time(text(fields.exif.main.get(Base.DateTimeOriginal))):
        return at[0], None, "EXIF DateTimeOriginal"
    if at := wall_time(_xmp(fields, "exif:DateTimeOriginal")):
        return *at, "XMP exif:DateTimeOriginal"
    if at := wall_time(fields.movie.get("creationdate")):
        return *at, "QuickTime creationdate"
    return None
