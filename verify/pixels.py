"""Decoded pictures, as the lab hands them on, for Pillow to draw with."""

from __future__ import annotations

from PIL import Image

from verify.records import Pixels


def as_image(pixels: Pixels) -> Image.Image:
    """The picture, in RGB."""
    return Image.frombytes("RGB", (pixels.width, pixels.height), pixels.rgb)
