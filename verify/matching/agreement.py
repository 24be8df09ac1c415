"""Do two pictures look alike once the one is laid onto the other? Pixel by pixel.

The incoming picture is warped onto the earlier one's thumbnail and both are compared by
normalised correlation in small windows, so that brightness and contrast do not count. What
is mostly flat (letters, charts, interfaces) is told from what is photograph.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from verify.matching.geometry import Matrix, linear_at
from verify.matching.points import Grey
from verify.matching.shifts import remaining_shift
from verify.matching.windows import Map, correlate, deviation, evened

_BLOCK = 12  # pixels
_SMALLEST = 64  # pixels, longest side that pictures are compared at
_ALIKE = 0.8
_TEXTURED = 4.0  # grey levels, standard deviation within a block
_ONE_LEVEL = 0.42  # share of a window at one level: letters, charts and interfaces lie on it
_SMOOTH = 1.0  # pixels, sigma of the blur before anything is compared
_TRACKED, _LEAST_INLIERS = 150, 10  # corners that are followed to refine a map
_FARTHEST = 8.0  # pixels that a corner may have moved
_NEAR = 7  # pixels, side of the windows that tell what can be seen
_LEVEL = 40  # grey levels, after gain and offset, within which blank parts are alike
# What a pixel says for its line to be seen: alike or not, where textured and where blank.
_TEXTURED_VOTES, _BLANK_VOTES = (3.0, -1.0), (0.6, -0.2)
_LEAST_CUT = 0.05  # of the height or width


@dataclass(frozen=True)
class Agreement:
    """How far two pictures agree.

    matrix: (3, 3) from the earlier thumbnail's pixels to the query frame's, refined.
    seen: left, top, right, bottom of what of the earlier picture can be seen in the query,
    as fractions. The grids have one cell a block of the earlier picture within `seen`:
    correlation -1 to 1; photo and graphic: what kind of thing is there; neither: blank.
    whole: share that is alike of all that is not blank in either picture, wherever they
    overlap, what was cut off `seen` included. block: width and height of a block, as fractions.
    """

    matrix: Matrix
    seen: tuple[float, float, float, float]
    correlation: Map
    photo: NDArray[np.bool_]
    graphic: NDArray[np.bool_]
    whole: float
    block: tuple[float, float]

    @property
    def alike(self) -> NDArray[np.bool_]:
        """Which blocks look alike."""
        return self.correlation > _ALIKE

    def at(self, blocks: NDArray[np.bool_], points: NDArray[Any]) -> NDArray[np.bool_]:
        """Which points lie on these blocks. points: (n, 2), fractions of the earlier picture."""
        column, row = np.floor((points - self.seen[:2]) / self.block).astype(int).T
        within = (row >= 0) & (row < blocks.shape[0]) & (column >= 0) & (column < blocks.shape[1])
        found: NDArray[np.bool_] = within.copy()
        found[within] = blocks[row[within], column[within]]
        return found


def compare(
    query: Grey, levels: Sequence[Map], thumbnail: Grey, matrix: Matrix
) -> tuple[Agreement, ...]:
    """Compare a query's frame with an earlier picture's thumbnail.

    levels: maps of the query's frame, as of `windows.levels`: what is drawn is told by each.
    matrix: (3, 3) from the thumbnail's pixels to the query frame's.
    Returns one for each of the levels, which differ in `photo` and `graphic` alone; none where
    nearly nothing of the earlier picture lies inside the query.
    """
    scale = _scale_at_centre(matrix, thumbnail)
    shrink = min(1.0, max(scale, _SMALLEST / max(thumbnail.shape)))
    if shrink < 1:
        size = (
            max(16, round(thumbnail.shape[1] * shrink)),
            max(16, round(thumbnail.shape[0] * shrink)),
        )
        small = cv2.resize(thumbnail, size, interpolation=cv2.INTER_AREA)
        grow = np.diag([thumbnail.shape[1] / size[0], thumbnail.shape[0] / size[1], 1.0])
    else:
        small, grow = thumbnail, np.eye(3)
    laid = _Laid.on(query, small, matrix @ grow)
    better = laid.refined()
    if better is not None and better.score() > laid.score():
        laid = better
    matrix = laid.matrix @ np.linalg.inv(grow)
    return tuple(replace(one, matrix=matrix) for one in laid.agreements(levels))


def _scale_at_centre(matrix: Matrix, thumbnail: Grey) -> float:
    """How many query pixels one pixel of the thumbnail covers in its middle, in length."""
    height, width = thumbnail.shape
    return float(np.sqrt(abs(np.linalg.det(linear_at(matrix, (width / 2, height / 2))))))


@dataclass(frozen=True)
class _Laid:
    """The query laid onto the earlier picture, all in pixels of the latter.

    matrix: as in `Agreement`. smooth, warped: the earlier picture and the query, blurred.
    inside: where the query has anything. correlation: of both, around every pixel.
    """

    query: Grey
    earlier: Grey
    matrix: Matrix
    smooth: Map
    warped: Map
    inside: NDArray[np.bool_]
    correlation: Map

    @classmethod
    def on(cls, query: Grey, earlier: Grey, matrix: Matrix) -> _Laid:
        height, width = earlier.shape
        scale = _scale_at_centre(matrix, earlier)
        source, down = query, np.eye(3)
        if scale > 1.2:  # shrink first: warping alone would alias
            size = (max(1, round(query.shape[1] / scale)), max(1, round(query.shape[0] / scale)))
            source = cv2.resize(query, size, interpolation=cv2.INTER_AREA)
            down = np.diag([size[0] / query.shape[1], size[1] / query.shape[0], 1.0])
        flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
        warped = cv2.warpPerspective(
            source, down @ matrix, (width, height), flags=flags, borderMode=cv2.BORDER_REPLICATE
        )
        ones = np.ones(source.shape, np.uint8)
        inside = cv2.warpPerspective(ones, down @ matrix, (width, height), flags=flags) > 0
        smooth = cv2.GaussianBlur(earlier.astype(np.float32), (0, 0), _SMOOTH)
        blurred = cv2.GaussianBlur(warped.astype(np.float32), (0, 0), _SMOOTH)
        correlation = correlate(smooth, blurred, _BLOCK)
        return cls(query, earlier, matrix, smooth, blurred, inside, correlation)

    def score(self) -> float:
        """How much looks alike: positive correlation, summed over what is textured."""
        textured = deviation(self.smooth, _BLOCK) > _TEXTURED
        return float((np.clip(self.correlation, 0, 1) * (self.inside & textured)).sum())

    def refined(self) -> _Laid | None:
        """Laid on better: the small shifts that remain, point by point, bend the map."""
        shift = remaining_shift(
            evened(self.smooth),
            evened(self.warped),
            self.inside,
            tracked=_TRACKED,
            farthest=_FARTHEST,
            inliers=_LEAST_INLIERS,
        )
        if shift is None:
            return None
        return _Laid.on(self.query, self.earlier, self.matrix @ shift.matrix)

    def agreements(self, levels: Sequence[Map]) -> Iterator[Agreement]:
        """Block by block, by each of the levels; none where nothing can be seen."""
        box = self._seen()
        if box is None:
            return
        left, top, right, bottom = box
        rows = np.arange(top + _BLOCK // 2, bottom - _BLOCK // 2 + 1, _BLOCK)
        columns = np.arange(left + _BLOCK // 2, right - _BLOCK // 2 + 1, _BLOCK)
        if len(rows) < 1 or len(columns) < 1:
            return
        at = np.ix_(rows, columns)
        textured = (deviation(self.smooth, _BLOCK)[at] > _TEXTURED) & self.inside[at]
        height, width = self.earlier.shape
        seen, block = (left / width, top / height, right / width, bottom / height), (
            _BLOCK / width, _BLOCK / height,
        )  # fmt: skip
        whole, flags = self._whole(), cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
        for one in levels:
            drawn = cv2.warpPerspective(one, self.matrix, self.earlier.shape[::-1], flags=flags)
            flat = (drawn > _ONE_LEVEL)[at]
            yield Agreement(
                self.matrix, seen, self.correlation[at], textured & ~flat, textured & flat,
                whole, block,
            )  # fmt: skip

    def _whole(self) -> float:
        """The share that is alike of what is textured in either picture, uncut."""
        fully = cv2.erode(self.inside.astype(np.uint8), np.ones((_BLOCK, _BLOCK)), borderValue=1)
        either = np.maximum(deviation(self.smooth, _BLOCK), deviation(self.warped, _BLOCK))
        textured = (fully > 0) & (either > _TEXTURED)
        return float((self.correlation[textured] > _ALIKE).sum() / max(1, textured.sum()))

    def _seen(self) -> tuple[int, int, int, int] | None:
        """The part of the earlier picture that the query shows: edges that differ cut away."""
        near = correlate(self.smooth, self.warped, _NEAR)
        alive = (deviation(self.smooth, _NEAR) > 3) | (deviation(self.warped, _NEAR) > 3)
        strong = self.inside & alive & (near > _ALIKE)
        if strong.sum() < 30:
            return None
        gain, offset = np.polyfit(self.warped[strong], self.smooth[strong], 1)
        level = np.abs(self.warped * gain + offset - self.smooth) < _LEVEL
        textured, blank = np.where(near > 0.6, *_TEXTURED_VOTES), np.where(level, *_BLANK_VOTES)
        vote = np.where(alive, textured, blank)
        vote = np.where(self.inside, vote, 0)
        ys, xs = np.flatnonzero(self.inside.any(axis=1)), np.flatnonzero(self.inside.any(axis=0))
        top, bottom, left, right = int(ys[0]), int(ys[-1]) + 1, int(xs[0]), int(xs[-1]) + 1
        for _ in range(2):  # what was cut off one way no longer counts the other way
            lines = vote[top:bottom, left:right].sum(axis=1)
            top, bottom = top + _cut(lines), bottom - _cut(lines[::-1])
            lines = vote[top:bottom, left:right].sum(axis=0)
            left, right = left + _cut(lines), right - _cut(lines[::-1])
            if bottom - top < _BLOCK or right - left < _BLOCK:
                return None
        return left, top, right, bottom


def _cut(votes: NDArray[np.float64]) -> int:
    """How many lines to cut off at the beginning: those where hardly anything agrees."""
    sums = np.cumsum(votes)
    lowest = int(sums.argmin()) + 1 if len(sums) and sums.min() < 0 else 0
    return lowest if lowest > _LEAST_CUT * len(sums) else 0
