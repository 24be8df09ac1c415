"""What of a group belongs together by common occasions: two are far from chance as one, too."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from verify.campaigns.curves import Ints
from verify.campaigns.shared import SharedObjects

_COMMON = 0.25  # of the occasions of two members, that they have in common
_PARTED = 0.25  # modularity from which communities are groups of their own


def _common(shared: SharedObjects, members: int) -> tuple[NDArray[np.float32], NDArray[np.bool_]]:
    """By two members: at how many occasions both were there, and whether that is enough to connect
    them. Shapes (members, members)."""
    close = np.flatnonzero(shared.close & shared.counts[shared.what])
    times, which = np.unique(shared.occasion[shared.what[close]], return_inverse=True)
    there = np.zeros((members, len(times)), np.float32)
    there[shared.who[close], which] = 1
    common = there @ there.T
    own = np.diag(common)
    return common, common >= np.maximum(2, _COMMON * np.minimum.outer(own, own))


def one_body(shared: SharedObjects, members: int) -> NDArray[np.bool_]:
    """Which members belong to the largest part of the group that common occasions connect."""
    from scipy.sparse.csgraph import connected_components  # slow to load

    _, part = connected_components(_common(shared, members)[1], directed=False)
    return np.asarray(part == np.argmax(np.bincount(part)))


def bodies(shared: SharedObjects, members: Ints) -> list[Ints]:
    """The group, or the groups it consists of: two that share members, or that were found together,
    are far from chance as one, too. Communities of common occasions; one where these hardly part.
    """
    from networkx import Graph  # slow to load
    from networkx.algorithms.community import louvain_communities, modularity

    common, enough = _common(shared, len(members))
    one, other = np.nonzero(np.triu(enough, 1))
    own = np.sqrt(np.maximum(np.diag(common), 1))
    weight = common[one, other] / (own[one] * own[other])
    graph = Graph()
    graph.add_nodes_from(range(len(members)))
    graph.add_weighted_edges_from(zip(one.tolist(), other.tolist(), weight.tolist(), strict=True))
    parts = louvain_communities(graph, seed=1)
    if len(parts) < 2 or not len(one) or modularity(graph, parts) < _PARTED:
        return [members]
    return [members[sorted(part)] for part in parts]
