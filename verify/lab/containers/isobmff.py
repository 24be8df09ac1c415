"""Metadata items of HEIC, HEIF and AVIF files, read from their boxes.

Source: ISO 14496-12 (boxes, `meta`, `iloc`, `iinf`) and 23008-12 (Exif and XMP as items).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from itertools import islice
from struct import unpack_from

from verify.lab.containers.blocks import MAX_BLOCK, Blocks, after_exif_mark, boxes

MAX_ITEMS = 1000
MAX_THUMBNAILS = 2
MAX_FRAMES = 100_000

_FILM, _SAMSUNGS = b"mpvd", b"sefd"  # Android's "Motion Photo format 1.0"; Samsung's trailer
_WHAT_IS_CUT = (b"mdat", b"meta", b"moov", b"moof", b"idat")
_PICTURES = (b"hvc1", b"av01", b"avc1", b"jpeg", b"grid", b"iovl", b"iden", b"unci", b"vvc1")


def walk(data: bytes, blocks: Blocks) -> None:
    """Fill in EXIF and XMP, where the last box ends, and the number of pictures or frames."""
    for kind, body in _items(data):
        if kind == b"Exif":
            offset = int.from_bytes(body[:4], "big")
            blocks.exif = blocks.exif or after_exif_mark(body[4 + offset :] or body[4:])
        elif kind == b"mime" and b"xmpmeta" in body:
            blocks.xmp = blocks.xmp or body
    blocks.end = _end(data)
    blocks.films = [(at, stop) for kind, at, stop in boxes(data, 0, len(data)) if kind == _FILM]
    frames = _frames(data[: blocks.end])
    blocks.moving = frames > 1
    blocks.pictures = frames if frames > 1 else max(1, _pictures(data))


def _end(data: bytes) -> int | None:
    """Where the picture's last whole box ends: before a second file, or data of Samsung's own.

    None where the file ends within a box of the picture.
    """
    last = None
    for kind, _, stop in boxes(data, 0, len(data)):
        if not kind.isascii() or kind == _SAMSUNGS or (kind == b"ftyp" and last):
            break
        last = stop
    cut = last is not None and data[last + 4 : last + 8] in _WHAT_IS_CUT
    return None if cut else last


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
    """The file once for each thumbnail of its picture, with that made the primary picture."""
    for kind, start, stop in boxes(data, 0, len(data)):
        if kind != b"meta":
            continue
        parts = {name: (a, b) for name, a, b in boxes(data, start + 4, stop)}
        if b"pitm" not in parts or b"iref" not in parts:
            return
        at, end = parts[b"pitm"][0] + 4, parts[b"pitm"][1]
        primary = int.from_bytes(data[at:end], "big")
        for number in list(_thumbnail_numbers(data, *parts[b"iref"], primary))[:MAX_THUMBNAILS]:
            with suppress(OverflowError):
                chosen = data[:at] + number.to_bytes(end - at, "big") + data[end:]
                first, last = parts[b"iref"]
                # The decoder hides what is somebody's thumbnail: it must not be called one.
                references = chosen[first:last].replace(b"thmb", b"skip")
                yield chosen[:first] + references + chosen[last:]


def _thumbnail_numbers(data: bytes, start: int, stop: int, primary: int) -> Iterator[int]:
    """The items that are thumbnails of the primary picture, not of another in the collection."""
    for kind, item, others in _references(data, start, stop):
        if kind == b"thmb" and primary in others:
            yield item


def _references(data: bytes, start: int, stop: int) -> Iterator[tuple[bytes, int, list[int]]]:
    """Kind of each reference, the item that refers, and those that it refers to."""
    wide = 4 if data[start] else 2
    for kind, body, end in boxes(data, start + 4, stop):
        places = range(body + wide + 2, min(end, body + wide + 2 + wide * MAX_ITEMS), wide)
        others = [int.from_bytes(data[at : at + wide], "big") for at in places]
        yield kind, int.from_bytes(data[body : body + wide], "big"), others


def _pictures(data: bytes) -> int:
    """How many pictures a reader would show: no tile, thumbnail, mask or hidden one."""
    for kind, start, stop in boxes(data, 0, len(data)):
        if kind == b"meta":
            parts = {name: (a, b) for name, a, b in boxes(data, start + 4, stop)}
            if b"iinf" not in parts:
                return 1
            shown = {
                item for item, name, hidden in _infos(data, *parts[b"iinf"])
                if name in _PICTURES and not hidden
            }  # fmt: skip
            if b"iref" in parts:
                for name, item, others in islice(_references(data, *parts[b"iref"]), MAX_ITEMS):
                    shown -= {item} if name in (b"thmb", b"auxl") else set()
                    shown -= set(others) if name == b"dimg" else set()
            return len(shown)
    return 1


def _frames(data: bytes) -> int:
    """The samples of the first track of a picture sequence; 0 without one."""
    start, stop = 0, len(data)
    for wanted in (b"moov", b"trak", b"mdia", b"minf", b"stbl", b"stsz"):
        found = next((box for box in boxes(data, start, stop) if box[0] == wanted), None)
        if found is None:
            return 0
        start, stop = found[1:]
    return min(int(unpack_from(">I", data, start + 8)[0]), MAX_FRAMES)


def _joined(data: bytes, pieces: list[tuple[int, int]]) -> bytes:
    """The pieces in one, MAX_BLOCK bytes at most: they may overlap a thousand times."""
    content = bytearray()
    for at, size in pieces:
        content += data[at : at + min(size, MAX_BLOCK - len(content))]
    return bytes(content)


def _kinds(data: bytes, start: int, stop: int) -> Iterator[tuple[int, bytes]]:
    """Number and type of each item, from the item information box."""
    return ((number, kind) for number, kind, _ in _infos(data, start, stop))


def _infos(data: bytes, start: int, stop: int) -> Iterator[tuple[int, bytes, bool]]:
    """Number and type of each item, and whether it is hidden."""
    at = start + (6 if data[start] == 0 else 8)
    for kind, body, _ in boxes(data, at, stop):
        if kind == b"infe" and data[body] in (2, 3):
            form = ">H" if data[body] == 2 else ">I"
            wide = 2 if data[body] == 2 else 4
            number = unpack_from(form, data, body + 4)[0]
            yield number, data[body + 6 + wide : body + 10 + wide], bool(data[body + 3] & 1)


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
