"""Real photographs that ship with the test extra, and what is done to them in the tests."""

from __future__ import annotations

import io
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageChops

# not imported: that takes seconds
_SAMPLES = Path(find_spec("sklearn").origin).parent / "datasets" / "images"


@cache
def photograph(name: str) -> Image.Image:
    """`china`, `flower`, or the name of a photograph in `skimage.data`."""
    if name in ("china", "flower"):
        return Image.fromarray(sample(name))
    import skimage.data

    return Image.fromarray(np.asarray(getattr(skimage.data, name)())).convert("RGB")


def sample(name: str) -> NDArray[np.uint8]:
    """`china` or `flower`, a temple and a dahlia: (427, 640, 3), RGB."""
    with Image.open(_SAMPLES / f"{name}.jpg") as picture:
        return np.asarray(picture)


def encode(image: Image.Image, form: str = "JPEG", **options: Any) -> bytes:
    """A picture as a file."""
    file = io.BytesIO()
    image.save(file, form, **({"quality": 92} if form == "JPEG" else {}) | options)
    return file.getvalue()


def shrunk(image: Image.Image, share: float = 0.5) -> Image.Image:
    """The picture at a share of its width and height."""
    return image.resize((round(image.width * share), round(image.height * share)))


def two_faced(on_white: Image.Image, on_black: Image.Image) -> Image.Image:
    """Grey with transparency: one picture on white, another on black."""
    bright = on_white.convert("L").point([128 + value // 2 for value in range(256)])
    dark = on_black.convert("L").point([value * 2 // 5 for value in range(256)])
    alpha = ImageChops.invert(ImageChops.subtract(bright, dark))
    share = np.asarray(dark, np.float64) * 255 / np.maximum(np.asarray(alpha), 1)
    return Image.merge("LA", (Image.fromarray(share.clip(0, 255).astype(np.uint8)), alpha))


def waved(picture: NDArray[np.uint8], by: float = 0.05) -> NDArray[np.uint8]:
    """In waves along both sides, by this share of the width, as no one map lays it."""
    height, width = picture.shape[:2]
    y, x = np.mgrid[:height, :width].astype(np.float32)
    turn = 2 * np.pi / (0.7 * max(height, width))
    across = x + by * width * np.sin(turn * y + 1)
    down = y + by * width * np.sin(turn * x + 2)
    return cv2.remap(picture, across, down, cv2.INTER_CUBIC, borderValue=(255,) * 3).astype(
        np.uint8
    )
