"""What a QuickTime or MP4 file says of itself: camera, time, place, words; no frame is decoded.

Sources: Apple, "QuickTime File Format Specification", movie header, user data and metadata
atoms; ISO 14496-12, 8.2.2; 3GPP TS 26.244, 8.10 (`loci`); XMP part 3 for its place in them; the
names of iTunes' list as in ExifTool's documentation (exiftool.org/TagNames/QuickTime.html).
"""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import islice
from struct import unpack_from

from verify.lab.containers.blocks import Blocks, boxes
from verify.lab.reading_at import Content

MAX_VALUE = 2000
MAX_SETTINGS = 256 << 10
"""Of a generator's graph, which is long."""
MAX_KEYS = 200

_EPOCH, _UNIX = datetime(1904, 1, 1), datetime(1970, 1, 1)
_BETWEEN = int((_UNIX - _EPOCH).total_seconds())
_XMP = bytes.fromhex("be7acfcb97a942e89c71999491e3afac")
_USER_DATA = {
    b"\xa9mak": "make",
    b"\xa9mod": "model",
    b"\xa9swr": "software",
    b"\xa9xyz": "location",
    b"\xa9day": "day",
    b"\xa9nam": "title",
    b"\xa9ART": "artist",
    b"\xa9cmt": "comment",
    b"\xa9des": "description",
    b"\xa9too": "encoder",
    b"\xa9enc": "encoder",
    b"\xa9cpy": "copyright",
    b"\xa9inf": "description",
}
# iTunes' list has the same names, and these.
_LISTED = _USER_DATA | {b"desc": "description", b"ldes": "synopsis", b"purl": "source"}
_APPLE = "com.apple.quicktime."
_KEYS = {
    f"{_APPLE}location.iso6709": "location",
    f"{_APPLE}displayname": "title",
    f"{_APPLE}author": "artist",
    "com.android.manufacturer": "make",
    "com.android.model": "model",
    "com.android.version": "android",
    "com.android.capture.fps": "",
}


def walk(data: Content, blocks: Blocks) -> None:
    """Fill in `movie` and XMP: Apple's keys come before the older user data."""
    for kind, start, stop in boxes(data, 0, len(data)):
        if kind == b"uuid" and data[start : start + 16] == _XMP:
            blocks.xmp = blocks.xmp or data[start + 16 : stop]
        elif kind == b"moov":
            _movie(data, start, stop, blocks)
        blocks.end = stop


def seconds(data: Content, start: int, stop: int) -> float | None:
    """How long the film between two places lasts by its header (14496-12, 8.2.2), if it says so."""
    for box, first, last in boxes(data, start, stop):
        if box == b"moov":
            for kind, at, end in boxes(data, first, last):
                if kind == b"mvhd" and end - at >= 36:
                    form = ">16xIQ" if data[at] == 1 else ">8xII"
                    scale, length = unpack_from(form, data[at + 4 : at + 32])
                    return length / scale if scale and length < 1 << 31 else None
    return None


def _movie(data: Content, start: int, stop: int, blocks: Blocks) -> None:
    found = blocks.movie
    parts = {kind: (first, last) for kind, first, last in boxes(data, start, stop)}
    if b"meta" in parts:
        _metadata(data, *parts[b"meta"], found)
    if b"udta" in parts:
        for kind, first, last in boxes(data, *parts[b"udta"]):
            if kind in _USER_DATA:
                size = int.from_bytes(data[first : first + 2], "big")
                keep(found, _USER_DATA[kind], data[first + 4 : min(first + 4 + size, last)])
            elif kind == b"meta":
                _metadata(data, first, last, found)
            elif kind == b"loci":
                keep(found, "location", _loci(data[first:last]))
            elif kind == b"XMP_":
                blocks.xmp = blocks.xmp or data[first:last]
    if b"mvhd" in parts:
        _created(data, parts[b"mvhd"][0], found)


def _loci(body: bytes) -> bytes:
    """A position as ISO 6709 writes it: after version, language, a name and a role, 16.16 each."""
    wide = body[6:8] in (b"\xfe\xff", b"\xff\xfe")
    end = 6
    while end < len(body) and any(body[end : end + (2 if wide else 1)]):
        end += 2 if wide else 1
    longitude, latitude, altitude = unpack_from(">iii", body, end + (2 if wide else 1) + 1)
    written = f"{latitude / 65536:+09.5f}{longitude / 65536:+010.5f}"
    return (written + (f"{altitude / 65536:+.3f}" if altitude else "") + "/").encode()


def _created(data: Content, at: int, found: dict[str, str]) -> None:
    """The time of the movie header, in seconds since 1904; 0 is none.

    It should be UTC, yet cameras that know no zone write their own clock, so that no zone is told.
    Some programs count from 1970: what would else lie before then is taken for that.
    """
    width = 8 if data[at] == 1 else 4
    seconds = int.from_bytes(data[at + 4 : at + 4 + width], "big")
    if 0 < seconds < 1 << 33:
        epoch = _UNIX if seconds < _BETWEEN else _EPOCH
        found["created"] = (epoch + timedelta(seconds=seconds)).isoformat()


def _metadata(data: Content, start: int, stop: int, found: dict[str, str]) -> None:
    """Keys and values of a `meta` box, which MP4 begins with four more bytes; or iTunes' list."""
    start += 0 if data[start + 4 : start + 8] == b"hdlr" else 4
    parts = {kind: (first, last) for kind, first, last in boxes(data, start, stop)}
    if b"ilst" not in parts:
        return
    names = _names(data, *parts[b"keys"]) if b"keys" in parts else []
    for kind, first, last in boxes(data, *parts[b"ilst"]):
        number = int.from_bytes(kind, "big")
        if names:
            name = _called(names[number - 1]) if 0 < number <= len(names) else ""
        else:
            name = _LISTED.get(kind, "")
        for inner, at, end in boxes(data, first, last):
            if name and inner == b"data":
                keep(found, name, data[at + 8 : end])


def _names(data: Content, first: int, last: int) -> list[str]:
    keys = islice(boxes(data, first + 8, last), MAX_KEYS)
    return [data[at:end].decode("latin-1") for _, at, end in keys]


def _called(key: str) -> str:
    """The name under which a key is kept: Apple's by their last part, others as they are."""
    key = key.lower()
    return _KEYS.get(key, key.removeprefix(_APPLE))[:60]


def keep(found: dict[str, str], name: str, raw: bytes) -> None:
    """Keep a value under a name, where it says something and the name has none yet."""
    limit = MAX_SETTINGS if name in ("prompt", "workflow", "parameters", "comment") else MAX_VALUE
    text = raw[:limit].decode("utf-8", "replace").strip("\0 ")
    if name and text and len(found) < MAX_KEYS:
        found.setdefault(name, text)
