"""Walks a picture's container for the blocks that carry metadata, decoding no pixel.

Every walker stops at the first thing that does not fit and keeps what it has, so that a
cut-off or damaged file still tells what it can. No size named by a file is trusted.
"""

from __future__ import annotations

import struct
from collections.abc import Callable
from contextlib import suppress

from verify.lab.containers import (
    gif,
    id3,
    isobmff,
    jpeg,
    matroska,
    movie,
    png,
    riff,
    tiff,
    webp,
)
from verify.lab.containers.blocks import Blocks
from verify.lab.containers.raws import RAWS


def read_blocks(data: bytes, media_type: str) -> Blocks:
    """Find the metadata blocks of a picture. Never raises; what is damaged is left out."""
    blocks = Blocks()
    walk = _WALKERS.get(media_type)
    if walk:
        with suppress(struct.error, IndexError, ValueError):  # cut off: what came before stays
            walk(data, blocks)
    return blocks


_WALKERS: dict[str, Callable[[bytes, Blocks], None]] = {
    "image/jpeg": jpeg.walk,
    "image/png": png.walk,
    "image/webp": webp.walk,
    "image/gif": gif.walk,
    "image/tiff": tiff.walk,
    **dict.fromkeys(RAWS, tiff.walk_original),
    "image/x-canon-cr3": tiff.walk_canon,
    "image/x-fuji-raf": tiff.walk_fuji,
    "image/heic": isobmff.walk,
    "image/heif": isobmff.walk,
    "image/avif": isobmff.walk,
    "image/avci": isobmff.walk,
    "video/mp4": movie.walk,
    "video/quicktime": movie.walk,
    "video/3gpp": movie.walk,
    "audio/mp4": movie.walk,
    "video/x-matroska": matroska.walk,
    "video/webm": matroska.walk,
    "video/x-msvideo": riff.walk,
    "audio/wav": riff.walk,
    "audio/mpeg": id3.walk,
}
