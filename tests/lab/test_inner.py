"""The inner picture: bars, bands and frames are cut away, photographs are left alone."""

from __future__ import annotations

import numpy as np
import pytest
from skimage.data import coffee

from tests.photographs import sample
from verify.lab.inner import between_bars, inner

china, flower = sample("china"), sample("flower")


def test_a_letterbox_is_cut_away() -> None:
    bars = np.zeros((700, 640, 3), np.uint8)
    bars[100:527] = china
    assert inner(bars) == pytest.approx((0, 100 / 700, 1, 527 / 700), abs=0.01)


def test_a_frame_is_cut_away_on_all_sides() -> None:
    framed = np.full((400 + 80, 600 + 80, 3), 255, np.uint8)
    framed[40:440, 40:640] = coffee()
    assert inner(framed) == pytest.approx((40 / 680, 40 / 480, 640 / 680, 440 / 480), abs=0.01)


@pytest.mark.parametrize("photograph", [china, flower], ids=["china", "flower"])
def test_a_plain_photograph_is_left_alone(photograph: np.ndarray) -> None:
    assert inner(photograph) is None


def test_black_bars_of_a_film_are_found_whatever_lies_along_them() -> None:
    bars = np.zeros((700, 640, 3), np.uint8)
    bars[100:600] = np.linspace(0, 255, 640)[None, :, None]  # soft throughout: no edge to go by
    assert inner(bars) is None
    assert between_bars(bars) == pytest.approx((0, 100 / 700, 1, 600 / 700), abs=0.01)
    assert between_bars(bars[50:]) is None  # of other heights
    assert between_bars(china) is None
