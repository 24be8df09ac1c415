"""What the walkers fill: the blocks that a container carries beside the picture."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from struct import unpack, unpack_from

from verify.lab.reading_at import Content

MAX_BLOCK = 8 << 20
MAX_TEXTS = 200


@dataclass
class Blocks:
    """What a container carries beside the picture.

    exif: from its byte order mark on. extended_xmp: a second packet, for what did not fit
    into a JPEG's first. photoshop: image resources. iptc: bare records.
    texts: keyword and text, of PNG. end: where the picture ends; None if it does not or
    the format has no end. pictures: how many the file holds, at least 1; moving: as
    an animation. films: start and end of those in boxes. movie: what a film or
    recording says of itself, in a container of that name. changed: PNG's time of the last
    change, in UTC. canon: CR3's blocks of EXIF, by name. scans: how many times a JPEG's data
    go over the picture.
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
    moving: bool = False
    films: list[tuple[int, int]] = field(default_factory=list)
    movie: dict[str, str] = field(default_factory=dict)
    container: str = "QuickTime"
    changed: str = ""
    canon: dict[str, bytes] = field(default_factory=dict)
    scans: int = 0


def after_exif_mark(block: bytes) -> bytes:
    """An EXIF block from its byte order mark on."""
    return block.removeprefix(b"Exif\0\0")


def resources(block: bytes) -> Iterator[tuple[int, bytes]]:
    """Number and content of each of Photoshop's image resources, until damage.

    Other programs put theirs between them, under signatures of their own (PHUT, AgHg, DCSR, MeSa).
    """
    at = 0
    while block[at : at + 4].isalnum() and at + 12 <= len(block):
        photoshops = block[at : at + 4] == b"8BIM"
        number, name = unpack_from(">HB", block, at + 4)
        at += 6 + (name + 2) // 2 * 2
        if at + 4 > len(block):
            return
        size = unpack_from(">I", block, at)[0]
        if photoshops:
            yield number, block[at + 4 : at + 4 + size]
        at += 4 + (size + 1) // 2 * 2


def iptc_of(block: bytes) -> bytes:
    """The IPTC records (resource 0x0404) among Photoshop's image resources."""
    return next((body for number, body in resources(block) if number == 0x0404), b"")


def boxes(data: Content, start: int, stop: int) -> Iterator[tuple[bytes, int, int]]:
    """Type, start of content and end of each ISO box (14496-12) between two places."""
    at = start
    while at + 8 <= stop:
        size, kind = unpack(">I4s", data[at : at + 8])
        header = 8
        if size == 1 and at + 16 <= stop:
            size, header = int.from_bytes(data[at + 8 : at + 16], "big"), 16
        elif size == 0:
            size = stop - at
        if size < header or at + size > stop:
            return
        yield kind, at + header, at + size
        at += size
