"""Which time of one film each frame of another shows, by what moves in their pictures.

Of a camera that stands still all frames are alike, and so are their hashes. So the background is
taken away: what is left of a frame must agree with what is left of the other film's at its time.
The likeliest times, as pieces of lines, are found by dynamic programming (Viterbi, 1967).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from verify.matching.laying import Laid, Planes

_STEP = 0.25  # seconds between offsets
_BEYOND = 0.3  # seconds outside the earlier film's samples
_ROUNDS = 3
_GAINS = (0.3, 2.0)
_NOISE = 1.5  # grey levels, at least
_SURE = 5.0  # for a frame that one time explains e times better than most
_JUMP = 14.0  # against another line
_ENTER = 4.0  # and against none
_SAME_PLACE = 0.5  # for a frame that shows the same, whatever moves
_DRIFT = 3.0  # against the same a step beside
_ALIEN = 0.5  # correlation of whole pictures, below which they show other things
_TOLD, _OTHER_SPEED = 0.97, 0.93  # for the share of frames that agree, against speed 1
_INSIDE = 0.75  # of the frames, that a line must bring into the earlier film
_LIKELY = 60  # offsets that are compared
_BESIDE = 1.0  # seconds: farther away is another time
_NOTHING = 1e-3  # squared grey levels
_MOST = 2_000_000  # frames times offsets

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Run:
    """Frames, from `first` to `last`, that show earlier ones: time there = speed x time + offset.

    agrees: correlation of what moves, -1 to 1. beside: the best of that at another time. fine: the
    same of small things alone.
    """

    first: int
    last: int
    speed: float
    offset: float
    agrees: float
    beside: float
    fine: float


@dataclass(frozen=True)
class Trace:
    """Two films laid over each other. at, earlier_at: (n,), (m,) seconds, of their samples."""

    laid: Laid
    at: Floats
    earlier_at: Floats

    def runs(
        self, speeds: Sequence[float], part: NDArray[np.bool_], core: NDArray[np.bool_]
    ) -> list[Run]:
        """What of a part of the incoming film shows the earlier one.

        speeds: that are tried; the first is likeliest. part: (n,) which frames are asked. core:
        (n,) which of them are likeliest to show it.
        """
        best: list[Run] = []
        most = 0.0
        rows = np.flatnonzero(part)
        for speed in speeds:
            found = self._at(speed, rows, core[rows])
            agree = sum((one.last + 1 - one.first) * one.agrees for one in found)
            agree *= 1.0 if speed == 1 else _TOLD if speed == speeds[0] else _OTHER_SPEED
            if agree > most:
                best, most = found, agree
        return best

    def _at(self, speed: float, rows: NDArray[np.intp], matched: NDArray[np.bool_]) -> list[Run]:
        if not matched.any() or len(self.earlier_at) < 2:
            return []
        offsets = self._offsets(speed, rows)
        if len(rows) * len(offsets) > _MOST:
            return []
        grid = _Grid.of(self, speed, offsets, rows)
        path = np.full(len(rows), -1)
        gain: float | None = None
        for _ in range(_ROUNDS):
            scores, gain = grid.scores(matched, path, gain)
            new = _likeliest(scores)
            if (new == path).all():
                break
            path, matched = new, new >= 0
            if not matched.any():
                return []
        return [self._run(grid, speed, rows, *one) for one in _pieces(path)]

    def _offsets(self, speed: float, rows: NDArray[np.intp]) -> Floats:
        times = speed * self.at[rows]
        low = self.earlier_at[0] - _BEYOND - times.max()
        high = self.earlier_at[-1] + _BEYOND - times.min()
        return np.arange(low, high + _STEP, _STEP)

    def _run(
        self, grid: _Grid, speed: float, rows: NDArray[np.intp], first: int, last: int, column: int
    ) -> Run:
        agrees = grid.agreement(first, last, column)
        far = np.abs(grid.offsets - grid.offsets[column]) > _BESIDE
        return Run(
            first=int(rows[first]),
            last=int(rows[last]),
            speed=speed,
            offset=float(grid.offsets[column]),
            agrees=float(agrees[column]),
            beside=float(agrees[far].max(initial=-1.0)),
            fine=grid.fine(self.laid, rows, first, last, column),
        )


@dataclass
class _Grid:
    """All products of frames and offsets: row a frame here, column an offset.

    place, part: (n, k), the earlier sample before the time, and how far it is to the next.
    valid: where the time lies in the earlier film.
    """

    here: Planes
    there: Planes
    offsets: Floats
    place: NDArray[np.intp]
    part: Floats
    valid: NDArray[np.bool_]

    @classmethod
    def of(cls, trace: Trace, speed: float, offsets: Floats, rows: NDArray[np.intp]) -> _Grid:
        known = trace.earlier_at
        times = speed * trace.at[rows][:, None] + offsets[None]
        place = np.clip(np.searchsorted(known, times, side="right") - 1, 0, len(known) - 2)
        gap = known[place + 1] - known[place]
        part = np.clip((times - known[place]) / np.maximum(gap, 1e-6), 0, 1)
        valid = (times >= known[0] - _BEYOND) & (times <= known[-1] + 2 * _BEYOND)
        return cls(trace.laid.here[rows], trace.laid.there, offsets, place, part, valid)

    def scores(
        self, matched: NDArray[np.bool_], path: NDArray[np.intp], gain: float | None
    ) -> tuple[Floats, float]:
        """(n, k): how much likelier it is that a frame shows that time than that it does not.

        matched: the rows that show the earlier film; path: the columns that they do by now.
        """
        mine = self.here[matched].mean(axis=0)
        if gain is None:
            theirs = self.there.mean(axis=0)
            spread = float(self.there.std() or 1.0)
            alike = float(np.corrcoef(mine, theirs)[0, 1]) if mine.std() and theirs.std() else 0.0
            gain = (
                float(mine @ theirs / (theirs @ theirs))
                if alike > 0.6
                else (float(self.here.std()) / spread)
            )
        else:
            rows = np.flatnonzero(matched)
            shown = self._shown(rows, path[rows])
            theirs = shown.mean(axis=0)
            about, other = self.here[rows] - mine, shown - theirs
            energy = float((other**2).sum())
            fitted = float((about * other).sum()) / energy if energy else gain
            gain = fitted if fitted > 0 else gain
        gain = float(np.clip(gain, *_GAINS))
        x, y = self.here - mine, self.there - theirs
        xy, yy = self._products(x, y)
        left = (x**2).sum(axis=1, dtype=np.float64)[:, None]
        left = left - 2 * gain * xy + gain**2 * yy
        nearest = np.where(self.valid, left, np.inf).min(axis=1)
        good = np.isfinite(nearest) & matched
        noise = float(np.median(nearest[good])) if good.any() else 0.0
        noise = max(noise, _NOISE**2 * x.shape[1])
        other = np.nanmedian(np.where(self.valid, left, np.nan), axis=1, keepdims=True)
        score = _SURE * np.log((other + noise) / (left + noise))
        # whole pictures, with what stands still
        guess = (self.here @ mine)[:, None] + gain * self._products(self.here, y)[0]
        norm = mine @ mine + 2 * gain * self._products(mine[None], y)[0] + gain**2 * yy
        whole = guess / np.sqrt(np.maximum(norm * (self.here**2).sum(axis=1)[:, None], 1e-6))
        return np.where(self.valid & (whole > _ALIEN), score + _SAME_PLACE, -2 * _JUMP), gain

    def _shown(self, rows: NDArray[np.intp], columns: NDArray[np.intp]) -> Planes:
        place, part = self.place[rows, columns], self.part[rows, columns][:, None]
        shown = (1 - part) * self.there[place] + part * self.there[place + 1]
        return shown.astype(np.float32)

    def _products(self, x: Planes, y: Planes) -> tuple[Floats, Floats]:
        """Of each frame with the earlier one at each offset; and of the latter with itself."""
        gram = (x @ y.T).astype(np.float64)
        own = (y**2).sum(axis=1, dtype=np.float64)
        next_ = np.append((y[1:] * y[:-1]).sum(axis=1, dtype=np.float64), 0.0)
        rows = np.arange(len(x))[:, None] if len(x) == len(self.place) else 0
        f, j = self.part, self.place
        xy = (1 - f) * gram[rows, j] + f * gram[rows, j + 1]
        yy = (1 - f) ** 2 * own[j] + 2 * f * (1 - f) * next_[j] + f**2 * own[j + 1]
        return xy, yy

    def agreement(self, first: int, last: int, column: int) -> Floats:
        """(k,) the correlation of what moves in these frames, at this offset and at those that may
        be better; -1 at the others."""
        rows = slice(first, last + 1)
        here = self.here[rows] - self.here[rows].mean(axis=0)
        there = self.there - self.there.mean(axis=0)
        gram = (here @ there.T).astype(np.float64)
        own = np.arange(len(here))[:, None]
        fits = np.where(self.valid[rows], gram[own, self.place[rows]], 0.0).sum(axis=0)
        inside = self.valid[rows].mean(axis=0) >= _INSIDE
        likely = np.argsort(-np.where(inside, fits, -np.inf))[:_LIKELY]
        chosen = np.array(sorted({column, *likely[inside[likely]].tolist()}))
        found = np.full(len(self.offsets), -1.0)
        found[chosen] = self._correlations(rows, chosen, here, there, gram)
        return found

    def _correlations(
        self, rows: slice, columns: NDArray[np.intp], here: Planes, there: Planes, gram: Floats
    ) -> Floats:
        """As `_correlation` of some frames with the earlier ones at some offsets, all at once.

        Sums of products about means are sums of products less those of the sums.
        """
        valid = self.valid[rows, columns].astype(np.float64)
        place, part = self.place[rows, columns], self.part[rows, columns]
        before, after = valid * (1 - part), valid * part
        own = np.arange(len(here))[:, None]
        weights = np.zeros((len(columns), len(there)))  # of each earlier sample, in all
        which = np.broadcast_to(np.arange(len(columns)), place.shape)
        np.add.at(weights, (which, place), before)
        np.add.at(weights, (which, place + 1), after)
        squares = (there**2).sum(axis=1, dtype=np.float64)
        next_ = np.append((there[1:] * there[:-1]).sum(axis=1, dtype=np.float64), 0.0)
        count = np.maximum(valid.sum(axis=0), 1)
        ours, theirs = valid.T @ here, weights @ there
        xy = (before * gram[own, place] + after * gram[own, place + 1]).sum(axis=0)
        yy = (
            before * (1 - part) * squares[place]
            + 2 * before * part * next_[place]
            + after * part * squares[place + 1]
        ).sum(axis=0)
        xx = (valid * (here**2).sum(axis=1, dtype=np.float64)[:, None]).sum(axis=0)
        xy -= (ours * theirs).sum(axis=1) / count
        xx -= (ours**2).sum(axis=1) / count
        yy -= (theirs**2).sum(axis=1) / count
        norm = np.sqrt(np.maximum(xx, 0) * np.maximum(yy, 0))
        return np.where(norm > _NOTHING, xy / np.maximum(norm, _NOTHING), 0.0)

    def fine(self, laid: Laid, rows: NDArray[np.intp], first: int, last: int, column: int) -> float:
        """The correlation of small things that move in these frames."""
        these = np.arange(first, last + 1)
        place, part = self.place[these, column], self.part[these, column][:, None]
        shown = (1 - part) * laid.fine_there[place] + part * laid.fine_there[place + 1]
        return _correlation(laid.fine_here[rows[these]], shown.astype(np.float32))


def _correlation(one: Planes, other: Planes) -> float:
    """Of two films, frame by frame, each about its own mean frame; 0 where nothing moves."""
    one, other = one - one.mean(axis=0), other - other.mean(axis=0)
    norm = (float((one**2).sum()) * float((other**2).sum())) ** 0.5
    return float((one * other).sum()) / norm if norm else 0.0


def _likeliest(scores: Floats) -> NDArray[np.intp]:
    """(n,) the path through columns that scores most, -1 where none fits."""
    n, k = scores.shape
    value, none = scores[0].copy(), 0.0
    came = np.zeros((n, k), np.intp)  # -1 from nothing, else the column before
    none_from = np.zeros(n, np.intp)
    own = np.arange(k)
    for row in range(1, n):
        top = int(value.argmax())
        options = [value, np.full(k, value[top] - _JUMP), np.full(k, none - _ENTER)]
        left = np.append(-np.inf, value[:-1]) - _DRIFT
        right = np.append(value[1:], -np.inf) - _DRIFT
        options += [left, right]
        which = np.argmax(options, axis=0)
        came[row] = np.choose(which, [own, np.full(k, top), np.full(k, -1), own - 1, own + 1])
        best = np.max(options, axis=0) + scores[row]
        leaves = value[top] - _ENTER
        none_from[row] = -1 if none >= leaves else top
        none, value = max(none, leaves), best
    path = np.zeros(n, np.intp)
    state = -1 if none >= value.max() else int(value.argmax())
    for row in range(n - 1, -1, -1):
        path[row] = state
        if row:
            state = int(none_from[row]) if state < 0 else int(came[row, state])
    return path


def _pieces(path: NDArray[np.intp]) -> list[tuple[int, int, int]]:
    """First and last row, and the column in the middle, of what lies on one line, or drifts."""
    steps = np.abs(np.diff(path)) > 1
    breaks = (1 + np.flatnonzero(steps | ((path[1:] < 0) != (path[:-1] < 0)))).tolist()
    starts, ends = [0, *breaks], [*(one - 1 for one in breaks), len(path) - 1]
    return [
        (a, b, int(np.median(path[a : b + 1])))
        for a, b in zip(starts, ends, strict=True)
        if path[a : b + 1].min() >= 0
    ]
