"""Edits that put a picture into a frame or an interface."""

from __future__ import annotations

import cv2
import numpy as np

from benchmarks import lettering
from benchmarks.edits.copies import Copy, Edit, Others, Random, jpeg, placed, resized


def border(copy: Copy, rng: Random, others: Others) -> Copy:
    """A frame, or bars to 9:16, 1:1 or 16:9, plain or blurred."""
    height, width = copy.pixels.shape[:2]
    if rng.random() < 0.3:
        edge = int(min(height, width) * rng.uniform(0.04, 0.12))
        full_w, full_h = width + 2 * edge, height + 2 * edge
    else:
        aspect = float(rng.choice([9 / 16, 1.0, 16 / 9]))
        full_w, full_h = max(width, round(height * aspect)), max(height, round(width / aspect))
    if rng.random() < 0.5:
        ground = np.full((full_h, full_w, 3), rng.choice([0, 255, 30]), np.uint8)
    else:
        ground = cv2.GaussianBlur(
            resized(copy.pixels, full_w, full_h), (0, 0), max(full_w, full_h) / 25
        )
    return placed(copy, ground, (full_w - width) // 2, (full_h - height) // 2, width, height)


def screenshot(copy: Copy, rng: Random, others: Others) -> Copy:
    """In the interface of a phone, some of it perhaps cut off."""
    height, width = copy.pixels.shape[:2]
    screen_w = int(rng.integers(360, 1081))
    screen_h = int(screen_w * rng.uniform(1.78, 2.2))
    room = int(screen_h * rng.uniform(0.30, 0.60))
    scale = screen_w / width
    if height * scale > room:  # too tall: cut above and below
        rows = int(room / scale)
        top = int(rng.integers(0, height - rows + 1))
        part = (0, top, width, top + rows)
    else:  # too flat: enlarged and cut at the sides, but no more than a third of the width
        columns = int(max(width * rng.uniform(0.67, 1.0), height * screen_w / room))
        columns = min(columns, width)
        left = int(rng.integers(0, width - columns + 1))
        part = (left, 0, left + columns, height)
    shown = min(room, round((part[3] - part[1]) * screen_w / (part[2] - part[0])))
    top = int(screen_h * rng.uniform(0.12, 0.25))
    text, arabic = lettering.line(rng)
    ground = lettering.phone(
        screen_w, screen_h, int(rng.integers(0, 1000)), dark=bool(rng.random() < 0.5),
        account=f"user_{rng.integers(1000)}", text=text, arabic=arabic, window=(top, top + shown),
    )  # fmt: skip
    return placed(copy, ground, 0, top, screen_w, shown, part)


def screenshot_of_screenshot(copy: Copy, rng: Random, others: Others) -> Copy:
    """The same again with what came of it."""
    once = screenshot(copy, rng, others)
    return screenshot(once.painted(jpeg(once.pixels, int(rng.integers(60, 86)))), rng, others)


EDITS: dict[str, Edit] = {
    "border": border, "screenshot": screenshot,
    "screenshot-of-screenshot": screenshot_of_screenshot,
}  # fmt: skip
