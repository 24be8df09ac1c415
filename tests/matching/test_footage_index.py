"""The index of films forgets what it is told to, and no other."""

from __future__ import annotations

import numpy as np

from verify.matching.footage_index import FootageIndex
from verify.matching.reels import Reel
from verify.records import Footage, Sample


def reel(seed: int) -> Reel:
    hashes = np.random.default_rng(seed).bytes(32 * 8)
    ways = tuple(hashes[at : at + 32] for at in range(0, len(hashes), 32))
    return Reel.of(Footage(version=1, seconds=1, samples=(Sample(0, 100, ways),)))


def test_several_films_are_forgotten_at_once() -> None:
    index = FootageIndex()
    for exhibit_id in (1, 2, 3):
        index.add(exhibit_id, reel(exhibit_id))
    index.remove(1, 2, 9)
    assert index.films == {3}
    assert [index.reel(exhibit_id) is None for exhibit_id in (1, 2, 3)] == [True, True, False]
    assert index.search(reel(2)) == {}
    assert set(index.search(reel(3))) == {3}
