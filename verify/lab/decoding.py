"""File -> decoded picture, within bounds: what may be opened, how large, at which scale."""

from __future__ import annotations

import io
import warnings

import numpy as np
import pillow_heif
from PIL import AvifImagePlugin, Image, ImageCms, ImageFile

from verify.errors import VerifyError
from verify.formats import FORMATS, RAWS, Format
from verify.lab.containers import jpeg
from verify.lab.containers.raws import preview
from verify.lab.undecoded import CUT, DAMAGED, NO_PREVIEW, TOO_LARGE, TOO_MANY_SCANS, reason
from verify.lab.wire import MAX_SIDE

MAX_PIXELS = 50_000_000
"""What is decoded at most; 48-megapixel phones fit. Above it JPEG is decoded at a reduced scale."""
MAX_SCANNED = 1_500_000_000
"""Pixels times scans of a JPEG: the encoders' ten scans of the largest progressive one."""
MAX_OPENED = 1_000_000_000
_LEAST_SHARE, _LEAST_ROWS, _WHOLE_SHARE = 0.1, 32, 0.98
_NOISE = 3  # levels
_BLOCK = 16  # rows of pixels that a JPEG's data tell together, at most
WORKING_SIDE = 2048
"""The working copy's longest side at most; it is shrunk by whole factors, so to more than half."""

# Opening reads the header alone: Pillow's own guard stands at the largest size that a
# reduced scale may still bring within MAX_PIXELS, ours is applied before any decoding.
Image.MAX_IMAGE_PIXELS = MAX_OPENED // 2
pillow_heif.register_heif_opener()
# One thread a decoder: threads are counted, and other files are decoded beside this one.
AvifImagePlugin.DEFAULT_MAX_THREADS = 1
pillow_heif.options.DECODE_THREADS = 1


class Undecodable(VerifyError):  # noqa: N818 - named for what it tells, as its siblings are
    """The picture cannot be shown or hashed; the sentence says why."""


def open_picture(data: bytes, media_type: str) -> Image.Image:
    """Read the header and decode nothing. Raises Undecodable."""
    if media_type in RAWS:
        return _open_preview(data, media_type)
    known = FORMATS.get(media_type)
    if not known or not known.openers:
        raise Undecodable(reason(data, media_type))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            image = Image.open(io.BytesIO(_with_brand(data, known)), formats=known.openers)
    except Image.DecompressionBombError as error:
        raise Undecodable(TOO_LARGE) from error
    except Exception as error:  # decoders raise many kinds on hostile input
        raise Undecodable(reason(data, media_type)) from error
    if min(image.size) < 1:
        raise Undecodable(DAMAGED)
    if max(image.size) > MAX_SIDE:
        raise Undecodable(TOO_LARGE)
    # One scan is the rule, and costs what its pixels do; it is the others that a few bytes ask for.
    scans = jpeg.scans(data) if media_type == "image/jpeg" else 1
    if scans > 1 and scans * image.size[0] * image.size[1] > MAX_SCANNED:
        raise Undecodable(TOO_MANY_SCANS)
    return image


def _with_brand(data: bytes, known: Format) -> bytes:
    """The file under a brand that the decoders know: they look at the first alone, which may be
    a general one such as `miaf`."""
    brands = known.opened_as
    if not brands or data[8:12] in brands:
        return data
    return data[:8] + brands[0] + data[12:]


def _open_preview(data: bytes, media_type: str) -> Image.Image:
    """Of a camera original, the largest preview, else the small picture that TIFF begins with."""
    if body := preview(data, media_type):
        return open_picture(body, "image/jpeg")
    if media_type == "image/x-adobe-dng":
        return open_picture(data, "image/tiff")
    raise Undecodable(NO_PREVIEW)


def decode_picture(image: Image.Image, longest_side: int) -> Image.Image:
    """Decode an opened picture to RGB, at most `longest_side` long. Raises Undecodable.

    A JPEG that is far larger changes its own `size` on the way, being decoded at a reduced scale.
    Of a JPEG or PNG that ends too early the upper part is given, as far as it goes; `info["share"]`
    tells how much of the height that is.
    """
    width, height = image.size
    source, form = getattr(image, "fp", None), image.format or ""
    if form in ("JPEG", "MPO"):
        _draft(image, longest_side)
    if image.size[0] * image.size[1] > MAX_PIXELS:
        raise Undecodable(TOO_LARGE)
    if image.info.get("progressive") and width * height > 3 * MAX_PIXELS:
        raise Undecodable(TOO_LARGE)  # a progressive one is held whole at any scale
    data = source.getvalue() if isinstance(source, io.BytesIO) else b""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            image.load()
            return _to_rgb(image, longest_side)
    except MemoryError as error:
        raise Undecodable(TOO_LARGE) from error
    except Exception as error:  # decoders raise many kinds on hostile input
        if form in ("JPEG", "MPO", "PNG") and "truncated" in str(error):
            return _decode_cut(data, form, longest_side)
        raise Undecodable(reason(data, f"image/{form.lower()}")) from error


def _decode_cut(data: bytes, form: str, longest_side: int) -> Image.Image:
    """The upper part of a picture whose file ends too early. Raises Undecodable."""
    ImageFile.LOAD_TRUNCATED_IMAGES = True
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            image = Image.open(io.BytesIO(data), formats=("JPEG" if form == "MPO" else form,))
            height = image.height
            if form != "PNG":
                _draft(image, longest_side)
            image.load()
            picture = _to_rgb(image, longest_side)
    except Exception as error:  # as above
        raise Undecodable(CUT) from error
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = False
    rows = _rows(picture)
    if rows < picture.height and form != "PNG":  # the last row of blocks is in part filled in
        rows -= -(-_BLOCK * picture.height // height)
    share = max(rows, 0) / picture.height
    if share < _LEAST_SHARE or rows < _LEAST_ROWS:
        raise Undecodable(CUT)
    if share < _WHOLE_SHARE:
        picture = picture.crop((0, 0, picture.width, rows))
    picture.info["share"] = min(share, 1.0)
    return picture


def _rows(picture: Image.Image) -> int:
    """How many rows were decoded: below them all is of the one colour that decoders fill in."""
    values = np.asarray(picture).astype(np.int16)
    differs = (np.abs(values - values[-1, -1]) > _NOISE).any(axis=(1, 2))
    return int(differs.nonzero()[0].max()) + 1 if differs.any() else 0


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
    elif image.mode == "LAB":
        image = _from_lab(image)
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


def _from_lab(image: Image.Image) -> Image.Image:
    profiles = ImageCms.createProfile("LAB"), ImageCms.createProfile("sRGB")
    converted = ImageCms.profileToProfile(image, *profiles, outputMode="RGB")
    assert converted is not None  # noqa: S101 - it is None when done in place alone
    return converted


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
