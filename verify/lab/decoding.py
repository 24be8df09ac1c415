"""File -> decoded picture, within bounds: what may be opened, how large, at which scale."""

from __future__ import annotations

import io
import warnings

import numpy as np
import pillow_heif
from PIL import AvifImagePlugin, Image

from verify.errors import VerifyError
from verify.lab.containers import jpeg
from verify.lab.wire import MAX_SIDE
from verify.records import say

MAX_PIXELS = 50_000_000
"""What is decoded at most; 48-megapixel phones fit. Above it JPEG is decoded at a reduced scale."""
MAX_SCANNED = 1_500_000_000
"""Pixels times scans of a JPEG: the encoders' ten scans of the largest progressive one."""
MAX_OPENED = 1_000_000_000
WORKING_SIDE = 2048
"""The working copy's longest side at most; it is shrunk by whole factors, so to more than half."""

# Opening reads the header alone: Pillow's own guard stands at the largest size that a
# reduced scale may still bring within MAX_PIXELS, ours is applied before any decoding.
Image.MAX_IMAGE_PIXELS = MAX_OPENED // 2
pillow_heif.register_heif_opener()
# One thread a decoder: threads are counted, and other files are decoded beside this one.
AvifImagePlugin.DEFAULT_MAX_THREADS = 1
pillow_heif.options.DECODE_THREADS = 1

_OPENERS = {
    "image/jpeg": ("JPEG",),
    "image/png": ("PNG",),
    "image/webp": ("WEBP",),
    "image/heic": ("HEIF",),
    "image/heif": ("HEIF", "AVIF"),
    "image/avif": ("AVIF",),
    "image/tiff": ("TIFF",),
    "image/gif": ("GIF",),
}


class Undecodable(VerifyError):  # noqa: N818 - named for what it tells, as its siblings are
    """The picture cannot be shown or hashed; the sentence says why."""


_TOO_LARGE = say(
    "The picture claims more pixels than can be decoded safely, so it was not decoded. "
    "The file is kept as it came."
)
_TOO_MANY_SCANS = say(
    "The picture goes over its pixels in more scans than can be decoded in time, so it was not "
    "decoded. The file is kept as it came."
)
_DAMAGED = say(
    "The picture could not be decoded: the file is cut off, damaged or not what it claims to "
    "be. The file is kept as it came."
)


def open_picture(data: bytes, media_type: str) -> Image.Image:
    """Read the header and decode nothing. Raises Undecodable."""
    formats_allowed = _OPENERS.get(media_type)
    if not formats_allowed:
        raise Undecodable(say("This kind of file is not a picture that can be examined."))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            image = Image.open(io.BytesIO(data), formats=formats_allowed)
    except Image.DecompressionBombError as error:
        raise Undecodable(_TOO_LARGE) from error
    except Exception as error:  # decoders raise many kinds on hostile input
        raise Undecodable(_DAMAGED) from error
    if min(image.size) < 1:
        raise Undecodable(_DAMAGED)
    if max(image.size) > MAX_SIDE:
        raise Undecodable(_TOO_LARGE)
    # One scan is the rule, and costs what its pixels do; it is the others that a few bytes ask for.
    scans = jpeg.scans(data) if media_type == "image/jpeg" else 1
    if scans > 1 and scans * image.size[0] * image.size[1] > MAX_SCANNED:
        raise Undecodable(_TOO_MANY_SCANS)
    return image


def decode_picture(image: Image.Image, longest_side: int) -> Image.Image:
    """Decode an opened picture to RGB, at most `longest_side` long. Raises Undecodable.

    A JPEG that is far larger changes its own `size` on the way, being decoded at a reduced scale.
    """
    width, height = image.size
    if image.format in ("JPEG", "MPO"):
        _draft(image, longest_side)
    if image.size[0] * image.size[1] > MAX_PIXELS:
        raise Undecodable(_TOO_LARGE)
    if image.info.get("progressive") and width * height > 3 * MAX_PIXELS:
        raise Undecodable(_TOO_LARGE)  # a progressive one is held whole at any scale
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            image.load()
            return _to_rgb(image, longest_side)
    except MemoryError as error:
        raise Undecodable(_TOO_LARGE) from error
    except Exception as error:  # decoders raise many kinds on hostile input
        raise Undecodable(_DAMAGED) from error


def _draft(image: Image.Image, longest_side: int) -> None:
    """Let the JPEG decoder halve, once to thrice, what is larger than needed: it is the cheapest
    place, and the hashes stay the same."""
    wanted = _reduction(image, longest_side)
    scale = max(power for power in (1, 2, 4, 8) if power <= wanted)
    while scale < 8 and image.size[0] * image.size[1] > MAX_PIXELS * scale**2:
        scale *= 2
    if scale > 1:
        image.draft(None, (image.size[0] // scale, image.size[1] // scale))


def _reduction(image: Image.Image, longest_side: int) -> int:
    return -(-max(image.size) // longest_side)


def _to_rgb(image: Image.Image, longest_side: int) -> Image.Image:
    if image.mode in ("P", "PA"):
        image = image.convert(
            "RGBA" if image.mode == "PA" or "transparency" in image.info else "RGB"
        )
    elif image.mode.startswith(("I", "F")):
        image = _to_eight_bits(image)
    elif image.mode == "1":
        image = image.convert("L")
    transparent = "transparency" in image.info and image.mode in ("L", "RGB")
    if transparent:
        image = image.convert("RGBA")
    if (factor := _reduction(image, longest_side)) > 1:
        image = image.reduce(factor)
    if image.mode in ("RGBA", "LA", "RGBa", "La"):
        image = image.convert("RGBA")
        white = Image.new("RGB", image.size, "white")
        white.paste(image, mask=image.getchannel("A"))
        return white
    return image.convert("RGB")


def _to_eight_bits(image: Image.Image) -> Image.Image:
    """16 bits by their upper byte; whole and real numbers of no fixed range by their own range."""
    values = np.asarray(image)
    if image.mode.startswith("I;16"):
        return Image.fromarray((values >> 8).astype(np.uint8))
    values = np.nan_to_num(values.astype(np.float32), posinf=0, neginf=0)
    low, high = float(values.min()), float(values.max())
    if low >= 0 and high <= 255:
        low, high = 0.0, 255.0
    elif low >= 0 and high <= 65535 and image.mode == "I":
        low, high = 0.0, 65535.0
    scaled = (values - low) * (255.0 / (high - low or 1.0))
    return Image.fromarray(scaled.astype(np.uint8))
