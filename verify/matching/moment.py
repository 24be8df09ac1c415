"""Which frame of a film is the one that a still shows."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

import numpy as np

from verify.matching import blink
from verify.matching.windows import correlate
from verify.records import Pixels

_WINDOW = 13  # pixels


def nearest(
    still: Pixels,
    frames: Sequence[Pixels],
    lies: Sequence[tuple[float, ...]],
    *,
    still_is_later: bool,
) -> tuple[int, tuple[float, ...]]:
    """The place of the frame that is most like a still, and how it lies; of equals the
    first.

    lies: one or more ways in which the earlier of the two may lie in the later one, each (3, 3) by
    rows, in fractions. still_is_later: whether the still is the later one. frames: at least one.
    """

    def alike(one: tuple[int, tuple[float, ...]]) -> float:
        place, way = one
        pair = (still, frames[place]) if still_is_later else (frames[place], still)
        return _agreement(*pair, way)

    return max(product(range(len(frames)), lies), key=alike)


def _agreement(later: Pixels, earlier: Pixels, lies: tuple[float, ...]) -> float:
    """How far both agree in grey, window by window, of all of the later one, 0 to 1: what was put
    over a part of one counts for no more than that part."""
    below, above, there = blink.laid(later, earlier, lies)
    alike = correlate(below.astype(np.float32), above.astype(np.float32), _WINDOW)
    return float((there * alike.clip(0, 1)).mean())
