"""Edits that put a picture among others."""

from __future__ import annotations

import numpy as np
from PIL import Image, ImageDraw

from benchmarks.edits.copies import Copy, Edit, Others, Random, placed, resized
from benchmarks.lettering import Picture


def _filling(pixels: Picture, width: int, height: int) -> tuple[int, int, int, int]:
    """The part (left, top, right, bottom) that fills a tile of this aspect, centred."""
    h, w = pixels.shape[:2]
    if w * height > h * width:
        columns = max(1, round(h * width / height))
        return ((w - columns) // 2, 0, (w - columns) // 2 + columns, h)
    rows = max(1, round(w * height / width))
    return (0, (h - rows) // 2, w, (h - rows) // 2 + rows)


def mosaic(pictures: Others, columns: int, size: tuple[int, int], gap: int, colour: int) -> Picture:
    """Pictures as tiles of one size (width, height), row by row, each filled from its middle."""
    rows, (w, h) = len(pictures) // columns, size
    out = np.full(
        (h * rows + gap * (rows - 1), w * columns + gap * (columns - 1), 3), colour, np.uint8
    )
    for place, picture in enumerate(pictures[: rows * columns]):
        left, top = place % columns * (w + gap), place // columns * (h + gap)
        x0, y0, x1, y1 = _filling(picture, w, h)
        out[top : top + h, left : left + w] = resized(picture[y0:y1, x0:x1], w, h)
    return out


def collage(copy: Copy, rng: Random, others: Others) -> Copy:
    """One tile among other photographs: 2x1, 1x2, 2x2 or 3x3."""
    columns, rows = [(2, 1), (1, 2), (2, 2), (3, 3)][int(rng.integers(0, 4))]
    gap = int(rng.integers(0, 13))
    height, width = copy.pixels.shape[:2]
    w = (max(height, width, 640) - gap * (columns - 1)) // columns
    h = round(w * float(np.clip(height / width, 0.6, 1.4)))
    picks = rng.choice(len(others), columns * rows, replace=len(others) < columns * rows)
    ground = mosaic([others[i] for i in picks], columns, (w, h), gap, int(rng.choice([0, 255])))
    mine = int(rng.integers(0, columns * rows))
    left, top = mine % columns * (w + gap), mine // columns * (h + gap)
    return placed(copy, ground, left, top, w, h, _filling(copy.pixels, w, h))


def inset(copy: Copy, rng: Random, others: Others) -> Copy:
    """Within another photograph, at 20 to 40 % of its width."""
    ground = others[int(rng.integers(0, len(others)))]
    height, width = copy.pixels.shape[:2]
    w = int(ground.shape[1] * rng.uniform(0.2, 0.4))
    h = min(round(w * height / width), ground.shape[0] - 2)
    w = min(w, round(h * width / height))
    left = int(rng.integers(0, ground.shape[1] - w))
    return placed(copy, ground, left, int(rng.integers(0, ground.shape[0] - h)), w, h)


def post(copy: Copy, rng: Random, others: Others) -> Copy:
    """Among much text on an even page, light or dark, at 20 to 30 % of its width."""
    width, height = 1080, int(rng.integers(1300, 2000))
    dark = rng.random() < 0.4
    page = Image.new("RGB", (width, height), "#15202b" if dark else "#ffffff")
    pen, letters = ImageDraw.Draw(page), np.array(list("abcdefghiklmnoprstuvw     "))
    w = int(width * rng.uniform(0.2, 0.3))
    h = round(w * copy.pixels.shape[0] / copy.pixels.shape[1])
    left, top = (int(rng.integers(60, end)) for end in (width - w - 60, height - h - 60))
    for y in range(60, height - 60, 46):
        if not top - 50 < y < top + h + 10:
            line = "".join(rng.choice(letters, int(rng.integers(20, 56))))
            pen.text((60, y), line, "#e8e8e8" if dark else "#141414", font_size=32)
    return placed(copy, np.asarray(page), left, top, w, h)


EDITS: dict[str, Edit] = {"collage": collage, "inset": inset, "post": post}
