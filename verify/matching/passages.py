"""Where one sound runs in another: the same landmarks at times that lie on one line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from verify.matching.landmarks import Hashes, Landmarks, Times, band, reach
from verify.records import FRAMES_A_SECOND, Passage

LEAST = 24
"""Different landmarks of a passage."""
_LEAST_AT_ANOTHER_TEMPO = 96  # two readings of one sentence agree in some when stretched
_SAME_TEMPO = 0.006  # tapes are looked for at speeds a hundredth apart
_UNMEASURED = 0.003  # of a tempo that moves nothing by two frames
_SECONDS = 3  # different ones that they begin in
_BANDS = 3  # of 125 Hz: one tone is no sound
_A_SECOND = 2.0  # landmarks, on average: over hours chance has more than a few
_MOST_PASSAGES = 8
_MOST_SHARED = 64  # times that a landmark occurs in the earlier sound
_ALONG, _ACROSS = 312, 8  # frames of a cell in time and in lag
_BEGINNING = 8  # landmarks of a cell from which a line is tried
_TRIES = 4  # cells
_BESIDE = 2  # frames from the line
_FADES = 16  # frames beside it, where nothing else is looked for
_MOST_TEMPO = 0.12  # by which tempo alone may differ
_PAUSE = 125  # frames without a landmark end a passage

Chosen = NDArray[np.intp]


@dataclass(frozen=True)
class _Line:
    """lag = base + slope * (time - middle), in frames."""

    base: float
    slope: float
    middle: float

    def beside(self, times: Times, lags: Times) -> NDArray[np.float64]:
        """How far from the line, in frames."""
        return np.abs(lags - (self.base + self.slope * (times - self.middle)))


def passages(
    later: Landmarks, earlier: Landmarks, speed: float = 1.0, rarity: float = 1.0
) -> list[Passage]:
    """What of an earlier sound runs in a later one, the longest first.

    speed: at which the landmarks of the later one were made. rarity: how much of its landmarks
    counts, 0 to 1, as hundreds of sounds may share them.
    """
    hashes, times, lags = _shared(later, earlier)
    alive = np.ones(len(hashes), bool)
    found: list[Passage] = []
    for _ in range(_MOST_PASSAGES):
        left = np.flatnonzero(alive)
        runs = next(_runs(hashes, times, lags, left, rarity), None)
        if runs is None:
            break
        for line, run in runs:
            first, last = times[run[0]], times[run[-1]]
            end = (times[run] + reach(hashes[run])).max()
            found.append(_passage(first, end, line, speed))
            near = line.beside(times, lags) <= _FADES
            alive &= ~(near & (times >= first) & (times <= last))
    return sorted(found, key=lambda one: one.begins - one.ends)


def _shared(later: Landmarks, earlier: Landmarks) -> tuple[Hashes, Times, Times]:
    """Landmarks that both have: which, when in the later one, and how much later in the other."""
    order = np.argsort(earlier.hashes, kind="stable")
    known = earlier.hashes[order]
    first = np.searchsorted(known, later.hashes, "left")
    count = np.searchsorted(known, later.hashes, "right") - first
    count[count > _MOST_SHARED] = 0
    own = np.repeat(np.arange(len(count)), count)
    theirs = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count - first, count)
    times = later.times[own]
    return later.hashes[own], times, earlier.times[order][theirs] - times


def _runs(
    hashes: Hashes, times: Times, lags: Times, left: Chosen, rarity: float
) -> Iterator[list[tuple[_Line, Chosen]]]:
    """For each line that many landmarks begin: its parts without a pause that are a passage."""
    for cell in cells(times[left], lags[left], _BEGINNING)[:_TRIES]:
        line = _line(times[left], lags[left], cell)
        near = left[line.beside(times[left], lags[left]) <= _BESIDE]
        near = near[np.argsort(times[near], kind="stable")]
        parts = np.split(near, np.flatnonzero(np.diff(times[near]) > _PAUSE) + 1)
        told = [(line, part) for part in parts if _tells(hashes[part], times[part], line, rarity)]
        if told:
            yield told


def cells(times: Times, lags: Times, least: int) -> list[Chosen]:
    """The landmarks that lie together in time and lag, the fullest cells first."""
    found: list[Chosen] = []
    for by_time in (0, _ALONG // 2):
        for by_lag in (0, _ACROSS // 2):
            row, column = (times + by_time) // _ALONG, (lags + by_lag) // _ACROSS
            _, cell, count = np.unique(
                (row << 36) + column, return_inverse=True, return_counts=True
            )
            for fullest in np.argsort(-count, kind="stable")[:_TRIES]:
                if count[fullest] >= least:
                    found.append(np.flatnonzero(cell == fullest))
    return sorted(found, key=len, reverse=True)


def _line(times: Times, lags: Times, cell: Chosen) -> _Line:
    """The line through a cell, drawn further as long as landmarks lie on it."""
    middle = float(np.median(times[cell]))
    line = _Line(float(np.median(lags[cell])), 0.0, middle)
    for width in (6, 4, 3, 3):
        around = 1.5 * np.abs(times[cell] - middle).max() + 60
        near = np.flatnonzero(
            (line.beside(times, lags) <= width) & (np.abs(times - middle) <= around)
        )
        if len(near) < _BEGINNING // 2:
            break
        slope = _slope(times[near], lags[near])
        if abs(slope) > _MOST_TEMPO:
            break
        base = float(lags[near].mean() - slope * (times[near].mean() - middle))
        line, cell = _Line(base, slope, middle), near
    if abs(line.slope) < _UNMEASURED and abs(line.slope) * np.ptp(times[cell]) < _BESIDE:
        return _Line(float(np.median(lags[cell])), 0.0, middle)
    return line


def _slope(times: Times, lags: Times) -> float:
    """Of the line of least squares; 0 where all is at one time."""
    away = times - times.mean()
    spread = float((away**2).sum())
    return float((away * lags).sum()) / spread if spread else 0.0


def _tells(hashes: Hashes, times: Times, line: _Line, rarity: float) -> bool:
    """Whether these landmarks on a line are more than chance, or one tone, has."""
    different, first = np.unique(hashes, return_index=True)
    least = LEAST if abs(line.slope) < _SAME_TEMPO else _LEAST_AT_ANOTHER_TEMPO
    if len(different) * rarity < least:
        return False
    seconds = len(np.unique(times[first] // round(FRAMES_A_SECOND)))
    lasts = float(times[-1] - times[0]) / FRAMES_A_SECOND
    bands = len(np.unique(band(different)))
    return seconds >= _SECONDS and bands >= _BANDS and len(different) >= _A_SECOND * lasts


def _passage(first: int, end: int, line: _Line, speed: float) -> Passage:
    """first, end: of the later sound, in frames, as its landmarks were made."""

    def there(time: int) -> float:
        lag = line.base + line.slope * (time - line.middle)
        return max(0.0, round(float(time + lag) / FRAMES_A_SECOND, 2))

    return Passage(
        begins=round(float(first / FRAMES_A_SECOND / speed), 2),
        ends=round(float(end / FRAMES_A_SECOND / speed), 2),
        earlier_begins=there(first),
        earlier_ends=there(end),
        speed=round((1 + line.slope) * speed, 3),
    )
