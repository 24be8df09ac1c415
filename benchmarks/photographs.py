"""The photographs that benchmarks run on, and their fixed split.

Without a folder: the photographs that ship inside scikit-image and scikit-learn. With one:
every JPEG, PNG and WebP directly in it. Which part a photograph belongs to follows from its
name alone, so that nothing tuned today is measured tomorrow.
"""

from __future__ import annotations

import hashlib
from enum import StrEnum
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

Picture = NDArray[np.uint8]
LONGEST_SIDE = 640
_SUFFIXES = {".jpg", ".jpeg", ".png", ".webp"}
_NOT_PHOTOGRAPHS = {
    "cell", "chessboard_GRAY", "chessboard_RGB", "clock_motion", "color", "horse", "ihc", "logo",
    "microaneurysms", "motorcycle_right", "multipage", "page", "phantom", "text",
}  # fmt: skip


class Part(StrEnum):
    """What a photograph is for. `HELD_OUT` ones are never in the archive."""

    TUNING = "tuning"
    TUNING_HELD_OUT = "tuning, held out"
    MEASURING = "measuring"
    MEASURING_HELD_OUT = "measuring, held out"


def part(name: str) -> Part:
    """Three in ten are for tuning; of each part a fifth is held out of the archive."""
    digest = hashlib.sha256(name.encode()).digest()
    held_out = digest[1] < 51
    if digest[0] < 77:
        return Part.TUNING_HELD_OUT if held_out else Part.TUNING
    return Part.MEASURING_HELD_OUT if held_out else Part.MEASURING


def find(folder: Path | None = None) -> list[Path]:
    """The photographs' paths, sorted by name."""
    if folder is not None:
        return sorted(path for path in folder.iterdir() if path.suffix.lower() in _SUFFIXES)
    import skimage.data
    import sklearn.datasets

    inside = [Path(skimage.data.__file__).parent, Path(sklearn.datasets.__file__).parent / "images"]
    return sorted(
        (path for place in inside for path in place.iterdir()
         if path.suffix.lower() in _SUFFIXES and path.stem not in _NOT_PHOTOGRAPHS),
        key=lambda path: path.name,
    )  # fmt: skip


def load(path: Path) -> Picture:
    """One photograph as (h, w, 3) RGB, no side longer than `LONGEST_SIDE` pixels."""
    pixels = np.asarray(Image.open(path).convert("RGB"))
    scale = LONGEST_SIDE / max(pixels.shape[:2])
    if scale >= 1:
        return pixels
    size = (round(pixels.shape[1] * scale), round(pixels.shape[0] * scale))
    return cv2.resize(pixels, size, interpolation=cv2.INTER_AREA)
