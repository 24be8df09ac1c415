"""Real photographs that ship with the test extra, and what is done to them in the tests."""

from __future__ import annotations

import io
from functools import cache
from typing import Any

import numpy as np
from PIL import Image, ImageChops
from sklearn.datasets import load_sample_image


@cache
def photograph(name: str) -> Image.Image:
    """`china`, `flower`, or the name of a photograph in `skimage.data`."""
    if name in ("china", "flower"):
        return Image.fromarray(load_sample_image(f"{name}.jpg"))
    import skimage.data

    return Image.fromarray(np.asarray(getattr(skimage.data, name)())).convert("RGB")


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
