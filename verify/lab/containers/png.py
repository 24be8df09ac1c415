"""PNG chunks, before and behind the pixels. Source: PNG, third edition."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from contextlib import suppress
from struct import unpack_from

from verify.lab.containers.blocks import MAX_BLOCK, Blocks, after_exif_mark, iptc_of
from verify.lab.letters import WESTERN, encoding_of

MAX_DAMAGED = 4 << 10
"""Bytes of a damaged packed text that are still tried, one by one."""


def walk(data: bytes, blocks: Blocks) -> None:
    """Fill in EXIF, XMP, IPTC, texts, the end, and the number of frames."""
    room = MAX_BLOCK
    for kind, body, after in _chunks(data):
        if kind == b"eXIf":
            blocks.exif = blocks.exif or after_exif_mark(body)
        elif kind in (b"tEXt", b"zTXt", b"iTXt") and room > 0:
            room -= 1000 + _keep_text(kind, body, blocks)
        elif kind == b"tIME" and len(body) == 7:
            year, *rest = unpack_from(">H5B", body)
            blocks.changed = "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z".format(year, *rest)
        elif kind == b"acTL" and len(body) >= 4:
            blocks.pictures = max(1, unpack_from(">I", body)[0])
            blocks.moving = blocks.pictures > 1
        elif kind == b"IEND":
            blocks.end = after


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes, int]]:
    """Type, body and the place after each chunk, until IEND or the first that is cut off."""
    at, kind = 8, b""
    while at + 12 <= len(data) and kind != b"IEND":
        size, kind = unpack_from(">I4s", data, at)
        after = at + 12 + size
        if after > len(data):
            return
        yield kind, data[at + 8 : at + 8 + size], after
        at = after


def _keep_text(kind: bytes, body: bytes, blocks: Blocks) -> int:
    """Keep one text chunk. Returns how many bytes it unpacked to."""
    keyword, _, rest = body.partition(b"\0")
    encoding = "latin-1"
    if kind == b"zTXt":
        rest = _inflate(rest[1:])
    elif kind == b"iTXt":
        packed, encoding = rest[:1] == b"\1", "utf-8"
        rest = rest[2:].partition(b"\0")[2].partition(b"\0")[2]
        rest = _inflate(rest) if packed else rest
    if keyword == b"XML:com.adobe.xmp":
        blocks.xmp = blocks.xmp or rest
    elif keyword.lower().startswith(b"raw profile type "):
        _raw_profile(keyword.lower().rpartition(b" ")[2], rest, blocks)
    else:
        text = _utf8_or_latin1(rest) if encoding == "latin-1" else rest.decode("utf-8", "replace")
        blocks.texts.append((keyword[:79].decode("latin-1"), text))
    return len(rest)


def _utf8_or_latin1(raw: bytes) -> str:
    """PNG says Latin-1; many programs write UTF-8 all the same, or what their country uses."""
    encoding = encoding_of(raw)
    return raw.decode("latin-1" if encoding == WESTERN else encoding or "utf-8", "replace")


def _inflate(packed: bytes) -> bytes:
    """Unpack zlib data, MAX_BLOCK bytes of it at most; what comes before damage is kept."""
    unpacker, unpacked = zlib.decompressobj(), b""
    try:
        return unpacker.decompress(packed, MAX_BLOCK)
    except zlib.error:
        unpacker = zlib.decompressobj()
    with suppress(zlib.error):
        for at in range(min(len(packed), MAX_DAMAGED)):
            unpacked += unpacker.decompress(packed[at : at + 1], 4 * MAX_DAMAGED)
    return unpacked


def _raw_profile(kind: bytes, text: bytes, blocks: Blocks) -> None:
    """ImageMagick's profile in a text chunk: a name, a length, then hexadecimal lines."""
    try:
        profile = bytes.fromhex(b"".join(text.split()[2:]).decode("ascii", "replace"))
    except ValueError:
        return
    if kind in (b"exif", b"app1") and profile.startswith(b"Exif"):
        blocks.exif = blocks.exif or after_exif_mark(profile)
    elif kind in (b"xmp", b"app1"):
        blocks.xmp = blocks.xmp or profile
    elif kind in (b"iptc", b"8bim"):
        blocks.iptc = blocks.iptc or iptc_of(profile) or profile
