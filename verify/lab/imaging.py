"""Bytes -> Specimen: what the checks look at, decoded once, within bounds, upright."""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pillow_heif
from PIL import Image

from verify.errors import VerifyError
from verify.lab import formats
from verify.lab.containers import Blocks, iptc_of, read_blocks
from verify.lab.credentials import declared_generator, read_credentials
from verify.lab.exif import read_exif
from verify.lab.generators import read_generator
from verify.lab.iptc import read_iptc
from verify.lab.metadata import Fields, Readings, read_metadata
from verify.lab.stealth import hidden_text
from verify.lab.words import decode
from verify.lab.xmp import read_xmp
from verify.records import Credentials, Fingerprint, Generator, SentAs, Sentence, say

MAX_PIXELS = 50_000_000
"""What is decoded at most; 48-megapixel phones fit. Above it JPEG is decoded at a reduced scale."""
MAX_OPENED = 1_000_000_000
WORKING_SIDE = 2048
"""The working copy's longest side at most; it is shrunk by whole factors, so to more than half."""

# Opening reads the header alone: Pillow's own guard stands at the largest size that a
# reduced scale may still bring within MAX_PIXELS, ours is applied before any decoding.
Image.MAX_IMAGE_PIXELS = MAX_OPENED // 2
pillow_heif.register_heif_opener()

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
_UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


class Undecodable(VerifyError):  # noqa: N818 - named for what it tells, as its siblings are
    """The picture cannot be shown or hashed; the sentence says why."""


@dataclass
class Specimen:
    """One file on the lab's table. Everything is read when first asked for, and then kept.

    filename, declared_type: as the sender's side named them; hostile text.
    trust_list: certificates (PEM) whose signatures this desk trusts.
    """

    data: bytes
    filename: str = ""
    declared_type: str = ""
    sent_as: SentAs = SentAs.DOCUMENT
    fingerprints: tuple[Fingerprint, ...] = ()
    trust_list: str = ""

    @cached_property
    def media_type(self) -> str:
        """By the content alone."""
        return formats.sniff(self.data)

    @cached_property
    def blocks(self) -> Blocks:
        """The container's metadata blocks, undecoded."""
        return read_blocks(self.data, self.media_type)

    @cached_property
    def fields(self) -> Fields:
        """EXIF, XMP, IPTC and texts, each as its own standard names them."""
        blocks = self.blocks
        exif = read_exif(blocks.exif)
        xmp, iptc = blocks.xmp, blocks.iptc
        if self.media_type == "image/tiff":
            xmp = xmp or _bytes(exif.main.get(700))
            iptc = _bytes(exif.main.get(33723)) or iptc_of(_bytes(exif.main.get(34377)))
        comments = [text for comment in blocks.comments if (text := decode(comment))]
        properties = read_xmp(blocks.extended_xmp) | read_xmp(xmp)
        return Fields(exif, properties, read_iptc(iptc), blocks.texts, comments)

    @cached_property
    def readings(self) -> Readings:
        """The metadata and where each field of it was read."""
        return read_metadata(self.fields)

    @cached_property
    def credentials(self) -> Credentials:
        """The Content Credentials, and whether they hold."""
        return read_credentials(self.data, self.media_type, self.trust_list)

    @cached_property
    def generator(self) -> Generator | None:
        """The generator that the file itself names, in its fields or hidden in its transparency."""
        found = declared_generator(self.credentials) or read_generator(self.fields)
        if found or self.media_type != "image/png" or self.problem:
            return found
        text = hidden_text(self.opened)
        return read_generator(Fields(texts=[("alpha channel", text)])) if text else None

    @cached_property
    def opened(self) -> Image.Image:
        """Pillow's image after the header, not yet decoded. Raises Undecodable."""
        return _open(self.data, self.media_type)

    @cached_property
    def turn(self) -> int:
        """The EXIF orientation (1-8) that is still to be applied to the decoded pixels.

        Pillow turns TIFF itself. HEIC's decoder turns by the container; AVIF's hands the
        container's turn on as EXIF.
        """
        if self.media_type == "image/tiff":
            return 1
        if self.media_type in ("image/heic", "image/heif", "image/avif"):
            if self.opened.format == "HEIF":
                return 1
            value = self.opened.getexif().get(0x0112, 1)
            return value if value in _UPRIGHT else 1
        return self.readings.metadata.orientation or 1

    @cached_property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels as displayed. Raises Undecodable."""
        # Taken when opened: reducing the scale changes the image's own idea of its size.
        width, height = self.opened.info["verify_size"]
        return (height, width) if self.turn >= 5 else (width, height)

    @cached_property
    def picture(self) -> Image.Image:
        """The working copy: RGB, upright, longest side WORKING_SIDE or less. Raises Undecodable."""
        image = _decode(self.opened, WORKING_SIDE)
        if self.turn in _UPRIGHT:
            image = image.transpose(_UPRIGHT[self.turn])
        return image

    @property
    def problem(self) -> Sentence | None:
        """Why there is no picture; None when there is one."""
        try:
            _ = self.picture
        except Undecodable as error:
            return error.sentence
        return None


def _bytes(value: object) -> bytes:
    return value if isinstance(value, bytes) else b""


def _open(data: bytes, media_type: str) -> Image.Image:
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
    width, height = image.size
    if width < 1 or height < 1:
        raise Undecodable(_DAMAGED)
    image.info["verify_size"] = (width, height)
    return image


_TOO_LARGE = say(
    "The picture claims more pixels than can be decoded safely, so it was not decoded. "
    "The file is kept as it came."
)
_DAMAGED = say(
    "The picture could not be decoded: the file is cut off, damaged or not what it claims to "
    "be. The file is kept as it came."
)


def _decode(image: Image.Image, longest_side: int) -> Image.Image:
    """Decode to RGB, at most `longest_side` long. Raises Undecodable."""
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
