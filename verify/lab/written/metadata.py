"""What the file says about itself: one value a field, with the place where it was read.

EXIF comes first, then XMP, IPTC and PNG text; the fields are those of ExifTool's summary.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from PIL.ExifTags import Base

from verify.lab.bounded_text import MAX_CAPTION, MAX_WORD, clean
from verify.lab.written import iptc
from verify.lab.written.captions import XP_AUTHOR, XP_COMMENT, country_created, read_captions
from verify.lab.written.coordinates import exif_gps, movie_gps, unread_position, xmp_gps
from verify.lab.written.dated import (
    CAPTURED,
    read_captured,
    satellite_time,
    unread_dates,
    unread_zone,
)
from verify.lab.written.drones import drone_gps
from verify.lab.written.exif import Exif, number, text, windows_text
from verify.lab.written.fields import Fields, Unread
from verify.records import Metadata


@dataclass(frozen=True)
class Readings:
    """The metadata, and for each of its fields that is not None the place it came from.

    unread: for those that are None, what stands in the file for them and was not understood.
    """

    metadata: Metadata
    read_from: dict[str, str]
    unread: dict[str, Unread]


Found = tuple[Any, str]
_LINK = re.compile(r"https?://\S{1,2000}")


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
        "country": _country(fields),
    }
    if captured := read_captured(fields):
        chosen["captured_at"] = captured.time.at, captured.place
        zone = captured.time.zone
        chosen["captured_zone"] = (zone, captured.place) if zone else None
    if satellites := satellite_time(fields):
        at, place = satellites
        chosen["satellites_at"] = at.isoformat(timespec="seconds"), place
    kept = {name: found for name, found in chosen.items() if found}
    return Readings(
        metadata=Metadata(**{name: value for name, (value, _) in kept.items()}),
        read_from={name: place for name, (_, place) in kept.items()},
        unread={name: found for name, found in _unread(fields) if name not in kept},
    )


def _unread(fields: Fields) -> Iterator[tuple[str, Unread]]:
    for what, unread in reversed(unread_dates(fields)):  # the first of them is told
        if what == CAPTURED:
            yield "captured_at", unread
    if offset := unread_zone(fields):
        yield "captured_zone", offset
    if position := unread_position(fields):
        yield "gps", position


# --- words -------------------------------------------------------------------------------


def _called(fields: Fields, tag: Base) -> Iterator[Found]:
    """What every format has under the name that EXIF gave it."""
    name, lower = tag.name, tag.name.lower()
    yield text(fields.exif.main.get(tag)), f"EXIF {name}"
    yield _xmp(fields, f"tiff:{name}"), f"XMP tiff:{name}"
    yield _png(fields, lower), f"PNG {name}"
    yield fields.movie.get(lower), f"{fields.container} {lower}"


def _lens(fields: Fields) -> Iterator[Found]:
    yield text(fields.exif.detail.get(Base.LensModel)), "EXIF LensModel"
    yield _xmp(fields, "exifEX:LensModel"), "XMP exifEX:LensModel"
    yield _xmp(fields, "aux:Lens"), "XMP aux:Lens"


def _caption(fields: Fields) -> Iterator[Found]:
    yield text(fields.exif.main.get(Base.ImageDescription)), "EXIF ImageDescription"
    yield _iptc(fields, iptc.CAPTION), "IPTC Caption"
    yield _xmp(fields, "dc:description"), "XMP dc:description"
    yield windows_text(fields.exif.main.get(XP_COMMENT)), "EXIF XPComment"
    yield _png(fields, "description"), "PNG Description"
    yield _png(fields, "comment"), "PNG Comment"
    for name in ("description", "synopsis", "comment"):
        value = fields.movie.get(name)
        yield None if is_link(value) else value, f"{fields.container} {name}"


def is_link(words: str | None) -> bool:
    """Whether the words are an address and nothing more."""
    return bool(_LINK.fullmatch(words or ""))


def _creator(fields: Fields) -> Iterator[Found]:
    yield text(fields.exif.main.get(Base.Artist)), "EXIF Artist"
    yield ", ".join(fields.iptc.get(iptc.BYLINE, [])[:20]), "IPTC By-line"
    yield ", ".join(fields.xmp.get("dc:creator", [])[:20]), "XMP dc:creator"
    yield windows_text(fields.exif.main.get(XP_AUTHOR)), "EXIF XPAuthor"
    yield _png(fields, "author"), "PNG Author"
    yield _png(fields, "artist"), "PNG Artist"
    yield fields.movie.get("artist"), f"{fields.container} artist"


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


def _country(fields: Fields) -> Found | None:
    said = country_created(fields) or read_captions(fields).get("country")
    return (said.text, said.place) if said else None


def _gps(fields: Fields) -> Found | None:
    if found := exif_gps(fields.exif):
        return found, "EXIF GPS"
    if found := xmp_gps(fields.xmp):
        return found, "XMP exif:GPS"
    if found := drone_gps(fields.xmp):
        return found, "XMP drone-dji:Gps"
    found = movie_gps(fields.movie.get("location", ""))
    return (found, f"{fields.container} location") if found else None
