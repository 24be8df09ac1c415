"""The way out for pictures: as far as a step goes, encoded, and nowhere else.

`Picture` is made here alone, and what sends pictures takes nothing else. The test of this,
`tests/desk/test_leaving.py`, looks for ways around it.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING

from verify import clips
from verify.records import Clip, Cover, Picture, Pixels, Step

if TYPE_CHECKING:
    from PIL import Image

_SMALL = 160  # pixels: small enough not to overwhelm, large enough to tell what it is


def veiled(pixels: Pixels, step: Step) -> Pixels:
    """A picture as far as a step shows it: its lines, or small and in grey, or as it is.

    Raises ValueError for words, which show nothing.
    """
    match step:
        case Step.FULL:
            return pixels
        case Step.DRAWING:
            from verify.care.drawing import drawn  # it loads OpenCV

            return drawn(pixels)
        case Step.SMALL:
            return _small(pixels)
    raise ValueError(step)


def _small(pixels: Pixels) -> Pixels:
    from verify.pixels import as_image  # it loads Pillow

    picture = as_image(pixels)
    picture.thumbnail((_SMALL, _SMALL))
    grey = picture.convert("L").convert("RGB")
    return Pixels(width=grey.width, height=grey.height, rgb=grey.tobytes())


def leaving(image: Image.Image, step: Step, covers: tuple[Cover, ...]) -> Picture:
    """A picture that was drawn of what `veiled` gave, as a JPEG without metadata."""
    stream = io.BytesIO()
    image.save(stream, "JPEG", quality=88)
    return Picture(jpeg=stream.getvalue(), step=step, covers=covers)


def playing(images: Sequence[Image.Image], step: Step, covers: tuple[Cover, ...]) -> Clip:
    """A clip of pictures that were drawn of what `veiled` gave, without sound."""
    return Clip(content=clips.mp4(images), step=step, covers=covers)


def sounding(samples: bytes, rate: int, step: Step, covers: tuple[Cover, ...]) -> Clip:
    """A part of a sound. samples: as in `verify.clips.ogg`."""
    return Clip(content=clips.ogg(samples, rate), step=step, covers=covers)


def ours(jpeg: bytes) -> Picture:
    """A drawing of our own, of no exhibit's pixels."""
    return Picture(jpeg=jpeg)
