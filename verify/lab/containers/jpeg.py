"""JPEG segments. Sources: ITU T.81; Exif 3.0; XMP part 3; CIPA DC-007 for several pictures."""

from __future__ import annotations

import re
from struct import unpack_from

from verify.lab.containers.blocks import MAX_TEXTS, Blocks, iptc_of

MAX_MARKERS = 100_000
"""An honest file has some dozens, restarts left aside."""

_NEXT_MARKER = re.compile(rb"\xff[\x01-\xcf\xd8-\xfe]")
_XMP = b"http://ns.adobe.com/xap/1.0/\0"
_EXTENDED_XMP = b"http://ns.adobe.com/xmp/extension/\0"


def walk(data: bytes, blocks: Blocks) -> None:
    """Fill in EXIF, both XMP packets, IPTC, comments, the end, and the number of pictures."""
    at, extended, photoshop = 2, [], []
    for _ in range(MAX_MARKERS):
        match = _NEXT_MARKER.search(data, at)
        if not match:
            break
        at, marker = match.end(), data[match.end() - 1]
        if marker == 0xD9:
            blocks.end = at
            break
        if marker in (0x01, 0xD8) or at + 2 > len(data):
            continue
        blocks.scans += marker == 0xDA
        size = unpack_from(">H", data, at)[0]
        segment, at = data[at + 2 : at + size], at + max(size, 2)
        if marker == 0xE1 and segment.startswith(b"Exif\0"):
            blocks.exif = blocks.exif or segment[6:]
        elif marker == 0xE1 and segment.startswith(_XMP):
            blocks.xmp = blocks.xmp or segment[len(_XMP) :]
        elif marker == 0xE1 and segment.startswith(_EXTENDED_XMP):
            extended.append(segment[len(_EXTENDED_XMP) + 40 :])
        elif marker == 0xE2 and segment.startswith(b"MPF\0"):
            blocks.pictures = _mpf_pictures(segment[4:])
        elif marker == 0xED and segment.startswith(b"Photoshop 3.0\0"):
            photoshop.append(segment[14:])
        elif marker == 0xFE and len(blocks.comments) < MAX_TEXTS:
            blocks.comments.append(segment)
    else:
        blocks.scans = MAX_MARKERS  # nobody knows what comes behind so many
    blocks.extended_xmp, blocks.photoshop = b"".join(extended), b"".join(photoshop)
    blocks.iptc = iptc_of(blocks.photoshop)


def scans(data: bytes) -> int:
    """How many times the picture is gone over: once, or where it is progressive, a dozen times."""
    blocks = Blocks()
    walk(data, blocks)
    return blocks.scans


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
