"""An axis of time on which long pauses are cut out, so that seconds and weeks fit on one."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

_MOST_PARTS = 5  # more hold no time of day at the width of a telephone
_PAUSE = 1800.0  # seconds at least: what comes sooner belongs to the same occasion
_BREAK = 12.0  # points between two parts
_LEAST = 34.0  # points of a part: as wide as its time
_INSET = 7.0  # points within a part, for half a mark
_APART = 44.0  # points from one figure to the next
_FIGURE = 41.0  # points: how wide the widest is
_MINUTE, _HOUR, _DAY = 60, 3600, 86_400
_STEPS = (
    1, 2, 5, 10, 15, 30,
    *(_MINUTE * n for n in (1, 2, 5, 10, 15, 30)),
    *(_HOUR * n for n in (1, 2, 3, 6, 12)),
    *(_DAY * n for n in (1, 2, 5, 10, 30, 91, 365, 3650)),
)  # fmt: skip


@dataclass(frozen=True)
class Tick:
    """A time that is written under the axis: where, which, and in which steps, in seconds. begins:
    whether it is the first of its part."""

    along: float
    seconds: float
    step: int
    begins: bool


@dataclass(frozen=True)
class Part:
    """From when to when, in seconds since 1970, and from where to where it is drawn."""

    first: float
    last: float
    left: float
    right: float

    def at(self, seconds: float) -> float:
        """Where a time of this part lies."""
        left, right = self.left + _INSET, self.right - _INSET
        span = self.last - self.first
        return left + (right - left) * ((seconds - self.first) / span if span else 0.5)

    def ticks(self) -> list[Tick]:
        """The times that may be written under it. At least one: where there is room for no more,
        when it begins."""
        room = (self.right - self.left - 2 * _INSET) / _APART
        span = self.last - self.first
        step = next((one for one in _STEPS if span / one <= room), _STEPS[-1])
        begin = -(-self.first // step) * step
        found = [begin + step * number for number in range(int((self.last - begin) // step) + 1)]
        if len(found) < 2:
            step, found = (1 if span < _MINUTE else _MINUTE), [self.first]
        return [
            Tick(self.at(seconds), seconds, step, begins=place == 0)
            for place, seconds in enumerate(found)
        ]


class Axis:
    """An axis from 0 to `width`, all of whose parts have one scale unless they are too short."""

    def __init__(self, times: Sequence[float], width: float) -> None:
        """times: in seconds since 1970, at least one."""
        spans = _cut(sorted(set(times)))
        room = width - _BREAK * (len(spans) - 1)
        widths = _widths([last - first for first, last in spans], room)
        left = 0.0
        self.parts: list[Part] = []
        for (first, last), wide in zip(spans, widths, strict=True):
            self.parts.append(Part(first, last, left, left + wide))
            left += wide + _BREAK

    def at(self, seconds: float) -> float:
        """Where a time lies that the axis was made for."""
        return next(one for one in self.parts if seconds <= one.last).at(seconds)

    def ticks(self) -> list[Tick]:
        """The times that are written, none over another: the first of each part before others."""
        kept: list[Tick] = []
        every = [tick for part in self.parts for tick in part.ticks()]
        for tick in sorted(every, key=lambda one: (not one.begins, one.along)):
            if all(abs(tick.along - other.along) >= _FIGURE for other in kept):
                kept.append(tick)
        return sorted(kept, key=lambda one: one.along)

    def scale(self) -> tuple[int, float] | None:
        """So many seconds are so many points, in every part; None where parts differ, because some
        are too short."""
        scales = {
            round((one.right - one.left - 2 * _INSET) / (one.last - one.first), 6)
            for one in self.parts
            if one.last > one.first
        }
        if len(scales) != 1:
            return None
        step = max((one for one in _STEPS if one * max(scales) <= _APART), default=1)
        return step, step * max(scales)

    def breaks(self) -> Iterator[float]:
        """The middles of what was cut out."""
        for earlier, later in pairwise(self.parts):
            yield (earlier.right + later.left) / 2


def _cut(times: list[float]) -> list[tuple[float, float]]:
    """From when to when the parts last: as many of the longest pauses are cut as make what stays
    the most even."""
    pauses = sorted(((b - a, a, b) for a, b in pairwise(times)), reverse=True)
    shown, best, cuts = times[-1] - times[0], math.inf, 0
    for number, (long, _, _) in enumerate(pauses[:_MOST_PARTS]):
        if shown and long / shown < best:
            best, cuts = long / shown, number
        if long < _PAUSE:
            break
        shown -= long
    ends = sorted((a, b) for _, a, b in pauses[:cuts])
    edges = [times[0], *(edge for cut in ends for edge in cut), times[-1]]
    return list(zip(edges[::2], edges[1::2], strict=True))


def _widths(spans: list[float], room: float) -> list[float]:
    """In proportion to the spans, but none less than `_LEAST`; each has the same inset beside."""
    inner, least = room - 2 * _INSET * len(spans), _LEAST - 2 * _INSET
    narrow: set[int] = set()
    while True:
        wide = [number for number in range(len(spans)) if number not in narrow]
        left, total = inner - least * len(narrow), sum(spans[number] for number in wide)
        shares = {n: left * (spans[n] / total) if total else left / len(wide) for n in wide}
        short = {number for number, share in shares.items() if share < least}
        if not short:
            break
        narrow |= short
    return [shares.get(number, least) + 2 * _INSET for number in range(len(spans))]
