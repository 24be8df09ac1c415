"""Pictures that are like no other, as many as a run needs."""

from __future__ import annotations

import io
import random

import numpy as np
from PIL import Image


def blots(chance: random.Random, size: tuple[int, int] = (240, 180)) -> bytes:
    """Soft blots of colour, as a JPEG. size: width and height in pixels."""
    rough = np.random.default_rng(chance.getrandbits(32)).integers(0, 256, (9, 12, 3), np.uint8)
    file = io.BytesIO()
    Image.fromarray(rough).resize(size, Image.Resampling.BICUBIC).save(file, "JPEG", quality=85)
    return file.getvalue()
