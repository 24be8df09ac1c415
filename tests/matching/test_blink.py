"""Both pictures of a match are drawn in one place, of one size."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tests.photographs import sample
from verify.matching import blink
from verify.records import Pixels

CHINA: NDArray[np.uint8] = sample("china")
LEFT = CHINA[:, :320]
LIES = (2.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0)  # the whole is twice as wide as its left half


def pixels(picture: NDArray[np.uint8]) -> Pixels:
    height, width = picture.shape[:2]
    return Pixels(width=width, height=height, rgb=np.ascontiguousarray(picture).tobytes())


def drawn(incoming: NDArray[np.uint8], earlier: NDArray[np.uint8], lies: tuple[float, ...],
          show_earlier: bool) -> NDArray[np.float64]:  # fmt: skip
    made = blink.draw(pixels(incoming), pixels(earlier), lies, show_earlier=show_earlier)
    assert made.mode == "L"
    return np.asarray(made, float)


def test_the_earlier_picture_is_laid_where_the_incoming_one_shows_it() -> None:
    one, other = (drawn(LEFT, CHINA, LIES, show) for show in (False, True))
    assert one.shape == other.shape == (427, 320)
    assert np.abs(one - other).mean() < 4


def test_where_the_earlier_one_has_nothing_the_incoming_one_is_dimmed() -> None:
    back = (0.5, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0)
    one, other = (drawn(CHINA, LEFT, back, show) for show in (False, True))
    assert np.abs(one - other)[:, :310].mean() < 4
    assert abs(other[:, 330:].mean() / one[:, 330:].mean() - 0.35) < 0.02


def test_large_pictures_are_drawn_smaller() -> None:
    large = np.repeat(np.repeat(CHINA, 3, axis=0), 3, axis=1)
    assert drawn(large, CHINA, (1.0, 0, 0, 0, 1.0, 0, 0, 0, 1.0), True).shape == (683, 1024)
