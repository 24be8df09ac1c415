"""Metadata items of HEIC, HEIF and AVIF files, read from their boxes.

Source: ISO 14496-12 (boxes, `meta`, `iloc`, `iinf`) and 23008-12 (Exif and XMP as items).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from struct import unpack_from

from verify.lab.containers.blocks import MAX_BLOCK, Blocks, after_exif_mark, boxes

MAX_ITEMS = 1000
MAX_THUMBNAILS = 2


def walk(data: bytes, blocks: Blocks) -> None:
    """Fill in EXIF and XMP, and where the last box ends."""
    for kind, body in _items(data):
        if kind == b"Exif":
            offset = int.from_bytes(body[:4], "big")
            blocks.exif = blocks.exif or after_exif_mark(body[4 + offset :] or body[4:])
        elif kind == b"mime" and b"xmpmeta" in body:
            blocks.xmp = blocks.xmp or body
    blocks.end = _end(data)


def _end(data: bytes) -> int | None:
    """Where the last whole box ends, if boxes are followed by something else or by nothing."""
    last = None
    for kind, _, stop in boxes(data, 0, len(data)):
        if not kind.isascii():
            break
        last = stop
    return last


def _items(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Item type (`Exif`, `mime`) and content of each metadata item."""
    for kind, start, stop in boxes(data, 0, len(data)):
        if kind != b"meta":
            continue
        parts = {name: (a, b) for name, a, b in boxes(data, start + 4, stop)}
        if b"iinf" not in parts or b"iloc" not in parts:
            return
        kinds = dict(_kinds(data, *parts[b"iinf"]))
        base = parts[b"idat"][0] if b"idat" in parts else None
        for number, pieces in _places(data, parts[b"iloc"][0], base):
            if kinds.get(number) in (b"Exif", b"mime"):
                yield kinds[number], _joined(data, pieces)


def thumbnails(data: bytes) -> Iterator[bytes]:
    """The file once for each thumbnail in it, with the thumbnail made its primary picture."""
    for kind, start, stop in boxes(data, 0, len(data)):
        if kind != b"meta":
            continue
        parts = {name: (a, b) for name, a, b in boxes(data, start + 4, stop)}
        if b"pitm" not in parts or b"iref" not in parts:
            return
        at, end = parts[b"pitm"][0] + 4, parts[b"pitm"][1]
        for number in list(_thumbnail_numbers(data, *parts[b"iref"]))[:MAX_THUMBNAILS]:
            with suppress(OverflowError):
                chosen = data[:at] + number.to_bytes(end - at, "big") + data[end:]
                first, last = parts[b"iref"]
                # The decoder hides what is somebody's thumbnail: it must not be called one.
                references = chosen[first:last].replace(b"thmb", b"skip")
                yield chosen[:first] + references + chosen[last:]


def _thumbnail_numbers(data: bytes, start: int, stop: int) -> Iterator[int]:
    """The items that are thumbnails of another, from the reference box."""
    wide = 4 if data[start] else 2
    for kind, body, _ in boxes(data, start + 4, stop):
        if kind == b"thmb":
            yield int.from_bytes(data[body : body + wide], "big")


def _joined(data: bytes, pieces: list[tuple[int, int]]) -> bytes:
    """The pieces in one, MAX_BLOCK bytes at most: they may overlap a thousand times."""
    content = bytearray()
    for at, size in pieces:
        content += data[at : at + min(size, MAX_BLOCK - len(content))]
    return bytes(content)


def _kinds(data: bytes, start: int, stop: int) -> Iterator[tuple[int, bytes]]:
    """Number and type of each item, from the item information box."""
    at = start + (6 if data[start] == 0 else 8)
    for kind, body, _ in boxes(data, at, stop):
        if kind == b"infe" and data[body] in (2, 3):
            form = ">H" if data[body] == 2 else ">I"
            wide = 2 if data[body] == 2 else 4
            number = unpack_from(form, data, body + 4)[0]
            yield number, data[body + 6 + wide : body + 10 + wide]


def _places(data: bytes, at: int, idat: int | None) -> Iterator[tuple[int, list[tuple[int, int]]]]:
    """Number of each item and the places and sizes of its pieces, from the location box."""
    version, sizes = data[at], unpack_from(">H", data, at + 4)[0]
    offset_size, length_size = sizes >> 12, sizes >> 8 & 15
    base_size, index_size = sizes >> 4 & 15, sizes & 15 if version else 0
    cursor = _Cursor(data, at + 6)
    for _ in range(min(cursor.take(4 if version == 2 else 2), MAX_ITEMS)):
        number = cursor.take(4 if version == 2 else 2)
        method = cursor.take(2) & 15 if version else 0
        cursor.take(2)
        base = cursor.take(base_size)
        pieces = []
        for _ in range(min(cursor.take(2), MAX_ITEMS)):
            cursor.take(index_size)
            place, size = base + cursor.take(offset_size), cursor.take(length_size)
            pieces.append((place + (idat or 0 if method == 1 else 0), size))
        if method in (0, 1):
            yield number, pieces


class _Cursor:
    """Reads big-endian numbers one after another."""

    def __init__(self, data: bytes, at: int) -> None:
        self._data, self._at = data, at

    def take(self, size: int) -> int:
        if self._at + size > len(self._data):
            raise ValueError("cut off")
        number = int.from_bytes(self._data[self._at : self._at + size], "big")
        self._at += size
        return number
