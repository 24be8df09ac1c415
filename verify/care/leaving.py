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
_PAPER = 640  # pixels


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


def _on_paper(image: Image.Image, step: Step) -> Image.Image:
    """The picture; a small one on paper, because chats enlarge what is small."""
    if step is not Step.SMALL or image.width >= _PAPER:
        return image
    from PIL import Image

    size = _PAPER, max(_PAPER // 2, (image.height + 2) // 2 * 2)
    paper = Image.new("RGB", size, (236, 236, 233))
    paper.paste(image, ((size[0] - image.width) // 2, (size[1] - image.height) // 2))
    return paper


def leaving(image: Image.Image, step: Step, covers: tuple[Cover, ...]) -> Picture:
    """A picture that was drawn of what `veiled` gave, as a JPEG without metadata."""
    stream = io.BytesIO()
    _on_paper(image, step).save(stream, "JPEG", quality=88)
    return Picture(jpeg=stream.getvalue(), step=step, covers=covers)


def playing(images: Sequence[Image.Image], step: Step, covers: tuple[Cover, ...]) -> Clip:
    """A clip of pictures that were drawn of what `veiled` gave, without sound."""
    return Clip(
        content=clips.mp4([_on_paper(one, step) for one in images]), step=step, covers=covers
    )


def sounding(samples: bytes, rate: int, step: Step, covers: tuple[Cover, ...]) -> Clip:
    """A part of a sound. samples: as in `verify.clips.ogg`."""
    return Clip(content=clips.ogg(samples, rate), step=step, covers=covers)


def ours(jpeg: bytes) -> Picture:
    """A drawing of our own, of no exhibit's pixels."""
    return Picture(jpeg=jpeg)
