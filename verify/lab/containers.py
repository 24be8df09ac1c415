"""Walks a picture's container for the blocks that carry metadata, decoding no pixel.

Every walker stops at the first thing that does not fit and keeps what it has, so that a
cut-off or damaged file still tells what it can. No size named by a file is trusted.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from struct import unpack_from

from verify.lab import isobmff

MAX_BLOCK = 8 << 20
MAX_TEXTS = 200
_NEXT_MARKER = re.compile(rb"\xff[\x01-\xcf\xd8-\xfe]")
_XMP = b"http://ns.adobe.com/xap/1.0/\0"
_EXTENDED_XMP = b"http://ns.adobe.com/xmp/extension/\0"


@dataclass
class Blocks:
    """What a container carries beside the picture.

    exif: from its byte order mark on. extended_xmp: a second packet, for what did not fit
    into a JPEG's first. photoshop: image resources. iptc: bare records.
    texts: keyword and text, of PNG. end: where the picture ends; None if it does not or
    the format has no end. pictures: how many the file holds, at least 1.
    """

    exif: bytes = b""
    xmp: bytes = b""
    extended_xmp: bytes = b""
    photoshop: bytes = b""
    iptc: bytes = b""
    texts: list[tuple[str, str]] = field(default_factory=list)
    comments: list[bytes] = field(default_factory=list)
    end: int | None = None
    pictures: int = 1


def read_blocks(data: bytes, media_type: str) -> Blocks:
    """Find the metadata blocks of a picture. Never raises; what is damaged is left out."""
    blocks = Blocks()
    walker = _WALKERS.get(media_type)
    if walker:
        with suppress(struct.error, IndexError):  # cut off: what was found before stays
            walker(data, blocks)
    return blocks


# --- JPEG (ITU T.81; Exif 3.0; XMP part 3; CIPA DC-007 for MPF) ----------------------------


def _jpeg(data: bytes, blocks: Blocks) -> None:
    at = 2
    while match := _NEXT_MARKER.search(data, at):
        at, marker = match.end(), data[match.end() - 1]
        if marker == 0xD9:
            blocks.end = at
            break
        if marker in (0x01, 0xD8) or at + 2 > len(data):
            continue
        size = unpack_from(">H", data, at)[0]
        segment, at = data[at + 2 : at + size], at + max(size, 2)
        if marker == 0xE1 and segment.startswith(b"Exif\0"):
            blocks.exif = blocks.exif or segment[6:]
        elif marker == 0xE1 and segment.startswith(_XMP):
            blocks.xmp = blocks.xmp or segment[len(_XMP) :]
        elif marker == 0xE1 and segment.startswith(_EXTENDED_XMP):
            blocks.extended_xmp += segment[len(_EXTENDED_XMP) + 40 :]
        elif marker == 0xE2 and segment.startswith(b"MPF\0"):
            blocks.pictures = _mpf_pictures(segment[4:])
        elif marker == 0xED and segment.startswith(b"Photoshop 3.0\0"):
            blocks.photoshop += segment[14:]
        elif marker == 0xFE and len(blocks.comments) < MAX_TEXTS:
            blocks.comments.append(segment)
    blocks.iptc = iptc_of(blocks.photoshop)


def _mpf_pictures(segment: bytes) -> int:
    """The number of pictures that a multi-picture index names (tag 0xB001)."""
    order = "<" if segment[:2] == b"II" else ">"
    if len(segment) < 10:
        return 1
    start = unpack_from(order + "I", segment, 4)[0]
    for at in range(start + 2, min(start + 2 + 12 * 16, len(segment) - 11), 12):
        tag, _, _, value = unpack_from(order + "HHII", segment, at)
        if tag == 0xB001:
            return max(1, min(int(value), 1000))
    return 1


def iptc_of(resources: bytes) -> bytes:
    """The IPTC records (resource 0x0404) among Photoshop's image resources."""
    at = 0
    while resources[at : at + 4] == b"8BIM" and at + 12 <= len(resources):
        number, name = unpack_from(">HB", resources, at + 4)
        at += 6 + (name + 2) // 2 * 2
        if at + 4 > len(resources):
            break
        size = unpack_from(">I", resources, at)[0]
        if number == 0x0404:
            return resources[at + 4 : at + 4 + size]
        at += 4 + (size + 1) // 2 * 2
    return b""


# --- PNG (third edition) ---------------------------------------------------------------


def _png(data: bytes, blocks: Blocks) -> None:
    room = MAX_BLOCK
    for kind, body, after in _png_chunks(data):
        if kind == b"eXIf":
            blocks.exif = blocks.exif or _after_exif_mark(body)
        elif kind in (b"tEXt", b"zTXt", b"iTXt") and room > 0:
            room -= 1000 + _png_text(kind, body, blocks)
        elif kind == b"acTL" and len(body) >= 4:
            blocks.pictures = max(1, unpack_from(">I", body)[0])
        elif kind == b"IEND":
            blocks.end = after


def _png_chunks(data: bytes) -> Iterator[tuple[bytes, bytes, int]]:
    """Type, body and the place after each chunk, until IEND or the first that is cut off."""
    at, kind = 8, b""
    while at + 12 <= len(data) and kind != b"IEND":
        size, kind = unpack_from(">I4s", data, at)
        after = at + 12 + size
        if after > len(data):
            return
        yield kind, data[at + 8 : at + 8 + size], after
        at = after


def _png_text(kind: bytes, body: bytes, blocks: Blocks) -> int:
    """Keep one text chunk. Returns how many bytes it unpacked to."""
    keyword, _, rest = body.partition(b"\0")
    encoding = "latin-1"
    if kind == b"zTXt":
        rest = inflate(rest[1:])
    elif kind == b"iTXt":
        packed, encoding = rest[:1] == b"\1", "utf-8"
        rest = rest[2:].partition(b"\0")[2].partition(b"\0")[2]
        rest = inflate(rest) if packed else rest
    if keyword == b"XML:com.adobe.xmp":
        blocks.xmp = blocks.xmp or rest
    elif keyword.lower().startswith(b"raw profile type "):
        _raw_profile(keyword.lower().rpartition(b" ")[2], rest, blocks)
    else:
        text = _utf8_or_latin1(rest) if encoding == "latin-1" else rest.decode("utf-8", "replace")
        blocks.texts.append((keyword[:79].decode("latin-1"), text))
    return len(rest)


def _utf8_or_latin1(raw: bytes) -> str:
    """PNG says Latin-1; many programs write UTF-8 all the same."""
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("latin-1")


def inflate(packed: bytes) -> bytes:
    """Unpack zlib data, MAX_BLOCK bytes of it at most; what comes before damage is kept."""
    try:
        return zlib.decompressobj().decompress(packed, MAX_BLOCK)
    except zlib.error:
        return b""


def _raw_profile(kind: bytes, text: bytes, blocks: Blocks) -> None:
    """ImageMagick's profile in a text chunk: a name, a length, then hexadecimal lines."""
    try:
        profile = bytes.fromhex(b"".join(text.split()[2:]).decode("ascii", "replace"))
    except ValueError:
        return
    if kind in (b"exif", b"app1") and profile.startswith(b"Exif"):
        blocks.exif = blocks.exif or _after_exif_mark(profile)
    elif kind in (b"xmp", b"app1"):
        blocks.xmp = blocks.xmp or profile
    elif kind in (b"iptc", b"8bim"):
        blocks.iptc = blocks.iptc or iptc_of(profile) or profile


def _after_exif_mark(block: bytes) -> bytes:
    return block.removeprefix(b"Exif\0\0")


# --- WebP (RFC 9649) ---------------------------------------------------------------------


def _webp(data: bytes, blocks: Blocks) -> None:
    end = 8 + unpack_from("<I", data, 4)[0]
    at, frames = 12, 0
    while at + 8 <= min(end, len(data)):
        kind, size = unpack_from("<4sI", data, at)
        body = data[at + 8 : at + 8 + size]
        if kind == b"EXIF":
            blocks.exif = blocks.exif or _after_exif_mark(body)
        elif kind == b"XMP ":
            blocks.xmp = blocks.xmp or body
        elif kind == b"ANMF":
            frames += 1
        at += 8 + (size + 1) // 2 * 2
    blocks.pictures = max(1, frames)
    blocks.end = end if end <= len(data) else None


# --- GIF 89a -------------------------------------------------------------------------------


def _gif(data: bytes, blocks: Blocks) -> None:
    if len(data) < 13:
        return
    at, frames = 13 + _colour_table(data[10]), 0
    while at < len(data):
        introducer = data[at]
        if introducer == 0x3B:
            blocks.end = at + 1
            break
        if introducer == 0x2C and at + 10 < len(data):
            frames += 1
            at = _skip_sub_blocks(data, at + 11 + _colour_table(data[at + 9]))
        elif introducer == 0x21 and at + 2 < len(data):
            at = _gif_extension(data, at, blocks)
        else:
            break
    blocks.pictures = max(1, frames)


def _gif_extension(data: bytes, at: int, blocks: Blocks) -> int:
    label, body = data[at + 1], at + 2
    if label == 0xFE and len(blocks.comments) < MAX_TEXTS:
        blocks.comments.append(data[body + 1 : body + 1 + data[body]])
    if data[body + 1 : body + 12] == b"XMP DataXMP":
        # Stored without sub-blocks, closed by a "magic trailer" that makes them add up.
        close = data.find(b"<?xpacket end", body)
        if 0 < close - body < MAX_BLOCK:
            blocks.xmp = blocks.xmp or data[body + 12 : close]
    return _skip_sub_blocks(data, body)


def _colour_table(flags: int) -> int:
    return 3 << ((flags & 7) + 1) if flags & 0x80 else 0


def _skip_sub_blocks(data: bytes, at: int) -> int:
    while at < len(data) and data[at]:
        at += data[at] + 1
    return at + 1


# --- HEIC, HEIF, AVIF ----------------------------------------------------------------------


def _iso(data: bytes, blocks: Blocks) -> None:
    for kind, body in isobmff.items(data):
        if kind == b"Exif":
            offset = int.from_bytes(body[:4], "big")
            blocks.exif = blocks.exif or _after_exif_mark(body[4 + offset :] or body[4:])
        elif kind == b"mime" and b"xmpmeta" in body:
            blocks.xmp = blocks.xmp or body
    blocks.end = isobmff.end(data)


# --- TIFF 6.0: the file itself is what EXIF blocks are made of -----------------------------


def _tiff(data: bytes, blocks: Blocks) -> None:
    blocks.exif = data


_WALKERS = {
    "image/jpeg": _jpeg,
    "image/png": _png,
    "image/webp": _webp,
    "image/gif": _gif,
    "image/tiff": _tiff,
    "image/heic": _iso,
    "image/heif": _iso,
    "image/avif": _iso,
}
