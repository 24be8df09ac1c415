"""What a QuickTime or MP4 file says of itself: camera, time and place; no frame is decoded.

Sources: Apple, "QuickTime File Format Specification", movie header, user data and metadata
atoms; ISO 14496-12, 8.2.2; XMP part 3 for its place in them.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import islice
from struct import unpack_from

from verify.lab.containers.blocks import Blocks, boxes

MAX_VALUE = 2000
MAX_KEYS = 200

_EPOCH = datetime(1904, 1, 1)
_XMP = bytes.fromhex("be7acfcb97a942e89c71999491e3afac")
_USER_DATA = {
    b"\xa9mak": "make",
    b"\xa9mod": "model",
    b"\xa9swr": "software",
    b"\xa9xyz": "location",
    b"\xa9day": "day",
}
_KEYS = {
    "com.apple.quicktime.make": "make",
    "com.apple.quicktime.model": "model",
    "com.apple.quicktime.software": "software",
    "com.apple.quicktime.creationdate": "creationdate",
    "com.apple.quicktime.location.iso6709": "location",
    "com.android.manufacturer": "make",
    "com.android.model": "model",
}


def walk(data: bytes, blocks: Blocks) -> None:
    """Fill in `movie` and XMP: Apple's keys come before the older user data."""
    for kind, start, stop in boxes(data, 0, len(data)):
        if kind == b"uuid" and data[start : start + 16] == _XMP:
            blocks.xmp = data[start + 16 : stop]
        elif kind == b"moov":
            _movie(data, start, stop, blocks.movie)


def _movie(data: bytes, start: int, stop: int, found: dict[str, str]) -> None:
    parts = {kind: (first, last) for kind, first, last in boxes(data, start, stop)}
    if b"meta" in parts:
        _metadata(data, *parts[b"meta"], found)
    if b"udta" in parts:
        for kind, first, last in boxes(data, *parts[b"udta"]):
            if kind in _USER_DATA:
                size = unpack_from(">H", data, first)[0]
                _keep(found, _USER_DATA[kind], data[first + 4 : min(first + 4 + size, last)])
            elif kind == b"meta":
                _metadata(data, first, last, found)
    if b"mvhd" in parts:
        _created(data, parts[b"mvhd"][0], found)


def _created(data: bytes, at: int, found: dict[str, str]) -> None:
    """The time of the movie header, in seconds since 1904, in UTC; 0 is none."""
    form = ">Q" if data[at] == 1 else ">I"
    seconds = unpack_from(form, data, at + 4)[0]
    if 0 < seconds < 1 << 33:
        found["created"] = f"{(_EPOCH + timedelta(seconds=seconds)).isoformat()}Z"


def _metadata(data: bytes, start: int, stop: int, found: dict[str, str]) -> None:
    """Keys and values of a `meta` box, which MP4 begins with four more bytes."""
    start += 0 if data[start + 4 : start + 8] == b"hdlr" else 4
    parts = {kind: (first, last) for kind, first, last in boxes(data, start, stop)}
    if b"keys" not in parts or b"ilst" not in parts:
        return
    first, last = parts[b"keys"]
    keys = islice(boxes(data, first + 8, last), MAX_KEYS)
    names = [data[at:end].decode("latin-1") for _, at, end in keys]
    for kind, first, last in boxes(data, *parts[b"ilst"]):
        number = int.from_bytes(kind, "big")
        name = names[number - 1].lower() if 0 < number <= len(names) else ""
        for inner, at, end in boxes(data, first, last):
            if name in _KEYS and inner == b"data":
                _keep(found, _KEYS[name], data[at + 8 : end])


def _keep(found: dict[str, str], name: str, raw: bytes) -> None:
    text = raw[:MAX_VALUE].decode("utf-8", "replace").strip("\0 ")
    if text:
        found.setdefault(name, text)
