"""The small pictures that a file carries of itself: found, decoded, set against the main one.

Sources: Exif 3.0, 4.5.1 (directory 1); CIPA DC-007 (multi-picture index); Adobe, "Photoshop
File Formats" (resource 0x040C); ISO 23008-12, 6.4 (`thmb`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from struct import error as struct_error
from struct import unpack_from

import numpy as np
from PIL import Image

from verify.formats import HEIFS
from verify.lab import hashing
from verify.lab.containers.blocks import Blocks, resources
from verify.lab.containers.isobmff import thumbnails
from verify.lab.decoding import Undecodable, decode_picture, open_picture
from verify.lab.margins import all_but_margins
from verify.lab.wire import MAX_PREVIEWS
from verify.lab.written.exif import Exif
from verify.records import Fingerprint

PREVIEW_SIDE = 2048

_MPF = re.compile(rb"\xff\xe2[\0-\xff]{2}MPF\0")
_MPF_WITHIN = 1 << 20
_LARGE_THUMBNAILS = (0x010001, 0x010002)
_ALIKE_BITS = 64
_APART_BITS = 90
_DARK = 40
_SHAPE = 0.05


@dataclass(frozen=True)
class Preview:
    """An embedded preview as stored, not turned. place: where it was found."""

    place: str
    picture: Image.Image


@dataclass(frozen=True)
class Comparison:
    """A preview set against the main picture.

    distance: the fewest differing bits of PDQ over the eight orientations, 0 to 256.
    differs: it shows something else; None where that cannot be told.
    cropped: it shows the middle of the picture only. reshaped: alike, of another shape.
    """

    preview: Preview
    fingerprints: tuple[Fingerprint, ...]
    distance: int
    differs: bool | None
    cropped: bool = False
    reshaped: bool = False


def read_previews(data: bytes, media_type: str, blocks: Blocks, exif: Exif) -> list[Preview]:
    """All previews that can be decoded, MAX_PREVIEWS at most. Never raises."""
    found: list[Preview] = []
    for place, kind, content in _embedded(data, media_type, blocks, exif):
        if len(found) == MAX_PREVIEWS:
            break
        with suppress(Undecodable):
            picture = decode_picture(open_picture(content, kind), PREVIEW_SIDE)
            found.append(Preview(place, picture))
    return found


def _embedded(
    data: bytes, media_type: str, blocks: Blocks, exif: Exif
) -> Iterator[tuple[str, str, bytes]]:
    """Place, media type and content of each preview."""
    at, size = (exif.thumbnail.get(tag) for tag in (0x0201, 0x0202))
    if isinstance(at, int) and isinstance(size, int) and at > 0 and size > 0:
        yield "EXIF thumbnail", "image/jpeg", blocks.exif[at : at + size]
    for number, body in resources(blocks.photoshop):
        if number == 0x040C:
            yield "Photoshop resource 0x040C", "image/jpeg", body[28:]
    if media_type == "image/jpeg":
        with suppress(struct_error):
            yield from _multi_picture(data)
    elif media_type in HEIFS:
        place = f"{media_type.rpartition('/')[2].upper()} thumbnail"
        with suppress(struct_error, IndexError, ValueError):
            yield from ((place, media_type, content) for content in thumbnails(data))


def _multi_picture(data: bytes) -> Iterator[tuple[str, str, bytes]]:
    """The large thumbnails of a multi-picture index; its other pictures are no previews."""
    mark = _MPF.search(data, 0, _MPF_WITHIN)
    if not mark:
        return
    start = mark.end()
    order = "<" if data[start : start + 2] == b"II" else ">"
    directory = start + unpack_from(order + "I", data, start + 4)[0]
    for number in range(min(unpack_from(order + "H", data, directory)[0], 20)):
        tag, _, size, at = unpack_from(order + "HHII", data, directory + 2 + 12 * number)
        if tag != 0xB002:
            continue
        for entry in range(start + at, start + at + min(size, 16 * 32), 16):
            kind, length, offset = unpack_from(order + "III", data, entry)
            if kind & 0xFFFFFF in _LARGE_THUMBNAILS and offset:
                place = start + offset
                yield "MPF large thumbnail", "image/jpeg", data[place : place + length]


def compare(preview: Preview, main: Image.Image, pdq: Fingerprint) -> Comparison:
    """Set a preview against the upright main picture and its PDQ fingerprint.

    Cameras pad previews with black to 4:3, turn them or not, and squeeze them; all that is
    set aside. What is alike by fingerprint, whole or in its middle, or lies within the picture
    but for its margins, does not differ.
    """
    picture = without_bars(preview.picture, main.size)
    prints = hashing.fingerprints(picture)
    distance = _distance(prints[0], pdq)
    reshaped = not _same_shape(picture.size, main.size)
    if distance <= _ALIKE_BITS:
        return Comparison(preview, prints, distance, False, reshaped=reshaped)
    if reshaped and _distance(prints[0], hashing.pdq(_middle(main, picture.size))) <= _ALIKE_BITS:
        return Comparison(preview, prints, distance, False, cropped=True)
    weak = min(prints[0].quality or 0, pdq.quality or 0) < 20 or min(picture.size) < 32
    unsure = weak or distance < _APART_BITS
    if not weak and all_but_margins(picture, main):
        return Comparison(preview, prints, distance, False, cropped=True)
    return Comparison(preview, prints, distance, None if unsure else True, reshaped=reshaped)


def showing_else(compared: Iterable[Comparison]) -> list[Preview]:
    """The previews that show something else, no two of them alike."""
    found: list[Comparison] = []
    for one in compared:
        known = (_distance(one.fingerprints[0], other.fingerprints[0]) for other in found)
        if one.differs and all(distance > _ALIKE_BITS for distance in known):
            found.append(one)
    return [one.preview for one in found]


def _distance(one: Fingerprint, other: Fingerprint) -> int:
    """Over all ways to lay them on each other, the fewest differing bits."""
    wanted = int.from_bytes(other.hash, "big")
    return min((int.from_bytes(laid, "big") ^ wanted).bit_count() for laid in one.orientations)


def _same_shape(one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Whether the sides have one proportion, lying or standing, but for rounding."""
    first, second = (max(size) / min(size) for size in (one, other))
    return abs(first / second - 1) <= _SHAPE


def _middle(main: Image.Image, shape: tuple[int, int]) -> Image.Image:
    """The largest middle part of the picture with the proportions of `shape`, lying as it lies."""
    long_side, short_side = max(shape), min(shape)
    across = (long_side, short_side) if main.width >= main.height else (short_side, long_side)
    width = min(main.width, round(main.height * across[0] / across[1]))
    height = min(main.height, round(main.width * across[1] / across[0]))
    left, top = (main.width - width) // 2, (main.height - height) // 2
    return main.crop((left, top, left + max(1, width), top + max(1, height)))


def without_bars(picture: Image.Image, shape: tuple[int, int]) -> Image.Image:
    """The preview without the black bars that bring it to another shape than the picture's."""
    lies_alike = (picture.width >= picture.height) == (shape[0] >= shape[1])
    if lies_alike and _same_shape(picture.size, shape):
        return picture
    grey = np.asarray(picture.convert("L"))
    rows, columns = (np.percentile(grey, 90, axis=axis) > _DARK for axis in (1, 0))
    if not rows.any() or not columns.any():
        return picture
    top, bottom = int(rows.argmax()), len(rows) - int(rows[::-1].argmax())
    left, right = int(columns.argmax()), len(columns) - int(columns[::-1].argmax())
    cut = picture.crop((left, top, right, bottom))
    return cut if _same_shape(cut.size, shape) else picture
