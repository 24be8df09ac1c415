"""The card of two films shows the same moments of both, one above the other."""

from __future__ import annotations

import numpy as np

from verify.matching.stretch_card import FRAMES, draw, moments
from verify.records import Orientation, Pixels, Stretch

MARK = (214, 92, 0)


def stretch(begins: float, ends: float, earlier: tuple[float, float], speed: float) -> Stretch:
    return Stretch(
        begins=begins,
        ends=ends,
        earlier_begins=earlier[0],
        earlier_ends=earlier[1],
        speed=speed,
        orientation=Orientation.ORIGINAL,
        method="pdq",
    )


def test_moments_lie_on_one_line_and_within_both_stretches() -> None:
    found = moments(stretch(10, 20, (60, 80), 2.0))
    assert len(found) == FRAMES
    assert all(10 < at < 20 and abs((60 + 2 * (at - 10)) - then) < 1e-9 for at, then in found)


def test_a_film_that_runs_backwards_is_shown_from_its_end() -> None:
    for earlier in ((60, 70), (70, 60)):
        times = [then for _, then in moments(stretch(0, 10, earlier, -1.0))]
        assert times == sorted(times, reverse=True)
        assert 60 < times[-1] < times[0] < 70


def test_a_moment_alone_is_enough() -> None:
    assert len(moments(stretch(3, 3, (7, 7), 1.0))) == 1


def test_the_part_that_is_shown_is_outlined_in_its_own_row() -> None:
    grey = Pixels(width=240, height=160, rgb=bytes([90]) * 3 * 240 * 160)
    row = [(float(at), grey) for at in range(3)]
    part = ((0.2, 0.2), (0.8, 0.2), (0.8, 0.8), (0.2, 0.8))
    card = np.asarray(draw(row, row, colour=False, earlier_region=part).convert("RGB"))
    rows = np.flatnonzero((np.abs(card.astype(int) - MARK).max(axis=2) < 60).any(axis=1))
    assert rows.min() > card.shape[0] // 2
