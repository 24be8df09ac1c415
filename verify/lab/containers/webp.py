"""WebP chunks. Source: RFC 9649."""

from __future__ import annotations

from struct import unpack_from

from verify.lab.containers.blocks import Blocks, after_exif_mark


def walk(data: bytes, blocks: Blocks) -> None:
    """Fill in EXIF, XMP, the end, and the number of frames."""
    end = 8 + unpack_from("<I", data, 4)[0]
    at, frames = 12, 0
    while at + 8 <= min(end, len(data)):
        kind, size = unpack_from("<4sI", data, at)
        body = data[at + 8 : at + 8 + size]
        if kind == b"EXIF":
            blocks.exif = blocks.exif or after_exif_mark(body)
        elif kind == b"XMP ":
            blocks.xmp = blocks.xmp or body
        elif kind == b"ANMF":
            frames += 1
        at += 8 + (size + 1) // 2 * 2
    blocks.pictures = max(1, frames)
    blocks.moving = frames > 1
    blocks.end = end if end <= len(data) else None
