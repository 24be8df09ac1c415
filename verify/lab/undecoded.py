"""Why a picture was not decoded: cut off, of a form that is not supported here, or damaged.

Sources: ITU T.81, table B.1 (frames of JPEG); PNG, third edition, 5.2; RIFF; ISO 14496-12, 4.2.
"""

from __future__ import annotations

from struct import unpack_from

from verify.lab.containers.blocks import boxes
from verify.lab.written.salvage import first_directory, salvage
from verify.records import Sentence, say

TOO_LARGE = say(
    "The picture claims more pixels than can be decoded safely, so it was not decoded. "
    "The file is kept as it came."
)
TOO_MANY_SCANS = say(
    "The picture goes over its pixels in more scans than can be decoded in time, so it was not "
    "decoded. The file is kept as it came."
)
CUT = say(
    "The picture could not be decoded: the file ends before it does. The file is kept as it came."
)
DAMAGED = say(
    "The picture could not be decoded: the file is damaged or not what it claims to be. "
    "The file is kept as it came."
)
NO_PREVIEW = say(
    "This camera original holds no preview that can be decoded; nothing here develops the raw "
    "picture. The file is kept as it came."
)

# Frames that are whole JPEGs, but not decoded here, by the second byte of their marker.
_FRAMES = {
    0xC3: "lossless JPEG",
    0xC5: "hierarchical JPEG",
    0xC6: "hierarchical JPEG",
    0xC7: "hierarchical JPEG",
    0xC9: "JPEG with arithmetic coding",
    0xCA: "JPEG with arithmetic coding",
    0xCB: "lossless JPEG",
}
_HEADERS = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}
_STRIPS, _STRIP_SIZES, _TILES, _TILE_SIZES = 273, 279, 324, 325
_COMPRESSION, _PHOTOMETRIC, _BITS = 259, 262, 258


def reason(data: bytes, media_type: str) -> Sentence:
    """What is known about why this picture cannot be decoded."""
    form = _unsupported(data, media_type)
    if form:
        return say(
            "The picture is of a form that is not supported here: {form}. The file may be whole, "
            "and is kept as it came.",
            form=form,
        )
    return CUT if _is_cut(data, media_type) else DAMAGED


def _unsupported(data: bytes, media_type: str) -> str:
    if media_type == "image/avci":
        return "H.264 (AVCI)"
    if media_type == "image/jpeg":
        return _jpeg_form(data)
    if media_type == "image/tiff" and not _is_cut(data, media_type):
        tags = salvage(data, first_directory(data))
        if _PHOTOMETRIC in tags and (_STRIPS in tags or _TILES in tags):
            numbers = (tags.get(tag, "?") for tag in (_COMPRESSION, _PHOTOMETRIC, _BITS))
            return "TIFF, compression {}, colours {}, bits {}".format(*numbers)
    return ""


def _jpeg_form(data: bytes) -> str:
    at = 2
    while at + 9 < len(data) and data[at] == 0xFF:
        marker, size = data[at + 1], unpack_from(">H", data, at + 2)[0]
        if marker in _HEADERS:
            if data[at + 4] not in (8, 0):
                return f"JPEG of {data[at + 4]} bits"
            return _FRAMES.get(marker, "")
        at += 2 + size
    return ""


def _is_cut(data: bytes, media_type: str) -> bool:
    """Whether the container says that it is longer than the file."""
    if media_type == "image/jpeg":
        return b"\xff\xd9" not in data[-64:]
    if media_type == "image/png":
        return b"IEND" not in data[-64:]
    if media_type == "image/webp":
        return len(data) >= 8 and unpack_from("<I", data, 4)[0] + 8 > len(data)
    if media_type == "image/gif":
        return not data.rstrip(b"\0").endswith(b";")
    if media_type == "image/tiff":
        tags = salvage(data, first_directory(data))
        places = ((_STRIPS, _STRIP_SIZES), (_TILES, _TILE_SIZES))
        return not tags or any(_beyond(data, tags.get(a), tags.get(b)) for a, b in places)
    whole = max((stop for _, _, stop in boxes(data, 0, len(data))), default=0)
    return whole < len(data)


def _beyond(data: bytes, places: object, sizes: object) -> bool:
    """Whether a strip or tile ends behind the file."""
    first = places if isinstance(places, tuple) else (places,)
    second = sizes if isinstance(sizes, tuple) else (sizes,)
    return any(
        isinstance(at, int) and isinstance(size, int) and at + size > len(data)
        for at, size in zip(first, second, strict=False)
    )
