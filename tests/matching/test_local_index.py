"""The index of local features: what goes in comes out, from a file too."""

from __future__ import annotations

import struct
import zlib

import numpy as np
import pytest

from verify.matching.local_index import LocalIndex
from verify.matching.points import Points


def points(seed: int, n: int = 300) -> Points:
    rng = np.random.default_rng(seed)
    return Points(
        width=512,
        height=384,
        xy=rng.uniform(0, 384, (n, 2)).astype(np.float32),
        size=rng.uniform(2, 20, n).astype(np.float32),
        angle=rng.uniform(0, 6, n).astype(np.float32),
        bits=rng.integers(0, 256, (n, 32), dtype=np.uint8),
    )


def filled(pictures: int) -> LocalIndex:
    index = LocalIndex()
    for number in range(pictures):
        index.add(100 + number, points(number))
    return index


@pytest.fixture(scope="module", params=[5, 260], ids=["flat", "inverted file"])
def index(request: pytest.FixtureRequest) -> LocalIndex:
    return filled(request.param)


def test_a_picture_is_the_first_candidate_for_itself(index: LocalIndex) -> None:
    best = index.search(points(3)).candidates(5)[0]
    assert (best.view_id, best.mirrored) == (103, False)


def test_a_mirrored_picture_is_told_as_such(index: LocalIndex) -> None:
    best = index.search(points(3).mirrored()).candidates(5)[0]
    assert (best.view_id, best.mirrored) == (103, True)


def test_mirroring_twice_changes_nothing() -> None:
    twice = points(1).mirrored().mirrored()
    assert (twice.bits == points(1).bits).all()


def test_points_that_are_explained_no_longer_vote(index: LocalIndex) -> None:
    search = index.search(points(3))
    assert search.candidates(5, np.ones(300, bool)) == []


def test_an_index_of_nothing_comes_back_from_its_bytes() -> None:
    index = LocalIndex()
    index.add(7, points(1, 0))
    again = LocalIndex.from_bytes(b"".join(index.to_chunks()))
    assert again.search(points(1)).candidates(3) == []


def test_an_index_comes_back_from_its_bytes(index: LocalIndex) -> None:
    again = LocalIndex.from_bytes(b"".join(index.to_chunks()))
    assert len(again) == len(index)
    assert again.search(points(4)).candidates(3) == index.search(points(4)).candidates(3)
    again.add(999, points(999))
    assert again.search(points(999)).candidates(1)[0].view_id == 999


def test_a_changed_file_is_refused() -> None:
    whole = bytearray(b"".join(filled(3).to_chunks()))
    whole[-9] ^= 1
    with pytest.raises(ValueError, match="index"):
        LocalIndex.from_bytes(bytes(whole))
    with pytest.raises(ValueError, match="index"):
        LocalIndex.from_bytes(bytes(whole[:-3]))


def test_a_removed_picture_is_no_candidate() -> None:
    index = filled(4)
    index.remove(102)
    assert len(index) == 3
    assert all(c.view_id != 102 for c in index.search(points(2)).candidates(9))


def test_copies_in_one_cluster_are_one_candidate_and_count_once() -> None:
    index = LocalIndex()
    for number in range(5):
        index.add(number, points(7), cluster=1)
    index.add(50, points(8))
    search = index.search(points(7))
    assert [c.view_id for c in search.candidates(9) if c.votes > 5] == [0]
    assert (search.shared[0] == 1).all()


def test_an_empty_index_and_an_empty_query_find_nothing() -> None:
    assert LocalIndex().search(points(1)).candidates(5) == []
    assert filled(2).search(points(1, n=0)).candidates(5) == []


def test_pictures_grouped_later_count_once_from_then_on() -> None:
    index = LocalIndex()
    for number in range(5):
        index.add(number, points(7))
    assert (index.search(points(7)).shared[0] == 5).all()
    index.regroup(lambda picture: 0)
    search = index.search(points(7))
    assert (search.shared[0] == 1).all()
    assert [c.view_id for c in search.candidates(9)] == [0]


def test_an_index_of_a_version_that_knew_exhibits_is_read_by_their_views() -> None:
    index = filled(3)
    head, *parts = index.to_chunks()
    lengths = np.frombuffer(head[16:], np.int64)
    kept = [bytes(part) for number, part in enumerate(parts) if number != 3]
    body = b"".join(kept)
    former = struct.pack(
        "<8sI4x6q", b"VDLF0001", zlib.crc32(body), *(n for i, n in enumerate(lengths) if i != 3)
    )
    again = LocalIndex.from_bytes(former + body, lambda: {100: 7, 101: 8})
    assert {7, 8} < again.views  # and a number that is no view's, for whoever clears up
    assert again.search(points(1)).candidates(1)[0].view_id == 8
    with pytest.raises(ValueError, match="whole"):
        LocalIndex.from_bytes(former + body[:-1])


def test_views_of_one_file_count_as_one_picture() -> None:
    apart, together = LocalIndex(), LocalIndex()
    for number in range(4):
        apart.add(number, points(7))
        together.add(number, points(7), exhibit=1)
    assert apart.search(points(7)).shared.max() == 4
    assert together.search(points(7)).shared.max() == 1
