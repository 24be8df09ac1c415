"""Edits that cut, turn and stretch."""

from __future__ import annotations

import math
from functools import partial

import cv2
import numpy as np

from benchmarks.edits.copies import Copy, Edit, Others, Random, resized, scaled_by
from benchmarks.edits.light import recompress, shrink


def crop(copy: Copy, rng: Random, others: Others, share: float) -> Copy:
    """This share of the area kept, from anywhere, and enlarged to the former size."""
    height, width = copy.pixels.shape[:2]
    wide = math.sqrt(share) * rng.uniform(0.88, 1 / 0.88)
    wide = float(np.clip(wide, share, 1))
    w, h = round(width * wide), round(height * share / wide)
    left, top = int(rng.integers(0, width - w + 1)), int(rng.integers(0, height - h + 1))
    scale = max(height, width) / max(w, h)
    part = resized(copy.pixels[top : top + h, left : left + w], round(w * scale), round(h * scale))
    scaling = scaled_by(part.shape[1] / w, part.shape[0] / h)
    return copy.moved(part, scaling @ scaled_by(1, 1, -left, -top))


def _then_light(copy: Copy, rng: Random, others: Others) -> Copy:
    return (recompress if rng.random() < 0.5 else shrink)(copy, rng, others)


def mirror(copy: Copy, rng: Random, others: Others) -> Copy:
    """Left and right changed, then recompressed or shrunk."""
    flipped = np.ascontiguousarray(copy.pixels[:, ::-1])
    return _then_light(copy.moved(flipped, scaled_by(-1, 1, flipped.shape[1])), rng, others)


def turn_90(copy: Copy, rng: Random, others: Others) -> Copy:
    """A quarter turn either way, then recompressed or shrunk."""
    height, width = copy.pixels.shape[:2]
    if rng.random() < 0.5:
        turned, matrix = np.rot90(copy.pixels, -1), [[0, -1, height], [1, 0, 0], [0, 0, 1]]
    else:
        turned, matrix = np.rot90(copy.pixels), [[0, 1, 0], [-1, 0, width], [0, 0, 1]]
    step = copy.moved(np.ascontiguousarray(turned), np.array(matrix, dtype=float))
    return _then_light(step, rng, others)


def turn_180(copy: Copy, rng: Random, others: Others) -> Copy:
    """Upside down, then recompressed or shrunk."""
    height, width = copy.pixels.shape[:2]
    turned = np.ascontiguousarray(copy.pixels[::-1, ::-1])
    return _then_light(copy.moved(turned, scaled_by(-1, -1, width, height)), rng, others)


def turn_small(copy: Copy, rng: Random, others: Others) -> Copy:
    """Turned by 3 to 12 degrees, the corners filled, reflected or cropped away."""
    height, width = copy.pixels.shape[:2]
    angle = float(rng.uniform(3, 12) * rng.choice([-1, 1]))
    scale = 1.0
    if rng.random() < 0.5:  # enlarge until no empty corner shows
        c, s = abs(math.cos(math.radians(angle))), abs(math.sin(math.radians(angle)))
        scale = max(c + s * height / width, c + s * width / height)
    turn = np.vstack([cv2.getRotationMatrix2D((width / 2, height / 2), angle, scale), [0, 0, 1]])
    fill = tuple(int(v) for v in rng.choice([(0, 0, 0), (255, 255, 255)]))
    mode = cv2.BORDER_CONSTANT if rng.random() < 0.5 else cv2.BORDER_REFLECT
    out = cv2.warpAffine(copy.pixels, turn[:2], (width, height), flags=cv2.INTER_CUBIC,
                         borderMode=mode, borderValue=fill)  # fmt: skip
    return copy.moved(out, turn)


def stretch(copy: Copy, rng: Random, others: Others) -> Copy:
    """Another aspect, by up to a fifth."""
    height, width = copy.pixels.shape[:2]
    by = rng.uniform(1.05, 1.2) ** rng.choice([-1, 1])
    out = resized(copy.pixels, round(width * by), height)
    return copy.moved(out, scaled_by(out.shape[1] / width, 1))


def bend(copy: Copy, rng: Random, others: Others) -> Copy:
    """Bent by 3 to 8 % of the width: in waves along both sides, or as a page that curls."""
    height, width = copy.pixels.shape[:2]
    y, x = np.mgrid[:height, :width].astype(np.float32)
    by = rng.uniform(0.03, 0.08) * width
    if rng.random() < 0.5:
        far, across, down = rng.uniform(0.5, 1.5) * max(height, width), *rng.uniform(0, 6.3, 2)
        x, y = (
            x + by * np.sin(2 * np.pi * y / far + across),
            y + by * np.sin(2 * np.pi * x / far + down),
        )
    else:
        near = x / width if rng.random() < 0.5 else 1 - x / width
        x, y = x + by * np.sin(np.pi * near), y + 2 * by * near**2
    out = cv2.remap(
        copy.pixels, x.astype(np.float32), y.astype(np.float32), cv2.INTER_CUBIC,
        borderMode=cv2.BORDER_CONSTANT, borderValue=(255, 255, 255),
    )  # fmt: skip
    return copy.moved(out, np.eye(3))


def strip(copy: Copy, rng: Random, others: Others) -> Copy:
    """A strip over all of the width or the height, ten times as long as wide."""
    height, width = copy.pixels.shape[:2]
    if rng.random() < 0.5:
        w, h = width, max(24, width // 10)
    else:
        w, h = max(24, height // 10), height
    left, top = int(rng.integers(0, width - w + 1)), int(rng.integers(0, height - h + 1))
    part = np.ascontiguousarray(copy.pixels[top : top + h, left : left + w])
    return copy.moved(part, scaled_by(1, 1, -left, -top))


EDITS: dict[str, Edit] = {
    "crop-80": partial(crop, share=0.80), "crop-50": partial(crop, share=0.50),
    "crop-25": partial(crop, share=0.25), "crop-15": partial(crop, share=0.15),
    "mirror": mirror, "turn-90": turn_90, "turn-180": turn_180, "turn-small": turn_small,
    "stretch": stretch, "strip": strip, "bend": bend,
}  # fmt: skip
