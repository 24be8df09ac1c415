"""Pairs of accounts that post the same close together: where to look for groups, no more.

A pair alone is never told.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from verify.campaigns.chance import log_tail
from verify.campaigns.curves import HABIT, WIDE, Curves, Floats, Ints

MOST_NEAR = 400  # rows within the window: beyond, everybody posts it
OCCASION = 1_800  # seconds that make coincidences one occasion
AT_MOST = 0.3  # chance up to which a coincidence says something
_BLOCK = 4_000_000  # coincidences held at once
_BUCKETS = 1 << 26


@dataclass(frozen=True)
class Pairs:
    """Accounts that often post the same within the window. Shapes (n,).

    log_p: the natural logarithm of the chance of their occasions. habit: by row, as in
    `Curves.habit`, without partners.
    """

    one: Ints
    other: Ints
    log_p: Floats
    habit: Floats


def pairs(curves: Curves) -> Pairs:
    """The pairs that coincide in at least two objects and half of those that they share.

    What they coincide in by chance is what outsiders' rows of the object do, without the pair and
    without the partners of both.
    """
    first, second = _hits(curves)
    code, inverse, shared = np.unique(
        _code(curves, first, second), return_inverse=True, return_counts=True
    )
    if (shared < 2).any():  # what only shared a bucket
        several = (shared >= 2)[inverse]
        first, second = first[several], second[several]
        code, inverse, shared = np.unique(
            _code(curves, first, second), return_inverse=True, return_counts=True
        )
    one, other = code // curves.accounts, code % curves.accounts
    common = _common(curves, one, other)
    partners = 2 * shared >= common
    kept = partners[inverse]
    first, second, inverse = first[kept], second[kept], inverse[kept]
    beside = np.bincount(first, minlength=len(curves.account))
    beside += np.bincount(second, minlength=len(curves.account))
    habit = curves.habit(beside)
    chance, counts = _chances(curves, first, second, beside, habit)
    first, inverse, chance = first[counts], inverse[counts], chance[counts]
    occasion = curves.at[first] // max(OCCASION, curves.window)
    times = np.bincount(_first_of(inverse, occasion), minlength=len(code))
    found = np.bincount(inverse, minlength=len(code))
    mean = np.bincount(inverse, chance, minlength=len(code)) / np.maximum(found, 1)
    log_p = log_tail(times, mean * np.maximum(common - shared + times, times))
    told = partners & (times >= 2)
    return Pairs(one[told], other[told], log_p[told], habit)


def _first_of(group: Ints, value: Floats) -> Ints:
    """One entry for each group and distinct value: the group."""
    order = np.lexsort((value, group))
    group, value = group[order], value[order]
    new = np.ones(len(group), bool)
    new[1:] = (group[1:] != group[:-1]) | (value[1:] != value[:-1])
    return group[new]


def _blocks(curves: Curves) -> Iterator[tuple[Ints, Ints]]:
    """Rows of one object within the window, by two accounts, the earlier row first."""
    ends = np.searchsorted(curves.key, curves.key + curves.window * 1_000, "right")
    ahead = ends - np.arange(len(ends)) - 1
    ahead[curves.near > MOST_NEAR] = 0
    if curves.window >= WIDE:
        ahead[curves.posters[curves.object] > MOST_NEAR] = 0
    total = np.cumsum(ahead)
    cut = 0
    while cut < len(ahead):
        done = total[cut - 1] if cut else 0
        end = max(cut + 1, int(np.searchsorted(total, done + _BLOCK, "right")))
        count = ahead[cut:end]
        first = np.repeat(np.arange(cut, end), count)
        second = first + 1 + np.arange(len(first)) - np.repeat(np.cumsum(count) - count, count)
        differ = (curves.account[first] != curves.account[second]) & (
            curves.near[second] <= MOST_NEAR
        )
        yield first[differ].astype(np.int32), second[differ].astype(np.int32)
        cut = end


def _code(curves: Curves, first: Ints, second: Ints) -> Ints:
    one, other = curves.account[first].astype(np.int64), curves.account[second]
    return np.minimum(one, other) * curves.accounts + np.maximum(one, other)


def _hits(curves: Curves) -> tuple[Ints, Ints]:
    """Coincidences, one a pair and object, of pairs that seem to have several.

    Most pairs coincide once: they are counted first, in buckets that several pairs may share, and
    what is alone in its bucket is never held.
    """
    seen = np.full(1, 2, np.uint8)
    if int(curves.near.sum()) // 2 > _BLOCK:
        seen = np.zeros(_BUCKETS, np.uint8)
        for first, second in _blocks(curves):
            _count(curves, first, second, seen)
    kept = [np.zeros((2, 0), np.int32)]
    for first, second in _blocks(curves):
        several = seen[_bucket(_code(curves, first, second), len(seen))] >= 2
        first, second = first[several], second[several]
        once = _code(curves, first, second) * len(curves.size) + curves.object[first]
        _, index = np.unique(once, return_index=True)
        kept.append(np.stack([first[index], second[index]]))
    first, second = np.concatenate(kept, axis=1)
    once = _code(curves, first, second) * len(curves.size) + curves.object[first]
    _, index = np.unique(once, return_index=True)  # blocks may part an object
    return first[index], second[index]


def _count(curves: Curves, first: Ints, second: Ints, seen: NDArray[np.uint8]) -> None:
    """Add the objects in which pairs coincide to their buckets, which count to two."""
    once = np.sort(_code(curves, first, second) * len(curves.size) + curves.object[first])
    once = once[np.diff(once, prepend=-1) != 0] // len(curves.size)
    again = once[1:][once[1:] == once[:-1]]
    bucket = _bucket(once, len(seen))
    seen[bucket] = np.minimum(seen[bucket] + 1, 2)
    seen[_bucket(again, len(seen))] = 2


def _bucket(code: Ints, buckets: int) -> Ints:
    return np.asarray((code * 0x9E3779B1 >> 7) & (buckets - 1))


def _common(curves: Curves, one: Ints, other: Ints) -> Ints:
    """How many objects two accounts share."""
    from scipy.sparse import csr_array  # slow to load

    posted = csr_array(
        (np.ones(len(curves.account), np.int32), (curves.account, curves.object)),
        shape=(curves.accounts, len(curves.size)),
    )
    posted.data[:] = 1
    posted.sum_duplicates()
    posted.data[:] = 1
    common = [
        np.asarray(
            posted[one[cut : cut + 50_000]].multiply(posted[other[cut : cut + 50_000]]).sum(1)
        )
        for cut in range(0, len(one), 50_000)
    ]
    return np.concatenate(common) if common else np.zeros(0, np.int64)


def _chances(
    curves: Curves, first: Ints, second: Ints, beside: Ints, habit: Floats
) -> tuple[Floats, NDArray[np.bool_]]:
    """How likely each coincidence is by the object's own curve, and whether it counts."""
    mostly = 2 * beside >= curves.near - 1  # then the others near are taken for partners' partners
    beside = np.where(mostly, curves.near - 1, beside)
    outside = np.maximum(curves.near - 1 - beside, 0)
    others = np.maximum(curves.size[curves.object] - 1 - beside, outside)
    chance = (outside + HABIT * habit) / (others + HABIT) * curves.earliness
    larger = np.maximum(chance[first], chance[second])
    counts = larger <= AT_MOST
    if curves.window >= WIDE:
        group = 1 + np.maximum(beside[first], beside[second])
        counts &= 2 * group >= curves.posters[curves.object[first]]
    return larger, counts
