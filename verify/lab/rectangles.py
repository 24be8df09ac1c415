"""Upright rectangles whose four sides are straight cuts, as of a picture put into another.

Candidates for the sides are the columns and rows with the longest stretch of jumps; every pair of
columns is set against every pair of rows. What tells a cut from the edge of a thing: it stops at
the corners, the picture is lively on both sides of it, and now the one side is brighter, now the
other. The weights are a logistic regression's on 150 insets and 900 photographs of the tuning part
of `benchmarks/photographs.py`, rounded; the thresholds were fixed there as well.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from verify.lab.steps import Plane, Steps

SURE = 1.2  # of the score: what has less may be something else
WORTH_A_LOOK = 1.04  # what a part of the picture is described for: 7 in 100 photographs have it
_LEAST, _USUAL = 48, 64  # pixels of a side
_FOR, _AGAINST = 3, 2  # a jump and none: of a stretch's pixels 0.4 must jump
_WEAKEST, _CLEAR = 0.35, 0.45  # of the pixels of the weakest side
_LARGEST = 0.6  # of the picture's area: what is larger stands in a frame
_LINES = 48  # candidates of either direction
_TRIED = 12  # rectangles
_CORNER = 3  # pixels at each end of a side that do not count
_LEVELS = 6  # that one side must be brighter by, to count as that

Shown = NDArray[np.bool_]
Sides = tuple[int, int, int, int]


@dataclass(frozen=True)
class Rectangle:
    """sides: left, top, right, bottom, in fractions. score: how much like a cut, about 0 to 1.

    clear: whether no side is short or weak.
    """

    sides: tuple[float, float, float, float]
    score: float
    clear: bool


def rectangles(steps: Steps) -> list[Rectangle]:
    """The rectangles with four straight sides, the likeliest first."""
    pixels, upright, level = steps.pixels, steps.upright, steps.level
    height, width = pixels.shape[:2]
    if min(height, width) < 2 * _LEAST:
        return []
    found = []
    for sides, shares in _four_sided(upright, level):
        left, top, right, bottom = sides
        at = (left / width, top / height, right / width, bottom / height)
        clear = shares.min() >= _CLEAR and min(right - left, bottom - top) >= _USUAL
        score = _score(sides, shares, upright, level, pixels)
        found.append(Rectangle(at, score, bool(clear)))
    return sorted(found, key=lambda one: -one.score)


def _four_sided(upright: Shown, level: Shown) -> list[tuple[Sides, NDArray[np.float64]]]:
    """Rectangles with the share of jumps on their sides (left, right, top, bottom)."""
    columns, rows = _lines(upright), _lines(level)
    one, other = _pairs(columns)
    first, second = _pairs(rows)
    if not len(one) or not len(first):
        return []
    across = _shares(level, columns[one], columns[other], rows)
    down = _shares(upright, rows[first], rows[second], columns)
    # nearly all have a side that is too weak: only those that have none are weighed
    shown, stood = across >= _WEAKEST, down >= _WEAKEST
    pairs, rests = (np.flatnonzero(strong.sum(axis=1) > 1) for strong in (shown, stood))
    strong = shown[pairs][:, first[rests]] & shown[pairs][:, second[rests]]
    strong &= (stood[rests][:, one[pairs]] & stood[rests][:, other[pairs]]).T
    places = np.nonzero(strong)
    pair, rest = pairs[places[0]], rests[places[1]]
    i, j, a, b = one[pair], other[pair], first[rest], second[rest]
    sides = np.stack([columns[i], rows[a], columns[j], rows[b]], axis=1)
    shares = np.stack([down[rest, i], down[rest, j], across[pair, a], across[pair, b]], axis=1)
    areas = (sides[:, 2] - sides[:, 0]) * (sides[:, 3] - sides[:, 1])
    small = areas <= _LARGEST * upright.size
    sides, shares = sides[small], shares[small]
    best = np.argsort(-shares.min(axis=1), kind="stable")[:_TRIED]
    return [((*sides[place].tolist(),), shares[place]) for place in best]


def _lines(shown: Shown) -> NDArray[np.intp]:
    """The columns with the best stretches, in order; of neighbours the best one only."""
    best = _stretches(shown)
    around = np.pad(best, 2)
    highest = np.max([around[shift : shift + len(best)] for shift in range(5)], axis=0)
    peaks = np.flatnonzero((best > 0) & (best >= highest))
    kept: NDArray[np.intp] = np.sort(peaks[np.argsort(-best[peaks])][:_LINES])
    return kept


def _stretches(shown: Shown) -> NDArray[np.float32]:
    """For each column its stretch with most jumps beyond 0.4: how many; 0 if it is short.

    The largest sum of a stretch, as by Kadane's algorithm, by running sums and their lowest.
    """
    lines = np.ascontiguousarray(shown.T)
    gained = np.where(lines, np.int16(_FOR), np.int16(-_AGAINST))
    sums = np.zeros((len(lines), len(shown) + 1), np.int16)
    np.cumsum(gained, axis=1, dtype=np.int16, out=sums[:, 1:])
    before = sums[:, :-1]
    lowest = np.minimum.accumulate(before, axis=1)
    gains = sums[:, 1:] - lowest
    ends = gains.argmax(axis=1)
    each = np.arange(len(lines))
    starting = before == lowest[each, ends][:, None]
    starting &= np.arange(len(shown)) <= ends[:, None]
    starts = len(shown) - 1 - starting[:, ::-1].argmax(axis=1)
    most = gains[each, ends].astype(np.float64)
    best: NDArray[np.float32] = (most / (_FOR + _AGAINST)).astype(np.float32)
    best[(best <= 0) | (ends + 1 - starts < 0.6 * _LEAST)] = 0
    return best


def _pairs(lines: NDArray[np.intp]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Every two lines far enough from one another, as places in `lines`."""
    one, other = np.triu_indices(len(lines), 1)
    apart = lines[other] - lines[one] >= _LEAST
    return one[apart], other[apart]


def _shares(
    shown: Shown, start: NDArray[np.intp], stop: NDArray[np.intp], lines: NDArray[np.intp]
) -> NDArray[np.float64]:
    """For each stretch from start to stop, the share of jumps on each line; (stretches, lines)."""
    sums = np.pad(np.cumsum(shown[:, lines], axis=0), ((1, 0), (0, 0)))
    counted: NDArray[np.int64] = sums[stop - _CORNER + 1] - sums[start + _CORNER]
    shares: NDArray[np.float64] = counted / (stop - start - 2 * _CORNER + 1)[:, None]
    return shares


def _score(
    sides: Sides,
    shares: NDArray[np.float64],
    upright: Shown,
    level: Shown,
    pixels: Plane,
) -> float:
    left, top, right, bottom = sides
    ends = (
        (upright, left, top, bottom),
        (upright, right, top, bottom),
        (level, top, left, right),
        (level, bottom, left, right),
    )
    beyond = np.mean([_goes_on(shown, line, start, stop) for shown, line, start, stop in ends])
    lively, mixed = _contrast(sides, pixels)
    side = min(right - left, bottom - top)
    return float(
        shares.mean()
        - 0.25 * beyond
        + 0.22 * np.log(side / _USUAL)
        + 0.0035 * lively
        + 0.54 * mixed
    )


def _goes_on(shown: Shown, line: int, start: int, stop: int) -> float:
    """How far a side runs on beyond its corners: the greater share of jumps there."""
    reach = max(8, (stop - start) // 3)
    near = shown[:, max(0, line - 1) : line + 2]
    parts = near[max(0, start - reach - 3) : max(0, start - 3)], near[stop + 3 : stop + reach + 3]
    return max((float(part.mean(axis=0).max()) for part in parts if len(part) > 2), default=0.0)


def _contrast(sides: Sides, pixels: Plane) -> tuple[float, float]:
    """How lively the picture is along the sides, and how often the brighter side changes.

    Levels of standard deviation just outside plus just inside; and 0 to 0.5.
    """
    left, top, right, bottom = sides
    rows, columns = slice(top + 2, bottom - 2), slice(left + 2, right - 2)
    last_row, last_column = pixels.shape[0] - 1, pixels.shape[1] - 1
    along = (
        pixels[rows, max(0, left - 2)],
        pixels[rows, min(last_column, right + 2)],
        pixels[max(0, top - 2), columns],
        pixels[min(last_row, bottom + 2), columns],
        pixels[rows, left + 2],
        pixels[rows, right - 2],
        pixels[top + 2, columns],
        pixels[bottom - 2, columns],
    )
    grey = [line.mean(axis=1) for line in along]
    outside, inside = grey[:4], grey[4:]
    lively = np.mean([part.std() for part in outside]) + np.mean([part.std() for part in inside])
    mixed = []
    for out, within in zip(outside, inside, strict=True):
        difference = (within - out)[np.abs(within - out) > _LEVELS]
        brighter = float((difference > 0).mean()) if len(difference) else 0.5
        mixed.append(min(brighter, 1 - brighter))
    return float(lively), float(np.mean(mixed))
