"""Cameras' own originals: which kind they are, how large the full picture is, and its preview.

Nothing here develops a raw picture: what is looked at is the largest preview that the camera put
beside it, and that is said. Sources: TIFF/EP (ISO 12234-2); Adobe, DNG 1.7; github.com/lclevy's
descriptions of CR2 and CR3; ExifTool's documentation of NEF, ARW, ORF, RW2 and RAF.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from struct import error as struct_error
from struct import unpack_from

from verify.formats import RAWS
from verify.lab.containers.blocks import boxes
from verify.lab.written.salvage import Value, body_of, first_directory, next_directory, salvage

_MAKERS = (
    ("NIKON", "image/x-nikon-nef"),
    ("SONY", "image/x-sony-arw"),
    ("PENTAX", "image/x-pentax-pef"),
    ("RICOH", "image/x-pentax-pef"),
    ("SAMSUNG", "image/x-samsung-srw"),
)
_SUBTYPE, _WIDTH, _HEIGHT, _COMPRESSION, _PHOTOMETRIC = 254, 256, 257, 259, 262
_STRIP, _STRIP_SIZE, _MAKE, _SUBDIRECTORIES = 273, 279, 271, 330
_JPEG_AT, _JPEG_SIZE, _EXIF, _DNG, _CROP = 0x0201, 0x0202, 0x8769, 50706, 50720
_PANASONIC_JPEG = 0x002E
_SENSOR = (32803, 34892)  # PhotometricInterpretation: a colour filter array, linear raw
_MOST_DIRECTORIES = 20
_CANON_PREVIEW = bytes.fromhex("eaf42b5e1c984b88b9fbb7dc406e4d16")


@dataclass(frozen=True)
class _Directory:
    at: int
    tags: dict[int, Value]

    def number(self, tag: int) -> int:
        """A whole number, the first of several; 0 where there is none."""
        value = self.tags.get(tag, 0)
        value = value[0] if isinstance(value, tuple) else value
        return int(value) if isinstance(value, int | float) else 0


def kind_of_tiff(data: bytes) -> str | None:
    """The media type of a camera original that is built on TIFF; None for an ordinary TIFF."""
    if data[:4] in (b"IIRO", b"IIRS", b"MMOR"):
        return "image/x-olympus-orf"
    if data[:4] == b"IIU\0":
        return "image/x-panasonic-rw2"
    if data[8:10] == b"CR" and data[:2] == b"II":
        return "image/x-canon-cr2"
    directories = _directories(data)
    if not directories:
        return None
    if _DNG in directories[0].tags:
        return "image/x-adobe-dng"
    if not any(one.number(_PHOTOMETRIC) in _SENSOR for one in directories):
        return None
    make = str(directories[0].tags.get(_MAKE, "")).upper()
    return next((kind for name, kind in _MAKERS if make.startswith(name)), "image/x-raw")


def full_size(data: bytes, media_type: str) -> tuple[int, int] | None:
    """Of a camera original, width and height as stored, in pixels; None where nothing tells."""
    if media_type not in RAWS or media_type in ("image/x-canon-cr3", "image/x-fuji-raf"):
        return None
    directories = _directories(data)
    for one in directories:
        if one.number(_PHOTOMETRIC) in _SENSOR:
            if crop := _pair(one.tags.get(_CROP)):
                return crop
            if one.number(_WIDTH) and one.number(_HEIGHT):
                return one.number(_WIDTH), one.number(_HEIGHT)
    exif = directories[0].number(_EXIF) if directories else 0
    detail = _Directory(exif, salvage(data, exif)) if exif else None
    if detail and detail.number(0xA002) and detail.number(0xA003):
        return detail.number(0xA002), detail.number(0xA003)
    return None


def _pair(value: Value | None) -> tuple[int, int] | None:
    if isinstance(value, tuple) and len(value) == 2 and min(value) >= 1:
        return int(value[0]), int(value[1])
    return None


def preview(data: bytes, media_type: str) -> bytes:
    """The largest JPEG that stands in the file for the picture; nothing where there is none."""
    with suppress(struct_error, IndexError, ValueError):
        if media_type == "image/x-canon-cr3":
            return max(_canon_previews(data), key=len, default=b"")
        if media_type == "image/x-fuji-raf":
            at, size = unpack_from(">II", data, 84)
            return data[at : at + size]
        return max(_tiff_previews(data), key=len, default=b"")
    return b""


def _directories(data: bytes) -> list[_Directory]:
    """The chain of directories, each with those beneath it; every one once."""
    found: dict[int, _Directory] = {}
    waiting = [first_directory(data)]
    while waiting and len(found) < _MOST_DIRECTORIES:
        at = waiting.pop(0)
        if at in found or not 8 <= at < len(data):
            continue
        tags = salvage(data, at)
        if not tags:
            continue
        found[at] = _Directory(at, tags)
        beneath = tags.get(_SUBDIRECTORIES, ())
        places = beneath if isinstance(beneath, tuple) else (beneath,)
        waiting += [int(one) for one in places if isinstance(one, int | float)]
        waiting.append(next_directory(data, at))
    return list(found.values())


def _tiff_previews(data: bytes) -> Iterator[bytes]:
    for one in _directories(data):
        yield from _jpeg(data, one.number(_JPEG_AT), one.number(_JPEG_SIZE))
        single = not isinstance(one.tags.get(_STRIP), tuple)
        if single and one.number(_PHOTOMETRIC) not in _SENSOR:
            yield from _jpeg(data, one.number(_STRIP), one.number(_STRIP_SIZE))
        yield from _jpeg_of(body_of(data, one.at, _PANASONIC_JPEG))


def _jpeg(data: bytes, at: int, size: int) -> Iterator[bytes]:
    if at > 0 and size > 0:
        yield from _jpeg_of(data[at : at + size])


def _jpeg_of(body: bytes) -> Iterator[bytes]:
    """A JPEG that decodes as one: Canon and others keep the raw picture as lossless JPEG."""
    if body.startswith(b"\xff\xd8\xff") and b"\xff\xc3" not in body[:4096]:
        yield body


def _canon_previews(data: bytes) -> Iterator[bytes]:
    """The preview, the thumbnail, and the full-size JPEG that is the first track of a CR3."""
    for kind, start, stop in boxes(data, 0, len(data)):
        if kind == b"uuid" and data[start : start + 16] == _CANON_PREVIEW:
            at = data.find(b"\xff\xd8\xff", start, stop)
            if at > 0:
                yield data[at:stop]
        elif kind == b"mdat" and data[start : start + 3] == b"\xff\xd8\xff":
            yield data[start:stop]
        elif kind == b"moov":
            at = data.find(b"THMB", start, stop)
            at = data.find(b"\xff\xd8\xff", at, stop) if at > 0 else -1
            if at > 0:
                yield data[at:stop]


_CANON_METADATA = bytes.fromhex("85c0b687820f11e08111f4ce462b6a48")


def canon_blocks(data: bytes) -> dict[str, bytes]:
    """CR3's blocks of EXIF: `CMT1` the camera, `CMT2` details, `CMT3` the maker's, `CMT4` GPS."""
    found: dict[str, bytes] = {}
    for kind, start, stop in boxes(data, 0, len(data)):
        if kind != b"moov":
            continue
        for inner, first, last in boxes(data, start, stop):
            if inner == b"uuid" and data[first : first + 16] == _CANON_METADATA:
                for name, at, end in boxes(data, first + 16, last):
                    if name[:3] == b"CMT":
                        found[name.decode("ascii", "replace")] = data[at:end]
    return found
