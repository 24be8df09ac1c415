"""Edits that hide a picture in a file which shows another one first, read by the lab."""

from __future__ import annotations

import io
from typing import Any

import cv2
import numpy as np
from PIL import Image

from benchmarks.edits.copies import Copy, Edit, Others, Random, resized
from verify.lab.imaging import Specimen


def animation(copy: Copy, rng: Random, others: Others) -> Copy:
    """A later scene of a GIF or WebP of three to nine scenes, each of two frames."""
    height, width = copy.pixels.shape[:2]
    scenes = [resized(one, width, height) for one in others[: int(rng.integers(3, 10))]]
    scenes[int(rng.integers(1, len(scenes)))] = copy.pixels
    frames = [Image.fromarray(scene) for scene in scenes for _ in range(2)]
    form = "GIF" if rng.random() < 0.5 else "WEBP"
    specimen = _saved(frames[0], form, save_all=True, append_images=frames[1:], duration=200)
    beside = tuple(np.asarray(one.picture) for one in specimen.frames)
    return Copy(np.asarray(specimen.picture), copy.matrix, copy.visible, beside)


def on_black(copy: Copy, rng: Random, others: Others) -> Copy:
    """White throughout, and seen by its transparency alone, where the ground is black."""
    grey = cv2.cvtColor(copy.pixels, cv2.COLOR_RGB2GRAY)
    specimen = _saved(Image.fromarray(np.dstack([np.full_like(copy.pixels, 255), grey])), "PNG")
    beside = tuple(np.asarray(one.picture) for one in specimen.looks)
    return Copy(np.asarray(specimen.picture), copy.matrix, copy.visible, beside)


def _saved(picture: Image.Image, form: str, **options: Any) -> Specimen:
    file = io.BytesIO()
    picture.save(file, form, **options)
    return Specimen(file.getvalue())


EDITS: dict[str, Edit] = {"animation": animation, "on-black": on_black}
