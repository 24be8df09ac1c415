"""The index finds what a plain comparison of all bits finds."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from verify.matching.hash_index import HashIndex, Neighbour
from verify.records import Orientation

RANDOM = np.random.default_rng(20)


def hashes(count: int) -> np.ndarray:
    return RANDOM.integers(0, 256, (count, 32), dtype=np.uint8)


def flipped(hash_: np.ndarray, bits: int) -> np.ndarray:
    """The hash with that many bits changed."""
    mask = np.zeros(256, dtype=np.uint8)
    mask[RANDOM.choice(256, bits, replace=False)] = 1
    return hash_ ^ np.packbits(mask)


def filled(archive: np.ndarray) -> HashIndex:
    index = HashIndex()
    index.add_many(np.arange(len(archive), dtype=np.int64) + 1000, archive)
    return index


def test_a_picture_is_found_in_the_orientation_in_which_it_lies() -> None:
    archive = hashes(2000)
    index = filled(archive)
    for member, orientation in enumerate(Orientation):
        query = hashes(8)
        query[member] = flipped(archive[7], 12)
        assert index.search(query) == [Neighbour(1007, 12, orientation)]
        assert index.search(tuple(row.tobytes() for row in query)) == index.search(query)


def test_the_limit_of_31_bits_is_kept_exactly() -> None:
    archive = hashes(100)
    index = filled(archive)
    query = hashes(8)
    query[0] = flipped(archive[3], 31)
    assert [candidate.distance for candidate in index.search(query)] == [31]
    query[0] = flipped(archive[3], 32)
    assert index.search(query) == []


def test_nothing_is_found_in_an_empty_index() -> None:
    assert HashIndex().search(hashes(8)) == []
    assert len(HashIndex()) == 0


def test_a_symmetrical_picture_stands_once_and_as_it_was() -> None:
    archive = hashes(50)
    query = np.repeat(archive[9:10], 8, axis=0)
    assert filled(archive).search(query) == [Neighbour(1009, 0, Orientation.ORIGINAL)]


def test_a_removed_view_is_found_no_more() -> None:
    archive = hashes(500)
    index = filled(archive)
    index.remove([1001, 1400, 77])
    assert len(index) == 498
    assert index.search(np.repeat(archive[1:2], 8, axis=0)) == []
    assert index.search(np.repeat(archive[401:402], 8, axis=0))[0].view_id == 1401


def test_hashes_of_another_width_are_refused_and_nothing_is_kept() -> None:
    index = HashIndex()
    with pytest.raises(ValueError, match="32 bytes"):
        index.add(1, bytes(8))
    assert len(index) == 0


@settings(deadline=None, max_examples=30)
@given(seed=st.integers(0, 2**32 - 1), limit=st.integers(1, 20), ways=st.integers(1, 8))
def test_the_answer_is_that_of_comparing_every_bit(seed: int, limit: int, ways: int) -> None:
    random = np.random.default_rng(seed)
    archive = random.integers(0, 2, (60, 32), dtype=np.uint8)  # crowded: most are near
    query = random.integers(0, 2, (ways, 32), dtype=np.uint8)
    table = np.bitwise_count(query[:, None] ^ archive[None]).sum(axis=2, dtype=int).min(axis=0)
    expected = sorted(distance for distance in table.tolist() if distance <= 20)[:limit]
    found = filled(archive).search(query, limit=limit, max_distance=20)
    assert [candidate.distance for candidate in found] == expected
    assert all(table[candidate.view_id - 1000] == candidate.distance for candidate in found)


def test_threads_may_add_while_others_search() -> None:
    archive = hashes(400)
    index = filled(archive[:200])

    def add_and_find(number: int) -> int:
        index.add(1000 + number, archive[number].tobytes())
        return index.search(np.repeat(archive[number : number + 1], 8, axis=0))[0].view_id

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(add_and_find, range(200, 400))) == list(range(1200, 1400))
    assert len(index) == 400
