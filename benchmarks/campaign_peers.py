"""What published rules tell of the same rows, written anew from their publications.

CooRTweet (Righetti, Balluff 2025), CooRnet (Giglietto et al. 2020), Coordination Network Toolkit
(Graham et al. 2020), and the coordination view of InVID-WeVerify. Each connects accounts whose
posts of one object lie within an interval, and keeps the heavier connections.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from verify.campaigns.rows import Rows

Edges = NDArray[np.int64]  # shape (n, 2), the smaller account first


def coortweet(rows: Rows, window: float = 10, percentile: float = 0.5) -> Edges:
    """Pairs whose number of objects within the window is above a percentile of all pairs'."""
    edges, weight = _weighed(rows, window)
    return edges[(weight >= 2) & (weight > np.quantile(weight, percentile))]


def coornet(rows: Rows) -> Edges:
    """The interval is learned: in it the quickest tenth of objects have half of their shares."""
    order = np.lexsort((rows["at"], rows["object"]))
    _, begins, count = np.unique(rows["object"][order], return_index=True, return_counts=True)
    at = rows["at"][order]
    several = count > 1
    half = at[begins + count // 2] - at[begins]
    interval = max(1.0, float(np.quantile(half[several], 0.1)))
    edges, weight = _weighed(rows, interval)
    return edges[weight > np.quantile(weight, 0.9)]


def toolkit(rows: Rows) -> Edges:
    """A minute and twice."""
    edges, weight = _weighed(rows, 60)
    return edges[weight >= 2]


def invid(rows: Rows) -> Edges:
    """A minute and once."""
    return _weighed(rows, 60)[0]


PEERS: dict[str, Callable[[Rows], Edges]] = {
    "CooRTweet, 10 s, .5": coortweet,
    "CooRTweet, 60 s, .99": lambda rows: coortweet(rows, 60, 0.99),
    "CooRnet": coornet,
    "Coordination Network Toolkit": toolkit,
    "InVID": invid,
}


def components(edges: Edges) -> list[NDArray[np.int64]]:
    """Connected accounts, three or more."""
    if not len(edges):
        return []
    size = int(edges.max()) + 1
    graph = coo_array((np.ones(len(edges)), (edges[:, 0], edges[:, 1])), shape=(size, size))
    _, label = connected_components(graph, directed=False)
    names, count = np.unique(label, return_counts=True)
    return [np.flatnonzero(label == one) for one in names[count >= 3]]


def _weighed(rows: Rows, window: float) -> tuple[Edges, NDArray[np.int64]]:
    """Pairs of accounts, and in how many objects they are within the window."""
    order = np.lexsort((rows["at"], rows["object"]))
    account, what, at = (rows[name][order].astype(np.int64) for name in ("account", "object", "at"))
    key = what * (int(at.max() - at.min()) + 2 * int(window) + 2) + at - at.min()
    ahead = np.searchsorted(key, key + window, "right") - np.arange(len(key)) - 1
    first = np.repeat(np.arange(len(key)), ahead)
    second = first + 1 + np.arange(len(first)) - np.repeat(np.cumsum(ahead) - ahead, ahead)
    one = np.minimum(account[first], account[second])
    other = np.maximum(account[first], account[second])
    differ = one != other
    code = np.stack([one, other, what[first]])[:, differ]
    once = np.unique(code, axis=1)
    pairs, weight = np.unique(once[:2], axis=1, return_counts=True)
    return pairs.T, weight
