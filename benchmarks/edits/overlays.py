"""Edits that draw over a picture, or hide parts of it."""

from __future__ import annotations

import math

import cv2
import numpy as np

from benchmarks import lettering
from benchmarks.edits.copies import Copy, Edit, Others, Random, corners, scaled_by


def caption(copy: Copy, rng: Random, others: Others) -> Copy:
    """A lower third with words, and a logo in a corner."""
    height, width = copy.pixels.shape[:2]
    share = rng.uniform(0.12, 0.25)
    text, arabic = lettering.line(rng)
    kind = int(rng.integers(0, 1000))
    out = lettering.lower_third(copy.pixels, share, kind, text, arabic)
    out = lettering.logo(out, int(rng.integers(0, 2)), kind)
    return copy.moved(out, np.eye(3), corners(width, height - int(height * share)))


def meme(copy: Copy, rng: Random, others: Others) -> Copy:
    """White bands with large words above, below, or both."""
    height, width = copy.pixels.shape[:2]
    where = rng.integers(1, 4)  # above, below, both
    above, below = (
        int(height * rng.uniform(0.15, 0.35)) * int(bool(where & bit)) for bit in (1, 2)
    )
    out = np.full((height + above + below, width, 3), 255, np.uint8)
    out[above : above + height] = copy.pixels
    for top, bottom in ((0, above), (above + height, above + height + below)):
        if bottom > top:
            text, arabic = lettering.line(rng)
            box = (width // 20, top, width - width // 20, bottom)
            out = lettering.write(out, text, box, (0, 0, 0), arabic=arabic)
    return copy.moved(out, scaled_by(1, 1, 0, above), corners(width, height, 0, above))


def watermark(copy: Copy, rng: Random, others: Others) -> Copy:
    """Half-transparent words over the whole picture, once or in tiles."""
    height, width = copy.pixels.shape[:2]
    text, arabic = lettering.line(rng)
    ink = np.zeros_like(copy.pixels)
    rows = 1 if rng.random() < 0.5 else int(rng.integers(3, 6))
    for row in range(rows):
        for column in range(max(1, rows - 2)):
            w, h = width // max(1, rows - 2), height // rows
            box = (column * w + 4, row * h + h // 4, (column + 1) * w - 4, row * h + 3 * h // 4)
            ink = lettering.write(ink, text, box, (255, 255, 255), arabic=arabic)
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), float(rng.uniform(-30, 30)), 1)
    mask = cv2.warpAffine(ink, turn, (width, height)) / 255.0 * rng.uniform(0.3, 0.6)
    out = copy.pixels * (1 - mask) + 255 * mask
    return copy.painted(out.astype(np.uint8))


def sticker(copy: Copy, rng: Random, others: Others) -> Copy:
    """An emoji or an opaque square over 15 to 30 % of the area."""
    height, width = copy.pixels.shape[:2]
    out = copy.pixels.copy()
    radius = int(math.sqrt(rng.uniform(0.15, 0.30) * height * width / math.pi))
    radius = min(radius, int(min(height, width) * 0.48))
    x, y = (
        int(rng.integers(radius, width - radius + 1)),
        int(rng.integers(radius, height - radius + 1)),
    )
    if rng.random() < 0.5:  # an emoji
        cv2.circle(out, (x, y), radius, (250, 205, 50), -1)
        for side in (-1, 1):
            cv2.circle(
                out, (x + side * radius // 3, y - radius // 4), radius // 8, (60, 40, 20), -1
            )
        cv2.ellipse(out, (x, y + radius // 8), (radius // 2, radius // 2), 0, 20, 160, (60, 40, 20),
                    max(2, radius // 12))  # fmt: skip
    else:
        colour = tuple(int(v) for v in rng.integers(0, 256, 3))
        w, h = int(radius * 0.88), int(radius * 0.88)
        cv2.rectangle(out, (x - w, y - h), (x + w, y + h), colour, -1)
    return copy.painted(out)


def hidden(copy: Copy, rng: Random, others: Others) -> Copy:
    """Three to five places blurred, pixelated or blacked out, up to 20 % of the area."""
    height, width = copy.pixels.shape[:2]
    out = copy.pixels.copy()
    places = int(rng.integers(3, 6))
    for _ in range(places):
        share = rng.uniform(0.05, 0.20) / places
        h = int(math.sqrt(share * height * width) * rng.uniform(0.8, 1.25))
        w = int(share * height * width / max(1, h))
        top, left = int(rng.integers(0, height - h)), int(rng.integers(0, max(1, width - w)))
        part = out[top : top + h, left : left + w]
        how = rng.integers(0, 3)
        if how == 0:
            part[:] = cv2.GaussianBlur(part, (0, 0), max(w, h) / 6)
        elif how == 1:
            part[:] = cv2.resize(cv2.resize(part, (6, 6)), (part.shape[1], part.shape[0]),
                                 interpolation=cv2.INTER_NEAREST)  # fmt: skip
        else:
            part[:] = 0
    return copy.painted(out)


def arrows(copy: Copy, rng: Random, others: Others) -> Copy:
    """Circles and arrows, red or yellow."""
    height, width = copy.pixels.shape[:2]
    out = copy.pixels.copy()
    for _ in range(int(rng.integers(2, 5))):
        colour = ((230, 20, 20), (250, 220, 20))[int(rng.integers(0, 2))]
        thick = max(2, int(max(height, width) * rng.uniform(0.006, 0.015)))
        x, y = int(rng.integers(0, width)), int(rng.integers(0, height))
        if rng.random() < 0.5:
            axes = (int(width * rng.uniform(0.06, 0.2)), int(height * rng.uniform(0.06, 0.2)))
            cv2.ellipse(out, (x, y), axes, 0, 0, 360, colour, thick, cv2.LINE_AA)
        else:
            end = (int(rng.integers(0, width)), int(rng.integers(0, height)))
            cv2.arrowedLine(out, (x, y), end, colour, thick, cv2.LINE_AA, tipLength=0.2)
    return copy.painted(out)


EDITS: dict[str, Edit] = {
    "caption": caption, "meme": meme, "watermark": watermark, "sticker": sticker,
    "hidden": hidden, "arrows": arrows,
}  # fmt: skip
