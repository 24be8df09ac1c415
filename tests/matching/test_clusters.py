"""Copies are grouped; composites never join groups."""

from __future__ import annotations

from verify.matching.clusters import Clusters, is_copy
from verify.records import Corners

WHOLE: Corners = ((0, 0), (1, 0), (1, 1), (0, 1))
TILE: Corners = ((0, 0), (0.5, 0), (0.5, 0.5), (0, 0.5))


def test_a_repost_is_a_copy_and_a_collage_is_not() -> None:
    assert is_copy(WHOLE, WHOLE)
    assert not is_copy(TILE, WHOLE)
    assert not is_copy(WHOLE, TILE)


def test_groups_bear_their_smallest_member_s_name() -> None:
    clusters = Clusters()
    clusters.join(5, 9)
    clusters.join(9, 3)
    assert [clusters.of(n) for n in (3, 5, 9, 4)] == [3, 3, 3, 4]
