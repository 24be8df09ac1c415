"""The line of time that most votes lie on: earlier time = speed x time + offset."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from verify.matching.votes import Votes

SPEEDS = (1.0, 0.5, 0.8, 1.25, 1.5, 2.0, -1.0)
_BIN = 0.25  # seconds of offset
_OTHER = 0.8  # of its votes, by which another speed than 1 counts
_OTHER_BY_FEATURES = 0.65  # the same where times are those of key frames, which lie far apart
_FREE_SPAN = 4.0  # seconds over which a speed can be told
_FREE_VOTES = 6
_LIKE_A_KNOWN_ONE = 0.04  # of the speed
_FASTEST = 4.0


@dataclass(frozen=True)
class Line:
    """earlier time = speed x time + offset, in seconds, for frames that lie this way."""

    orientation: int
    speed: float
    offset: float

    def __call__(self, at: NDArray[np.float64] | float) -> NDArray[np.float64]:
        """The earlier time at a time."""
        return np.asarray(self.speed * np.asarray(at) + self.offset, np.float64)

    def inverse(self, earlier_at: float) -> float:
        """The time at an earlier time."""
        return (earlier_at - self.offset) / self.speed

    def bears(self, votes: Votes, tolerance: float = _BIN) -> NDArray[np.bool_]:
        """(n,) which votes lie on it, as far as their times are known."""
        off = np.abs(self(votes.at) - votes.earlier_at)
        lies: NDArray[np.bool_] = off <= votes.slack + tolerance
        there: NDArray[np.bool_] = lies & (votes.orientation == self.orientation)
        return there


def best_line(votes: Votes) -> Line | None:
    """The line on which most frames lie, of either film; None without votes.

    Frames that stand still agree with one another at many times. So what counts is how many
    different frames of both films a line joins, and speed 1 stands before the others.
    """
    best, most = None, 0.0
    for orientation in np.unique(votes.orientation).tolist():
        these = votes[votes.orientation == orientation]
        other = _OTHER if these.by_hash.any() else _OTHER_BY_FEATURES
        for speed in SPEEDS:
            offset, score = _peak(these, speed)
            score *= 1 if speed == 1 else other
            if score > most + 1e-9:
                best, most = Line(orientation, speed, offset), score
    return best and _refined(best, votes)


def _peak(votes: Votes, speed: float) -> tuple[float, float]:
    """The offset at which most frames agree, and how many do, weighed by closeness."""
    offset = votes.earlier_at - speed * votes.at
    low = np.floor((offset - votes.slack) / _BIN).astype(np.int64)
    high = np.floor((offset + votes.slack) / _BIN).astype(np.int64)
    width = high - low + 1
    row = np.repeat(np.arange(len(votes)), width)
    place = low[row] + np.arange(len(row)) - np.repeat(np.cumsum(width) - width, width)
    nearness = 1 - 0.3 * np.abs((place + 0.5) * _BIN - offset[row]) / (votes.slack[row] + _BIN)
    weight = votes.closeness[row] * nearness
    places, bins = np.unique(place, return_inverse=True)
    here = _different(bins, votes.at[row], weight, len(places))
    there = _different(bins, votes.earlier_at[row], weight, len(places))
    score = np.minimum(here, 2 * there)
    best = np.flatnonzero(score >= score.max() - 1e-9)
    middle = best[len(best) // 2]
    return float((places[middle] + 0.5) * _BIN), float(score[middle])


def _different(
    bins: NDArray[np.intp], times: NDArray[np.float64], weight: NDArray[np.float64], n: int
) -> NDArray[np.float64]:
    """For each bin the weight of the different times in it, each by its heaviest vote."""
    known, number = np.unique(times, return_inverse=True)
    key = bins.astype(np.int64) * len(known) + number
    order = np.lexsort((-weight, key))
    first = np.concatenate([[True], np.diff(key[order]) > 0])
    kept = order[first]
    return np.bincount(bins[kept], weight[kept], minlength=n).astype(np.float64)


def _refined(line: Line, votes: Votes) -> Line:
    """The line through the middle of its votes, at the speed that these tell.

    Source of the slope: Theil, 1950; Sen, 1968.
    """
    for _ in range(2):
        on = votes[line.bears(votes)]
        if not len(on):
            return line
        on = _closest(on, line)
        speed = _slope(on, line.speed)
        line = Line(line.orientation, speed, _offset(on, speed))
    return line


def _closest(on: Votes, line: Line) -> Votes:
    """Of each time the vote that is most alike; of equals that nearest to the line."""
    off = np.abs(line(on.at) - on.earlier_at)
    order = np.lexsort((off, -on.closeness, on.at))
    first = np.concatenate([[True], np.diff(on.at[order]) > 0])
    return on[order[first]]


def _slope(on: Votes, speed: float) -> float:
    span = float(np.ptp(on.at))
    if len(on) < _FREE_VOTES or span < _FREE_SPAN:
        return speed
    if len(on) > 200:
        on = on[np.linspace(0, len(on) - 1, 200).astype(np.intp)]
    ahead = on.at[None, :] - on.at[:, None]
    far = ahead >= span / 3
    slopes = (on.earlier_at[None, :] - on.earlier_at[:, None])[far] / ahead[far]
    if not len(slopes):
        return speed
    slope = float(np.median(slopes))
    known = min((one for one in SPEEDS), key=lambda one: abs(one - slope))
    # over so long a span times that are no closer leave the slope as uncertain as this
    unsure = max(_LIKE_A_KNOWN_ONE * abs(known), 2 * float(np.median(on.slack)) / span)
    if abs(slope - speed) <= unsure:
        return speed
    if abs(slope - known) <= unsure or not 1 / _FASTEST <= abs(slope) <= _FASTEST:
        return known if abs(slope - known) <= unsure else speed
    return slope


def _offset(on: Votes, speed: float) -> float:
    """In the middle of where most votes can be."""
    offset = on.earlier_at - speed * on.at
    exact = on.by_hash
    if exact.sum() >= 2:
        weight = on.closeness[exact] ** 2
        order = np.argsort(offset[exact])
        total = np.cumsum(weight[order])
        middle = int(np.searchsorted(total, total[-1] / 2))
        return float(offset[exact][order][middle])
    edges = np.concatenate([offset - on.slack, offset + on.slack])
    grid = np.unique(edges)
    middles = (grid[1:] + grid[:-1]) / 2 if len(grid) > 1 else grid
    inside = (np.abs(middles[:, None] - offset[None, :]) <= on.slack[None, :] + 1e-9).sum(axis=1)
    best = np.flatnonzero(inside == inside.max())
    return float((middles[best[0]] + middles[best[-1]]) / 2)
