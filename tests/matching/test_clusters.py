"""Copies are grouped; composites never join groups."""

from __future__ import annotations

from verify.matching.clusters import Clusters, is_copy
from verify.records import Corners

WHOLE: Corners = ((0, 0), (1, 0), (1, 1), (0, 1))
TILE: Corners = ((0, 0), (0.5, 0), (0.5, 0.5), (0, 0.5))


def test_what_two_views_share_is_most_of_a_copy_and_not_of_a_collage() -> None:
    assert is_copy(WHOLE, None)
    assert is_copy(None, None)
    assert not is_copy(TILE, None)
    assert is_copy(TILE, TILE)  # the tile as a view of its own


def test_groups_bear_their_smallest_member_s_name() -> None:
    clusters = Clusters()
    clusters.join(5, 9)
    clusters.join(9, 3)
    assert [clusters.of(n) for n in (3, 5, 9, 4)] == [3, 3, 3, 4]


def test_a_long_chain_of_copies_is_one_group() -> None:
    clusters = Clusters()
    for number in range(5_000, 0, -1):
        clusters.join(number, number - 1)
    assert clusters.of(5_000) == 0
    assert len(clusters.others(2_500)) == 5_000
