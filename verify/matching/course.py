"""How far two films agree along a line of time: from where to where, by their samples and shots."""

from __future__ import annotations

from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from verify.matching.lines import Line
from verify.matching.reels import Reel, distances
from verify.matching.votes import Votes

_ALIKE = 70  # bits: of frames on a line that votes have found, however much an edit moved
_UNLIKE = 96
_BESIDE = 0.75  # seconds from a sample to where the line meets the other film
_BROKEN_BY = 3  # samples in a row that differ
_BETTER = 8  # bits
_MISSED = 2.5  # seconds within which a key frame that features miss tells nothing
_BESIDE_LINE = 2.5  # seconds: farther than a line is wide
_BRIEF = 3.0  # seconds
_UNSEEN = 12.0  # seconds without any sign
_SAMPLE = 0.5  # seconds between samples
_NEAR_AN_END = 0.8  # seconds from the first or last agreeing sample to where a film ends


class Course:
    """What the samples of two films say along a line.

    signs: (n,) for each incoming sample 1 where it agrees, -1 where it does not, 0 unknown.
    """

    def __init__(
        self,
        line: Line,
        on: Votes,
        all_votes: Votes,
        incoming: Reel,
        earlier: Reel,
        asked: NDArray[np.float64],
    ) -> None:
        """on: the votes that lie on the line, of all. asked: as for `stretches`."""
        self._all = all_votes
        self._told_apart = False  # whether hashes tell where the films differ
        self._line = line
        self._incoming = incoming
        self._earlier = earlier
        self._votes = on
        self._asked = asked

    @cached_property
    def _times(self) -> NDArray[np.float64]:
        """All times at which something is known: samples, votes and frames that were asked."""
        return np.unique(np.concatenate([self._incoming.at, self._votes.at, self._asked]))

    @cached_property
    def signs(self) -> NDArray[np.int64]:
        times = self._times
        signs = np.zeros(len(times), np.int64)
        votes = np.isin(times, self._votes.at)
        self._told_apart = False
        bits = self._bits()
        sampled = np.searchsorted(times, self._incoming.at)
        close = bits <= _ALIKE
        of_votes = votes[sampled]
        telling = bits < 999
        if close[of_votes & telling].mean() >= 0.5 if (of_votes & telling).any() else False:
            self._told_apart = True
            signs[sampled[bits >= _UNLIKE]] = np.where(telling, -1, 0)[bits >= _UNLIKE]
        signs[np.isin(times, self._asked)] = -1
        signs[sampled[close]] = 1
        signs[votes] = 1
        signs[sampled[bits >= self._nearest() + _BETTER]] = -1  # another time is more alike
        there = self._line(times)
        signs[(there < -_BESIDE) | (there > self._earlier.seconds + _BESIDE)] = -1
        return signs

    def _nearest(self) -> NDArray[np.int64]:
        """(n,) bits from each incoming sample to the nearest of all there; 999 for none near."""
        votes = self._all[self._all.by_hash]
        nearest = np.full(len(self._incoming), 999)
        rows = np.searchsorted(self._incoming.at, votes.at - 1e-6)
        np.minimum.at(nearest, rows, votes.distance)
        return nearest

    def clearness(self, begins: float, ends: float) -> float:
        """By how many bits frames are nearer along the line than some seconds beside it; 999
        where there is nothing beside it."""
        here = (self._incoming.at >= begins) & (self._incoming.at <= ends)
        along = self._bits()[here]
        beside = [
            other[other < 999].mean()
            for shift in (-_BESIDE_LINE, _BESIDE_LINE)
            if ((other := self._bits(shift)[here]) < 999).sum() >= 2
        ]
        along = along[along < 999]
        if not len(along) or not beside:
            return 999.0
        return float(min(beside) - along.mean())

    def _bits(self, shift: float = 0.0) -> NDArray[np.int64]:
        """(n,) bits between each incoming sample and the nearest in time there; 999 for none.

        shift: seconds by which to look beside the line.
        """
        here, there = self._incoming, self._earlier
        best = np.full(len(here), 999, np.int64)
        if not len(there) or not here.bits.size:
            return best
        where = self._line(here.at) + shift
        way = min(self._line.orientation, here.bits.shape[1] - 1)
        place = np.searchsorted(there.at, where)
        for step in (-2, -1, 0, 1):
            row = np.clip(place + step, 0, len(there) - 1)
            usable = (np.abs(there.at[row] - where) <= _BESIDE) & here.telling & there.telling[row]
            pairs = [(here.bits, there.bits, usable)]
            if here.inner.size:
                pairs.append((here.inner, there.bits, usable & here.framed))
            if there.inner.size:
                pairs.append((here.bits, there.inner, usable & there.framed[row]))
            if here.inner.size and there.inner.size:
                pairs.append((here.inner, there.inner, usable & here.framed & there.framed[row]))
            for mine, theirs, fit in pairs:
                bits = distances(mine[:, way], theirs[row, 0])
                best = np.where(fit, np.minimum(best, bits), best)
        return best

    def longest(self) -> tuple[float, float]:
        """From when to when the part lasts in which most votes lie, in the incoming film."""
        good = np.flatnonzero(self.signs == 1)
        breaks = [n for n in range(1, len(good)) if self._broken(int(good[n - 1]), int(good[n]))]
        parts = np.split(good, breaks)
        heard = np.isin(self._times, self._votes.at)
        first_last = max(parts, key=lambda part: (int(heard[part].sum()), len(part)))
        return self._begins(int(first_last[0])), self._ends(int(first_last[-1]))

    def _broken(self, one: int, other: int) -> bool:
        """Whether something else is seen between two times that agree."""
        if other == one + 1:
            return False
        times, signs = self._times, self.signs
        bad = one + 1 + np.flatnonzero(signs[one + 1 : other] == -1)
        asked = np.isin(times[bad], self._asked)
        if len(bad) - asked.sum() >= _BROKEN_BY:
            return True
        if times[other] - times[one] <= _BRIEF:  # of so brief a shot features may find nothing
            return False
        if asked.sum() >= 2 or times[other] - times[one] > _UNSEEN:
            return True
        # a shot between the two which is seen nowhere there
        return any(
            begins > times[one] and ends <= times[other]
            for begins, ends in (self._incoming.shot(float(at)) for at in times[bad])
        )

    def _begins(self, first: int) -> float:
        at = float(self._times[first])
        shot, _ = self._incoming.shot(at)
        until = self._last_bad(first, -1)
        low = max(shot, until, 0.0)
        if until > shot:  # something else, and no cut that would say since when
            low = (until + at) / 2
        return min(at, max(low, self._earlier_cut(at, -1)))

    def _ends(self, last: int) -> float:
        at = float(self._times[last])
        _, shot = self._incoming.shot(at)
        until = self._last_bad(last, 1)
        high = min(shot, until, self._incoming.seconds)
        if until < shot:
            high = (until + at) / 2
        return max(at, min(high, self._earlier_cut(at, 1)))

    def _last_bad(self, place: int, step: int) -> float:
        """The nearest time on one side at which the films differ; the film's end without one."""
        side = slice(place + 1, None) if step > 0 else slice(None, place)
        bad = np.flatnonzero((self.signs[side] == -1)[::step])
        at = self._times[place]
        missed = np.isin(self._times[side][::step][bad], self._asked)
        near = np.abs(self._times[side][::step][bad] - at) <= _MISSED
        if not self._told_apart:
            bad = bad[~(missed & near)]
        if not len(bad):
            return self._incoming.seconds if step > 0 else 0.0
        return float(self._times[place + step * (1 + int(bad[0]))])

    def _earlier_cut(self, at: float, step: int) -> float:
        """Up to where the earlier film shows the shot that it shows at this time, seen from here.

        Where that is cut and the incoming film is not, something else begins. A cut within half
        a second of the incoming film's own is the same.
        """
        if not self._line.speed:  # a still
            return self._incoming.shot(at)[step > 0]
        begins, ends = self._earlier.shot(float(self._line(at)))
        edges = sorted(self._line.inverse(one) for one in (begins, ends))
        own = self._incoming.shot(at)
        if step < 0:
            return own[0] if edges[0] < own[0] + _SAMPLE else min(edges[0], at)
        return own[1] if edges[1] > own[1] - _SAMPLE else max(edges[1], at)
