"""Archives of made-up pictures, as large as a benchmark asks, without hours of describing.

A made-up picture has the features of a photograph with a sixteenth of their bits changed, and
a random hash. Its index is as a desk of that size would have it, only that copies of one
descriptor share its cell.
"""

from __future__ import annotations

import dataclasses
import hashlib

import faiss
import msgspec
import numpy as np

from verify.desk import Desk
from verify.lab.features import STORED_POINTS
from verify.matching.descriptors import inverted_file
from verify.matching.local_index import LocalIndex
from verify.matching.points import Points, read
from verify.records import Features, View, ViewKind
from verify.store.database.connection import now, stamp
from verify.store.pictures import features

_BATCH = 20_000  # pictures
_CHANGES = np.bitwise_and.reduce(
    np.random.default_rng(1).integers(0, 256, (4, 97, STORED_POINTS, 32), np.uint8)
)  # one bit in sixteen: (97, points, 32)


def changed(points: Points, place: int) -> Points:
    """The points with some of their bits changed, otherwise for each of 97 places."""
    bits = points.bits ^ _CHANGES[place % len(_CHANGES), : len(points)]
    return dataclasses.replace(points, bits=bits)


def make_up(desk: Desk, place: int, like: Features, hash: bytes) -> int:
    """Put a made-up picture into a desk's store, inside a transaction; returns its view."""
    store = desk.store
    name = hashlib.sha256(f"made up {place}".encode()).hexdigest()
    exhibit = store.insert("exhibit", sha256=name, size=0, received_at=stamp(now()))
    view = store.insert("view", exhibit_id=exhibit, kind=ViewKind.WHOLE)
    store.insert("fingerprint", view_id=view, algorithm="pdq", version=1, hash=hash, quality=100)
    bits = changed(read(like, STORED_POINTS), place).bits
    own = msgspec.structs.replace(like, descriptors=bits.tobytes())
    features.keep(store, exhibit, [View(features=own)])
    return view


def laid_down(ids: list[int], drawn: list[Features]) -> LocalIndex:
    """An index over made-up pictures without searching a cell for each of their descriptors.

    ids: the numbers of the views. drawn: the features that they are changed from, in turn.
    """
    points = [read(like, STORED_POINTS) for like in drawn]
    index = LocalIndex()
    for place, name in enumerate(ids):
        if (drawn_from := index._descriptors.drawn_from) > 0:
            break
        index.add(name, changed(points[place % len(points)], place))
    else:
        return index
    total = int(np.mean([len(one) for one in points]) * len(ids))
    while drawn_from * 8 < total:
        drawn_from *= 8
    every = np.concatenate([one.bits for one in points])
    rng = np.random.default_rng(2)
    cells = int(4 * np.sqrt(drawn_from))
    chosen = every[rng.integers(0, len(every), cells)]
    inverted = inverted_file(chosen ^ _CHANGES[rng.integers(0, len(_CHANGES), cells), 0])
    index = LocalIndex()
    cell_of = [inverted.quantizer.search(one.bits, 1)[1][:, 0] for one in points]
    for first in range(0, len(ids), _BATCH):
        places = range(first, min(first + _BATCH, len(ids)))
        mine = [changed(points[place % len(points)], place) for place in places]
        cell = np.concatenate([cell_of[place % len(points)] for place in places])
        bits = np.concatenate([one.bits for one in mine])
        _append(inverted, cell, bits, index._count)
        sizes = [len(one) for one in mine]
        index._owner = np.concatenate(
            [index._owner[: index._count], np.repeat(places, sizes)]
        ).astype(np.int32)
        look = np.concatenate([np.stack([np.log2(one.size), one.angle], axis=1) for one in mine])
        index._look = np.concatenate([index._look[: index._count], look]).astype(np.float32)
        index._count += len(bits)
    inverted.ntotal = index._count
    index._descriptors._held, index._descriptors.drawn_from = inverted, drawn_from
    index._views, index._clusters, index._exhibits = list(ids), list(ids), list(ids)
    return index


def _append(inverted: faiss.IndexBinaryIVF, cell: np.ndarray, bits: np.ndarray, first: int) -> None:
    order = np.argsort(cell, kind="stable")
    names = (order + first).astype(np.int64)
    codes = np.ascontiguousarray(bits[order])
    edges = np.searchsorted(cell[order], np.arange(inverted.nlist + 1))
    for number in range(inverted.nlist):
        start, end = int(edges[number]), int(edges[number + 1])
        if end > start:
            inverted.invlists.add_entries(
                number,
                end - start,
                faiss.swig_ptr(names[start:end]),
                faiss.swig_ptr(codes[start:end]),
            )
