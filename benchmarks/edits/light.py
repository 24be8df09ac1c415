"""Edits that move nothing but pixels' values, and shrinking."""

from __future__ import annotations

import cv2
import numpy as np

from benchmarks.edits.copies import Copy, Edit, Others, Random, jpeg, resized, scaled_by


def recompress(copy: Copy, rng: Random, others: Others) -> Copy:
    """Saved as a poor JPEG: quality 10 to 30."""
    return copy.painted(jpeg(copy.pixels, int(rng.integers(10, 31))))


def shrink(copy: Copy, rng: Random, others: Others) -> Copy:
    """The longest side 160 to 400 pixels, JPEG at quality 50 to 70."""
    height, width = copy.pixels.shape[:2]
    scale = rng.uniform(160, 400) / max(height, width)
    small = resized(copy.pixels, round(width * scale), round(height * scale))
    scaling = scaled_by(small.shape[1] / width, small.shape[0] / height)
    return copy.moved(jpeg(small, int(rng.integers(50, 71))), scaling)


def grey(copy: Copy, rng: Random, others: Others) -> Copy:
    """Without colour."""
    return copy.painted(np.repeat(cv2.cvtColor(copy.pixels, cv2.COLOR_RGB2GRAY)[..., None], 3, 2))


def filter_(copy: Copy, rng: Random, others: Others) -> Copy:
    """Other hue, colour, contrast and brightness, as by an app."""
    hsv = cv2.cvtColor(copy.pixels, cv2.COLOR_RGB2HSV).astype(np.float32)
    hsv[..., 0] = (hsv[..., 0] + rng.uniform(-10, 10)) % 180
    hsv[..., 1] = np.clip(hsv[..., 1] * rng.uniform(0.5, 1.8), 0, 255)
    out = cv2.cvtColor(hsv.astype(np.uint8), cv2.COLOR_HSV2RGB).astype(np.float32)
    out = (out - 128) * rng.uniform(0.8, 1.5) + 128
    return copy.painted(np.clip(out * rng.uniform(0.7, 1.4), 0, 255).astype(np.uint8))


def gamma_noise(copy: Copy, rng: Random, others: Others) -> Copy:
    """Another gamma, and the noise of a camera."""
    out = 255 * (copy.pixels / 255.0) ** rng.uniform(0.6, 1.6)
    out += rng.normal(0, rng.uniform(4, 12), out.shape)
    return copy.painted(np.clip(out, 0, 255).astype(np.uint8))


def invert(copy: Copy, rng: Random, others: Others) -> Copy:
    """The negative, or dark and light exchanged as by a dark mode, which keeps the hues."""
    negative = 255 - copy.pixels
    if rng.random() < 0.5:
        hsv = cv2.cvtColor(negative, cv2.COLOR_RGB2HSV)
        hsv[..., 0] = (hsv[..., 0].astype(int) + 90) % 180
        negative = cv2.cvtColor(hsv, cv2.COLOR_HSV2RGB).astype(np.uint8)
    return copy.painted(negative)


EDITS: dict[str, Edit] = {
    "recompress": recompress, "shrink": shrink, "grey": grey, "filter": filter_,
    "gamma-noise": gamma_noise, "invert": invert,
}  # fmt: skip
