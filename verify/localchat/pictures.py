"""Photos as Telegram keeps them: decoded elsewhere, encoded anew in a few sizes. And what the page
plays: pictures of a clip, and a sound.

No received byte is parsed here. The sandbox's child decodes and hands back pixels and samples;
what is made of these carries no metadata, because they have none.
"""

from __future__ import annotations

import asyncio
import io
import secrets
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from PIL import Image

from verify.clips import CLIP_SECONDS, RATE, wav
from verify.errors import Unavailable
from verify.lab.wire import SOUND_RATE
from verify.localchat.limits import PHOTO_RATIO, PHOTO_SIDE, PHOTO_SIDES_SUM
from verify.localchat.refusals import Refused
from verify.pixels import as_image
from verify.records import Examination, Pixels, say
from verify.store.localchat.files import ChatFiles, StoredFile

_SIDES = (90, 320, 800, PHOTO_SIDE)
_THUMBNAIL_SIDE = 320
_QUALITY = 87
_EXAMINED_BYTES = 1_000_000
_HEARD_MS = 300_000
_UNPLAYABLE = say("This could not be decoded, so it cannot be played.")


class Decoder(Protocol):
    """What this needs of a sandbox."""

    def pixels(self, content: bytes | Path, longest_side: int) -> Pixels | None:
        """Decode a picture as displayed; None if it cannot be."""

    def examine(self, content: bytes | Path) -> Examination:
        """Examine a file."""

    def frames(
        self, film: bytes | Path, longest_side: int, times: Sequence[int]
    ) -> list[tuple[int, Pixels]]:
        """The frames that are shown at these times, in milliseconds."""

    def play(self, file: bytes | Path, begin_ms: int, end_ms: int) -> bytes:
        """A part of a sound, as samples."""


class Pictures:
    """Makes photos and thumbnails from received files."""

    def __init__(self, files: ChatFiles, decoder: Decoder) -> None:
        self._files = files
        self._decoder = decoder

    async def photo(self, content: bytes, *, from_bot: bool) -> str:
        """Keep a picture as a photo: JPEGs of 90, 320, 800 and 1280 pixels, as far as it goes.

        Returns the name under which the store has the sizes. Raises Refused as Telegram
        does: for anything undecodable, and for a bot's photo of extreme dimensions. A
        person's app shrinks those before it sends them.
        """
        return await asyncio.to_thread(self._photo, content, from_bot)

    async def thumbnail(self, content: bytes) -> tuple[StoredFile, int, int] | None:
        """A small JPEG of a picture, and the picture's size within 1280; None if undecodable."""
        return await asyncio.to_thread(self._thumbnail, content)

    async def clip(self, content: Path) -> list[bytes]:
        """The pictures of a clip, as JPEGs, RATE a second from its beginning. Raises
        Unavailable."""
        return await asyncio.to_thread(self._clip, content)

    async def sound(self, content: Path) -> bytes:
        """A sound as plain samples, in a WAV; its first minutes where it is long. Raises
        Unavailable."""
        samples = await asyncio.to_thread(self._decoder.play, content, 0, _HEARD_MS)
        if not samples:
            raise Unavailable(_UNPLAYABLE)
        return wav(samples, SOUND_RATE)

    def _clip(self, content: Path) -> list[bytes]:
        times = [1000 * number // RATE for number in range(RATE * CLIP_SECONDS)]
        found = dict(self._decoder.frames(content, PHOTO_SIDE, times))  # the last one stays
        if not found:
            raise Unavailable(_UNPLAYABLE)
        return [_jpeg(_image(pixels)) for pixels in found.values()]

    def _photo(self, content: bytes, from_bot: bool) -> str:
        pixels = self._decoder.pixels(content, PHOTO_SIDE)
        if pixels is None:
            raise Refused("IMAGE_PROCESS_FAILED")
        if from_bot and self._extreme(content, pixels):
            raise Refused("PHOTO_INVALID_DIMENSIONS")
        picture = _image(pixels)
        name = secrets.token_urlsafe(16)
        for side in _SIDES:
            self._save(_within(picture, side), name)
            if side >= max(picture.size):
                break
        return name

    def _extreme(self, content: bytes, pixels: Pixels) -> bool:
        """Whether Telegram would find a picture too long, or too large in pixels.

        Pixels come scaled down; only an examination tells the full size. It takes longer, so
        it is spared to files that are too small to hold so many pixels of a photograph.
        """
        if max(pixels.width, pixels.height) > PHOTO_RATIO * min(pixels.width, pixels.height):
            return True
        if len(content) < _EXAMINED_BYTES:
            return False
        examination = self._decoder.examine(content)
        return (examination.width or 0) + (examination.height or 0) > PHOTO_SIDES_SUM

    def _thumbnail(self, content: bytes) -> tuple[StoredFile, int, int] | None:
        pixels = self._decoder.pixels(content, PHOTO_SIDE)
        if pixels is None:
            return None
        kept = self._save(_within(_image(pixels), _THUMBNAIL_SIDE), "")
        return kept, pixels.width, pixels.height

    def _save(self, picture: Image.Image, name: str) -> StoredFile:
        return self._files.save(
            _jpeg(picture),
            kind="photos" if name else "thumbnails",
            media_type="image/jpeg",
            extension=".jpg",
            width=picture.width,
            height=picture.height,
            photo=name,
        )


def _jpeg(picture: Image.Image) -> bytes:
    encoded = io.BytesIO()
    picture.save(encoded, "JPEG", quality=_QUALITY)
    return encoded.getvalue()


def _image(pixels: Pixels) -> Image.Image:
    return as_image(pixels)


def _within(picture: Image.Image, side: int) -> Image.Image:
    longest = max(picture.size)
    if longest <= side:
        return picture
    size = [max(1, round(length * side / longest)) for length in picture.size]
    return picture.resize((size[0], size[1]), Image.Resampling.LANCZOS, reducing_gap=3.0)
