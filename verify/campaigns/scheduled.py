"""Accounts whose posts keep to full minutes, hours and half hours."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from verify.campaigns.chance import log_tail
from verify.campaigns.rows import Rows
from verify.records import ScheduledPosts

_HALF_HOUR, _MINUTE = 1_800, 60
_AFTER = {_HALF_HOUR: 6.0, _MINUTE: 2.0}  # seconds in which a scheduler posts
_LEVEL = 0.01  # of false ones among those told
_LEAST = 3
_PART = 0.2  # of the posts on time, at a minute of the hour that is named


def scheduled(rows: Rows, resolution: NDArray[np.float64]) -> tuple[ScheduledPosts, ...]:
    """The accounts that post by the clock, in the order of their numbers.

    rows: shape (n,), dtype `rows.ROW`. resolution: of each, as `precision.resolutions` finds it.
    How many posts of an account stand in the first seconds of a half hour (in its first minute,
    where seconds are not known), or of a minute, is held against the share of time that these are,
    times how far everybody prefers them.
    Source: Benjamini, Hochberg, 1995, at .01.
    """
    _, index = np.unique(rows["post"], return_index=True)
    index = index[(resolution[index] <= _MINUTE) & ~rows["forward"][index]]
    if not len(index):
        return ()
    names, account = np.unique(rows["account"][index], return_inverse=True)
    at, fine = rows["at"][index], resolution[index] <= 1
    posts = np.bincount(account)
    seen, expected, chance = [], [], []
    for step, seconds in _AFTER.items():
        after = np.where(fine, seconds, _MINUTE)
        on_time = (at % step < after) & (fine | (step > _MINUTE))
        share = np.where(fine | (step > _MINUTE), after / step, 0)
        mine = np.bincount(account, on_time, minlength=len(names))
        usual = np.bincount(account, share, minlength=len(names))
        others = (on_time.sum() - mine) / np.maximum(share.sum() - usual, 1e-9)
        seen.append(mine)
        expected.append(usual * np.maximum(others, 1))
        chance.append(np.where(mine >= _LEAST, log_tail(mine, expected[-1]), 0.0))
    on_half_hour = at % _HALF_HOUR < np.where(fine, _AFTER[_HALF_HOUR], _MINUTE)
    better = np.argmin(chance, axis=0)
    told = _discoveries(np.minimum(0.0, np.min(chance, axis=0) + np.log(len(_AFTER))))
    return tuple(
        ScheduledPosts(
            account=int(names[one]),
            minutes=_minutes(at[(account == one) & on_half_hour]) if better[one] == 0 else (),
            posts=int(posts[one]),
            observed=int(seen[better[one]][one]),
            expected=float(expected[better[one]][one]),
        )
        for one in np.flatnonzero(told)
    )


def _minutes(on_time: NDArray[np.float64]) -> tuple[int, ...]:
    """The minutes of the hour, 0 and 30, at which a part of what stands on time stands."""
    minute, count = np.unique(on_time % 3_600 // 60, return_counts=True)
    return tuple(int(one) for one in minute[count >= _PART * len(on_time)])


def _discoveries(log_p: NDArray[np.float64]) -> NDArray[np.bool_]:
    order = np.argsort(log_p)
    passed = log_p[order] <= np.log(_LEVEL * (np.arange(len(log_p)) + 1) / len(log_p))
    told = np.zeros(len(log_p), bool)
    told[order[: int(np.flatnonzero(passed).max()) + 1 if passed.any() else 0]] = True
    return told
