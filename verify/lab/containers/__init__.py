"""Walks a picture's container for the blocks that carry metadata, decoding no pixel.

Every walker stops at the first thing that does not fit and keeps what it has, so that a
cut-off or damaged file still tells what it can. No size named by a file is trusted.
"""

from __future__ import annotations

import struct
from collections.abc import Callable
from contextlib import suppress

from verify.lab.containers import gif, isobmff, jpeg, movie, png, webp
from verify.lab.containers.blocks import Blocks


def read_blocks(data: bytes, media_type: str) -> Blocks:
    """Find the metadata blocks of a picture. Never raises; what is damaged is left out."""
    blocks = Blocks()
    walk = _WALKERS.get(media_type)
    if walk:
        with suppress(struct.error, IndexError, ValueError):  # cut off: what came before stays
            walk(data, blocks)
    return blocks


def _tiff(data: bytes, blocks: Blocks) -> None:
    """A TIFF file is itself what EXIF blocks are made of."""
    blocks.exif = data


_WALKERS: dict[str, Callable[[bytes, Blocks], None]] = {
    "image/jpeg": jpeg.walk,
    "image/png": png.walk,
    "image/webp": webp.walk,
    "image/gif": gif.walk,
    "image/tiff": _tiff,
    "image/heic": isobmff.walk,
    "image/heif": isobmff.walk,
    "image/avif": isobmff.walk,
    "video/mp4": movie.walk,
    "video/quicktime": movie.walk,
    "video/3gpp": movie.walk,
    "audio/mp4": movie.walk,
}
