"""Which time of a film is which of an earlier one, by the votes of their frames."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from verify.matching.footage_index import FootageIndex
from verify.matching.reels import Reel
from verify.matching.stretches import Shown, stretches
from verify.records import Footage, Sample

SEED = 17
HALF = 500  # milliseconds


def scenes(count: int, seed: int = SEED) -> NDArray[np.uint8]:
    """Hashes that have nothing to do with each other: (count, 8, 32)."""
    return np.random.default_rng(seed).integers(0, 256, (count, 8, 32), np.uint8)


def film(
    hashes: NDArray[np.uint8], *, quality: int = 90, start: int = 0, shots: tuple[int, ...] = (0,)
) -> Reel:
    """A film of these hashes, twice a second. start: milliseconds off the grid."""
    samples = tuple(
        Sample(at_ms=start + HALF * number, quality=quality, pdq=tuple(bytes(one) for one in row))
        for number, row in enumerate(hashes)
    )
    return Reel.of(Footage(1, (start + HALF * len(samples)) / 1000, samples, shots))


def found(incoming: Reel, *earlier: Reel) -> dict[int, list[Shown]]:
    index = FootageIndex()
    for number, reel in enumerate(earlier):
        index.add(number, reel)
    votes = index.search(incoming)
    return {
        number: stretches(those, incoming, earlier[number], np.zeros(0))
        for number, those in votes.items()
    }


def times(shown: list[Shown]) -> list[tuple[float | None, ...]]:
    lie = (one.stretch for one in shown)
    return [(one.begins, one.ends, one.earlier_begins, one.earlier_ends, one.speed) for one in lie]


def near(*expected: float) -> object:
    return tuple(pytest.approx(value, abs=0.6) for value in expected)


ALL = scenes(40)


@pytest.mark.parametrize(
    ("hashes", "stretch"),
    [
        (ALL[10:30], (0, 10, 5, 15, 1)),
        (ALL[10:30:2], (0, 5, 5, 15, 2)),
        (ALL[np.repeat(np.arange(10, 20), 2)], (0, 10, 5, 10, 0.5)),
        (ALL[29:9:-1], (0, 10, 5, 15, -1)),
    ],
    ids=["cut out", "twice as fast", "half as fast", "backwards"],
)
def test_a_stretch_is_found_with_its_speed(
    hashes: NDArray[np.uint8], stretch: tuple[float, ...]
) -> None:
    shown = found(film(hashes), film(ALL), film(scenes(40, 1)))
    assert shown.keys() == {0}
    assert times(shown[0]) == [near(*stretch)]


def test_a_montage_has_a_stretch_for_each_part() -> None:
    parts = np.concatenate([ALL[30:36], ALL[2:8], ALL[16:22], ALL[2:8]])
    shown = found(film(parts, shots=(0, 3000, 6000, 9000)), film(ALL))
    assert times(shown[0]) == [
        near(0, 3, 15, 18, 1), near(3, 6, 1, 4, 1), near(6, 9, 8, 11, 1), near(9, 12, 1, 4, 1)
    ]  # fmt: skip


def test_what_lies_between_is_no_part_of_a_stretch() -> None:
    inserted = np.concatenate([ALL[:10], scenes(8, 2), ALL[10:20]])
    (both,) = found(film(inserted, shots=(0, 5000, 9000)), film(ALL)).values()
    assert times(both) == [near(0, 5, 0, 5, 1), near(9, 14, 5, 10, 1)]


def shaken(hashes: NDArray[np.uint8], seed: int, bits: int) -> NDArray[np.uint8]:
    """The same with so many bits of each changed."""
    rng, made = np.random.default_rng(seed), hashes.copy()
    for row in made:
        for place in rng.choice(256, bits, replace=False):
            row[:, place // 8] ^= np.uint8(1 << place % 8)
    return made


def test_footage_of_a_camera_that_stands_still_keeps_its_speed() -> None:
    """Frames are alike all along, each is more alike in its copy."""
    watched = shaken(np.repeat(scenes(1), 120, axis=0), 1, 8)
    (shown,) = found(film(shaken(watched[40:80], 2, 2)), film(watched)).values()
    assert times(shown) == [near(0, 20, 20, 40, 1)]


def test_the_same_camera_at_another_time_is_no_stretch() -> None:
    place = np.repeat(scenes(1), 60, axis=0)
    (shown,) = found(film(shaken(place[:30], 1, 8)), film(shaken(place, 2, 8))).values()
    assert len(shown) > 1
    assert all(one.stretch.begins == one.stretch.ends for one in shown)


def test_a_frame_that_is_held_is_told_as_one() -> None:
    held = np.concatenate([scenes(4, 3), np.repeat(ALL[12:13], 6, axis=0), scenes(4, 4)])
    (shown,) = found(film(held, shots=(0, 2000, 5000)), film(ALL)).values()
    assert times(shown) == [near(2, 5, 6, 6, 0)]


def test_one_frame_of_little_detail_is_nothing() -> None:
    alike = np.concatenate([scenes(10, 3), ALL[5:6], scenes(10, 4)])
    assert found(film(alike, quality=30), film(ALL, quality=30)) == {0: []}
    assert len(found(film(alike), film(ALL))[0]) == 1


def test_dark_frames_match_nothing() -> None:
    assert found(film(ALL[:10], quality=10), film(ALL)) == {}


def test_a_film_that_was_removed_is_not_found() -> None:
    index = FootageIndex()
    index.add(1, film(ALL))
    index.add(2, film(scenes(40, 5)))
    index.add(3, film(ALL))
    index.remove(1)
    assert index.search(film(ALL[3:9])).keys() == {3}
    assert (len(index), index.films) == (80, {2, 3})
