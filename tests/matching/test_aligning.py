"""What moves tells which time of a film is which, where the background is the same all along."""

from __future__ import annotations

import numpy as np
import pytest

from verify.matching.aligning import aligned
from verify.matching.laying import Laid, Planes
from verify.matching.placing import oriented
from verify.matching.reels import Reel
from verify.matching.stretches import Shown
from verify.records import Footage, Orientation, Sample, Stretch

SIDE = 64
PLACE = 128 + 90 * np.outer(np.sin(np.arange(SIDE) / 7), np.cos(np.arange(SIDE) / 9))


def seen(seed: int, seconds: float, start: float = 0.0) -> Planes:
    """What a camera sees twice a second: one place, in which three things walk about. seed: of
    their ways. start: seconds since they began."""
    rng = np.random.default_rng(seed)
    starts, rates = rng.uniform(0.1, 1, (3, 4)), rng.uniform(0.1, 0.4, (3, 2))
    ways = starts, rates, rng.uniform(0, 255, (3, 3, 3))
    noise = np.random.default_rng(round(1000 * start) + 1)
    found = []
    for at in start + np.arange(0, seconds, 0.5):
        picture = PLACE + noise.normal(0, 2, PLACE.shape)
        for (x, y, a, b), (u, v), thing in zip(*ways, strict=True):
            left = round((x + 0.3 * np.sin(u * at + 6 * a)) * (SIDE - 9)) % (SIDE - 9)
            top = round((y + 0.3 * np.sin(v * at + 6 * b)) * (SIDE - 9)) % (SIDE - 9)
            picture[top : top + 9, left : left + 9] = np.kron(thing, np.ones((3, 3)))
        found.append(picture)
    return np.stack(found).astype(np.float32)


def reel(planes: Planes) -> Reel:
    samples = tuple(Sample(500 * n, 90, (bytes(32),)) for n in range(len(planes)))
    return Reel.of(Footage(1, len(planes) / 2, samples, (0,)))


def told(begins: float, ends: float, low: float, high: float) -> Shown:
    """What hashes say, which find the place at any time."""
    stretch = Stretch(begins, ends, low, high, 1.0, Orientation.ORIGINAL, "pdq")
    return Shown(stretch, frames=2, quality=90, keys=0, inliers=0)


def exact(found: Shown, here: Planes, there: Planes) -> list[tuple[float | None, ...]]:
    lies = {Orientation.ORIGINAL: [oriented(Orientation.ORIGINAL)]}
    shown = (one.stretch for one in aligned([found], reel(here), reel(there), here, there, lies))
    return [(one.begins, one.ends, one.earlier_begins, one.earlier_ends) for one in shown]


def test_of_a_still_camera_the_time_is_the_one_at_which_things_move_alike() -> None:
    (found,) = exact(told(0, 6, 2, 8), seen(1, 6, 9.1), seen(1, 20))
    assert found == pytest.approx((0, 6, 9.1, 15.1), abs=0.5)


def test_seconds_that_were_cut_out_are_found_in_one_place() -> None:
    cut = np.concatenate([seen(1, 4, 1.2), seen(1, 4, 9.2)])
    before, after = exact(told(0, 8, 5, 13), cut, seen(1, 20))
    assert before == pytest.approx((0, 4, 1.2, 5.2), abs=0.6)
    assert after == pytest.approx((4, 8, 9.2, 13.2), abs=0.6)


def test_the_same_place_at_another_time_has_no_times() -> None:
    found = exact(told(0, 6, 2, 8), seen(2, 6), seen(1, 20))
    assert [(begins, ends) for begins, ends, *_ in found] == [(0, 0), (6, 6)]


def test_a_picture_that_is_held_is_found_at_its_moment() -> None:
    held = np.repeat(seen(1, 0.5, 12.1), 8, axis=0)
    (found,) = exact(told(0, 4, 3, 7), held, seen(1, 20))
    assert found == pytest.approx((0, 4, 12, 12), abs=0.6)


def test_a_still_is_narrowed_to_the_moment_or_to_none() -> None:
    film = seen(1, 20)
    laid = Laid.by(seen(1, 0.5, 7.1), film, oriented(Orientation.ORIGINAL))
    assert laid
    at = laid.time_of(np.zeros(1, np.intp), reel(film).at)
    assert at == pytest.approx((7, 7, 7), abs=0.5)
    other = Laid.by(
        seen(1, 0.5, 7.1), seen(2, 0.5).repeat(40, axis=0), oriented(Orientation.ORIGINAL)
    )
    assert other
    assert other.time_of(np.zeros(1, np.intp), reel(film).at) is None
