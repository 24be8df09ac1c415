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
from verify.lab.reading_at import Content


def read_blocks(data: Content, media_type: str) -> Blocks:
    """Find the metadata blocks of a file. Never raises; what is damaged is left out."""
    blocks = Blocks()
    container = FORMATS[media_type].container if media_type in FORMATS else ""
    with suppress(struct.error, IndexError, ValueError):  # cut off: what came before stays
        if container in _OF_CLIPS:
            _OF_CLIPS[container](data, blocks)
        elif container in _WALKERS and isinstance(data, bytes):
            _WALKERS[container](data, blocks)
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
    "id3": id3.walk,
}
"""By the names of containers in `verify.formats`."""
_OF_CLIPS: dict[str, Callable[[Content, Blocks], None]] = {
    "movie": movie.walk,
    "matroska": matroska.walk,
    "riff": riff.walk,
}
"""Those of films, which need not be in memory."""
