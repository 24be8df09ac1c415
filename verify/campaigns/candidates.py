"""Where groups may be: accounts that pairs connect, and communities among them."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from verify.campaigns.curves import Ints
from verify.campaigns.pairs import Pairs

_LEVELS = (1e-8, 1e-6, 1e-4, 1e-3, 0.03)
_PARTED = (1e-6, 0.03)  # at which communities are looked for, which takes long
_MOST_EDGES = 200_000  # for which communities are looked for
_LEAST = 3
_SEED = 1


def candidates(pairs: Pairs, accounts: int) -> Iterator[Ints]:
    """Sets of at least three accounts, ascending numbers, each once."""
    seen: set[bytes] = set()
    for level in _LEVELS:
        edges = np.flatnonzero(pairs.log_p <= np.log(level))
        for members in _connected(pairs, edges, accounts):
            inside = edges[np.isin(pairs.one[edges], members)]
            parts = _communities(pairs, inside) if level in _PARTED else ()
            for part in (members, *parts):
                if len(part) >= _LEAST and part.tobytes() not in seen:
                    seen.add(part.tobytes())
                    yield part


def _connected(pairs: Pairs, edges: Ints, accounts: int) -> Iterator[Ints]:
    from scipy.sparse import coo_array  # slow to load
    from scipy.sparse.csgraph import connected_components

    graph = coo_array(
        (np.ones(len(edges)), (pairs.one[edges], pairs.other[edges])), shape=(accounts, accounts)
    )
    _, label = connected_components(graph, directed=False)
    order = np.argsort(label, kind="stable")
    size = np.bincount(label)
    starts = np.concatenate([[0], np.cumsum(size)])
    for one in np.flatnonzero(size >= _LEAST):
        yield order[starts[one] : starts[one + 1]].astype(np.int64)


def _communities(pairs: Pairs, edges: Ints) -> Iterator[Ints]:
    if len(edges) < 3 * _LEAST or len(edges) > _MOST_EDGES:
        return
    from networkx import Graph  # slow to load
    from networkx.algorithms.community import louvain_communities

    graph = Graph()
    weights = np.minimum(-pairs.log_p[edges], 100.0)
    graph.add_weighted_edges_from(
        zip(pairs.one[edges].tolist(), pairs.other[edges].tolist(), weights.tolist(), strict=True)
    )
    for community in louvain_communities(graph, seed=_SEED):
        yield np.array(sorted(community), np.int64)
