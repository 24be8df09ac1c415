"""EXIF through Pillow's reader: every value that can be read, whatever its neighbours are."""

from __future__ import annotations

import math
import warnings
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from PIL import ExifTags, Image

from verify.lab.bounded_text import decode
from verify.lab.written.salvage import first_directory, salvage

MAX_TAGS = 2000


@dataclass
class Exif:
    """Values by tag number, one mapping for each directory; see PIL.ExifTags for the numbers."""

    main: dict[int, Any] = field(default_factory=dict)
    detail: dict[int, Any] = field(default_factory=dict)
    gps: dict[int, Any] = field(default_factory=dict)
    thumbnail: dict[int, Any] = field(default_factory=dict)
    little_endian: bool = True


def read_exif(block: bytes) -> Exif:
    """Read an EXIF block (or a whole TIFF file). Never raises; what cannot be read is absent."""
    exif = Image.Exif()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with suppress(Exception):  # the reader raises many kinds on hostile input
            exif.load(block)
        main = salvage(block, first_directory(block)) | _values(exif)
        return Exif(
            main=main,
            detail=_directory(exif, ExifTags.IFD.Exif, block, main),
            gps=_directory(exif, ExifTags.IFD.GPSInfo, block, main),
            thumbnail=_directory(exif, ExifTags.IFD.IFD1, block, main),
            little_endian=block[:2] == b"II",
        )


def _directory(exif: Image.Exif, which: int, block: bytes, main: dict[int, Any]) -> dict[int, Any]:
    """What the reader gives, and what else stands in the directory that the first one names."""
    at = main.get(which)
    found = salvage(block, at) if isinstance(at, int) else {}
    with suppress(Exception):  # as above
        found |= _values(exif.get_ifd(which))
    return found


def _values(directory: Mapping[int, Any]) -> dict[int, Any]:
    values = {}
    for tag in list(directory)[:MAX_TAGS]:
        try:
            values[int(tag)] = directory[tag]
        except Exception:  # noqa: S112 - one bad value must not hide the others
            continue
    return values


def text(value: Any) -> str | None:
    """A text value. Pillow hands the bytes over as Latin-1; many writers mean UTF-8."""
    if isinstance(value, tuple) and value and all(isinstance(part, str) for part in value):
        value = value[0]
    if isinstance(value, str):
        value = value.encode("latin-1", "replace")
    if not isinstance(value, bytes):
        return None
    return decode(value.partition(b"\0")[0])


def written(value: Any) -> str | None:
    """What stands in a field, also where it is no text: to be told when it is not understood."""
    if value is None or isinstance(value, str | bytes | tuple):
        return text(value) or (None if value in (None, "", b"") else str(value)[:200])
    return str(value)[:200]


def number(value: Any) -> float | None:
    """A finite number; None for anything else, a zero denominator included."""
    if isinstance(value, tuple):
        value = value[0] if value else None
    try:
        result = float(value)
    except (TypeError, ValueError, ZeroDivisionError, OverflowError):
        return None
    return result if math.isfinite(result) else None


def numbers(value: Any) -> list[float] | None:
    """All finite numbers of a value, or None when one of them is not."""
    parts = value if isinstance(value, tuple) else (value,)
    read = [number(part) for part in parts[:16]]
    return [part for part in read if part is not None] if None not in read else None


def comment(value: Any, little_endian: bool) -> str | None:
    """A UserComment: eight bytes name the character code, yet writers often leave them out.

    Source: Exif 3.0, 4.6.6, tag 0x9286. UTF-16 is written in either byte order by
    different programs, whatever the block's own order: the place of the zero bytes tells.
    """
    if isinstance(value, str):
        value = value.encode("latin-1", "replace")
    if not isinstance(value, bytes):
        return None
    code, body = value[:8], value[8:]
    if code == b"UNICODE\0":
        return decode_utf16(body, little_endian)
    if code == b"JIS\0\0\0\0\0" and b"\x1b" in body:
        return body.decode("iso2022_jp", "replace").strip("\0 ") or None
    if code in (b"ASCII\0\0\0", b"JIS\0\0\0\0\0", bytes(8)):
        return decode(body.strip(b"\0 "))
    return decode(value.strip(b"\0"))


def windows_text(value: Any) -> str | None:
    """A field of Windows Explorer (`XPTitle`): bytes of UTF-16, always little-endian."""
    if isinstance(value, tuple):
        value = bytes(part for part in value if isinstance(part, int) and 0 <= part < 256)
    return decode_utf16(value, True) if isinstance(value, bytes) else text(value)


def decode_utf16(raw: bytes, little_endian: bool) -> str | None:
    """Decode UTF-16 of unsure byte order."""
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        little_endian, raw = raw[:1] == b"\xff", raw[2:]
    else:
        first, second = raw[0:400:2].count(0), raw[1:400:2].count(0)
        if first != second:
            little_endian = second > first
    codec = "utf-16-le" if little_endian else "utf-16-be"
    decoded = raw[: len(raw) // 2 * 2].decode(codec, "replace")
    return decoded.strip("\0 ") or None
