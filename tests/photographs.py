"""Real photographs that ship with the test extra, and what is done to them in the tests."""

from __future__ import annotations

import io
from functools import cache
from typing import Any

import numpy as np
from PIL import Image
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
