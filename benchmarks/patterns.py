"""Patterns that repeat, or are the same turned and mirrored, in any number of each style."""

from __future__ import annotations

import cv2
import numpy as np

from benchmarks.lettering import Picture

Random = np.random.Generator
_SIDE = 600  # pixels


def pattern(template: int, rng: Random) -> Picture:
    """A pattern of one of four styles, in colours and sizes of its own."""
    ys, xs = (np.mgrid[:_SIDE, :_SIDE] - (_SIDE - 1) / 2).astype(np.float32)
    wave = rng.uniform(40, 140)
    if template % 4 == 0:  # squares or discs on a grid of eight
        x, y = (np.abs(np.mod(along, _SIDE / 8) / (_SIDE / 8) - 0.5) for along in (xs, ys))
        far = np.hypot(x, y) if rng.random() < 0.5 else np.maximum(x, y)
        values = (far < 0.33).astype(np.float32)
    elif template % 4 == 1:  # rings
        far = np.hypot(xs, ys)
        values = sum(np.cos(far * k / wave * 2 * np.pi) * rng.uniform(-1, 1) for k in (1, 2, 3))
    elif template % 4 == 2:  # an ornament: eight mirrored parts
        quarter = cv2.GaussianBlur(rng.normal(size=(_SIDE // 2,) * 2), (0, 0), wave / 8)
        quarter = quarter + quarter.T
        half = np.concatenate([quarter, quarter[:, ::-1]], axis=1)
        values = np.concatenate([half, half[::-1]])
    else:  # a chessboard
        square = round(wave)
        values = ((xs // square + ys // square) % 2).astype(np.float32)
    low, high = np.quantile(values, (0.02, 0.98))
    share = np.clip((values - low) / (high - low), 0, 1)[..., None]
    dark, light = rng.integers(0, 110, 3), rng.integers(140, 256, 3)
    out = dark * (1 - share) + light * share + rng.normal(0, 2, (_SIDE, _SIDE, 3))
    return np.clip(out, 0, 255).astype(np.uint8)
