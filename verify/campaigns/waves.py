"""Objects that distinct accounts post far more often than before."""

from __future__ import annotations

from datetime import UTC, datetime
from math import lgamma, log, log1p

import numpy as np
from numpy.typing import NDArray

from verify.campaigns.rows import DAY, Rows
from verify.records import Wave

_HOUR = 3_600
_POSTS, _ACCOUNTS = 10, 5  # in an hour, at least
_LEVEL = 1e-6
_SHAPE = 2.0  # of the negative binomial: how unequal one hour is to another
_DAYS = 7  # whose same hour is looked at
_UNSEEN = 1.0  # posts in a day that an object is given which had none


def waves(rows: Rows) -> tuple[Wave, ...]:
    """The waves among rows, by their first posts.

    rows: shape (n,), dtype `rows.ROW`, in any order; times coarser than an hour or without a zone
    take no part. An hour's posts are held against the object's own rate before it and against the
    same hour of earlier days, by a negative binomial. What follows within a day is the same wave.
    In the first day of all rows nothing is told: what was usual before is not known.
    """
    rows = rows[rows["zone_known"] & (rows["resolution_s"] < _HOUR)]
    if not len(rows):
        return ()
    rows = rows[np.lexsort((rows["at"], rows["object"]))]
    start = float(rows["at"].min())
    _, begins, counts = np.unique(rows["object"], return_index=True, return_counts=True)
    told = []
    for begin, count in zip(begins, counts, strict=True):
        if count >= _POSTS:
            told += _of_object(rows[begin : begin + count], start)
    return tuple(sorted(told, key=lambda wave: wave.first))


def _of_object(rows: Rows, start: float) -> list[Wave]:
    at = rows["at"]
    ends = np.searchsorted(at, at + _HOUR, "left")
    found: list[Wave] = []
    covered = -np.inf
    for first in np.flatnonzero(ends - np.arange(len(at)) >= _POSTS):
        if at[first] < max(covered, start + DAY):
            continue
        hour = slice(first, ends[first])
        if len(np.unique(rows["account"][hour])) < _ACCOUNTS:
            continue
        usual = _usual(at, float(at[first]), start)
        observed = int(ends[first] - first)
        if _log_tail(observed, usual) > log(_LEVEL):
            continue
        last = _end(at, ends, int(first))
        wave = rows[first:last]
        found.append(
            Wave(
                object=int(rows["object"][0]),
                first=datetime.fromtimestamp(float(at[first]), UTC),
                last=datetime.fromtimestamp(float(at[last - 1]), UTC),
                posts=len(np.unique(wave["post"])),
                accounts=len(np.unique(wave["account"])),
                observed=observed,
                usual=usual,
            )
        )
        covered = at[last - 1] + DAY
    return found


def _end(at: NDArray[np.float64], ends: NDArray[np.int64], first: int) -> int:
    """Where the hours end that follow each other with as many posts as a wave has at least."""
    last = int(ends[first])
    one = first
    while one < last:
        if ends[one] - one >= _POSTS:
            last = max(last, int(ends[one]))
        one += 1
    return last


def _usual(at: NDArray[np.float64], now: float, start: float) -> float:
    """How many posts an hour brings: before now, and at the same hour of earlier days."""
    before = int(np.searchsorted(at, now))
    rate = (before + _UNSEEN) / (max(now - start, 0) / _HOUR + 24)
    days = min(_DAYS, int((now - start) // DAY))
    if not days:
        return rate
    hours = now - DAY * np.arange(1, days + 1)
    same = np.searchsorted(at, hours + _HOUR) - np.searchsorted(at, hours)
    return max(rate, float(same.mean()))


def _log_tail(observed: int, mean: float) -> float:
    """The natural logarithm of P(negative binomial >= observed), from above."""
    part = mean / (mean + _SHAPE)
    log_term = (
        lgamma(observed + _SHAPE)
        - lgamma(_SHAPE)
        - lgamma(observed + 1)
        + observed * log(part)
        + _SHAPE * log1p(-part)
    )
    ratio = part * (observed + _SHAPE) / (observed + 1)
    return 0.0 if ratio >= 1 or observed <= mean else min(0.0, log_term - log(1 - ratio))
