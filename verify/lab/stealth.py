"""Generation settings that some programs hide in the lowest bit of a PNG's transparency.

The bits run down the columns: a signature of 15 letters, the length in bits (32 bits, big
endian), then the text, packed by gzip where the signature says so. Known as "stealth
pnginfo"; no standard describes it. It survives where PNG text is stripped.
"""

from __future__ import annotations

import zlib

import numpy as np
from PIL import Image

MAX_TEXT = 256 << 10
_SIGNATURES = {b"stealth_pnginfo": False, b"stealth_pngcomp": True}
_HEAD = 15 + 4


def hidden_text(image: Image.Image) -> str | None:
    """The text hidden in a decoded picture with transparency; None when there is none."""
    if image.mode != "RGBA" or image.width * image.height < 8 * _HEAD:
        return None
    alpha = np.asarray(image.getchannel("A"))
    head = _bytes(alpha, _HEAD)
    packed = _SIGNATURES.get(head[:15])
    if packed is None:
        return None
    size = min(int.from_bytes(head[15:], "big") // 8, MAX_TEXT)
    body = _bytes(alpha, _HEAD + size)[_HEAD:]
    try:
        text = zlib.decompressobj(wbits=31).decompress(body, MAX_TEXT) if packed else body
    except zlib.error:
        return None
    return text.decode("utf-8", "replace")


def _bytes(alpha: np.ndarray[tuple[int, ...], np.dtype[np.uint8]], count: int) -> bytes:
    """The first bytes that the lowest bits make, column by column."""
    columns = -(-count * 8 // alpha.shape[0])
    bits = (alpha[:, :columns] & 1).T.ravel()[: count * 8]
    return np.packbits(bits).tobytes()
