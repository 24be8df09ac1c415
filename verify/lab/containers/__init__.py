"""Walks a picture's container for the blocks that carry metadata, decoding no pixel.

Every walker stops at the first thing that does not fit and keeps what it has, so that a
cut-off or damaged file still tells what it can. No size named by a file is trusted.
"""

from __future__ import annotations

import struct
from collections.abc import Callable
from contextlib import suppress

from verify.formats import FORMATS
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


def read_blocks(data: bytes, media_type: str) -> Blocks:
    """Find the metadata blocks of a picture. Never raises; what is damaged is left out."""
    blocks = Blocks()
    known = FORMATS.get(media_type)
    walk = _WALKERS.get(known.container) if known else None
    if walk:
        with suppress(struct.error, IndexError, ValueError):  # cut off: what came before stays
            walk(data, blocks)
    return blocks


_WALKERS: dict[str, Callable[[bytes, Blocks], None]] = {
    "jpeg": jpeg.walk,
    "png": png.walk,
    "webp": webp.walk,
    "gif": gif.walk,
    "tiff": tiff.walk,
    "original": tiff.walk_original,
    "canon": tiff.walk_canon,
    "fuji": tiff.walk_fuji,
    "isobmff": isobmff.walk,
    "movie": movie.walk,
    "matroska": matroska.walk,
    "riff": riff.walk,
    "id3": id3.walk,
}
"""By the names of containers in `verify.formats`."""
