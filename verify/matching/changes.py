"""Where two pictures of one scene differ, once the one is laid onto the other.

The earlier picture is warped onto the incoming one, brought to its brightness, contrast and
colours as far as these changed everywhere alike, and both are compared where neither is finer than
the other. What remains beyond what compression and scaling do is gathered into regions.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from verify.matching.geometry import Matrix, linear_at
from verify.matching.points import Grey
from verify.matching.shifts import remaining_shift
from verify.matching.windows import correlate, deviation, evened, mean
from verify.records import Change, Corners, Differences, Pixels, Region

Plane = NDArray[Any]  # float32, (h, w)
Mask = NDArray[np.bool_]

_LONGEST, _LEAST = 512, 96  # pixels, the side that is compared
_WINDOW = 9  # pixels, of the comparison
_SMOOTH = 1.2  # pixels, sigma of the blur before it
_SURE, _LIKELY = 2.0, 1.0  # a region holds some of the one, and reaches as far as the other
_LIGHT, _TINT = 7.0, 6.0  # L* and a*b* units that compression and scaling alone do not reach
_OTHER_TONES = 1.0  # L*a*b* units at the median, which saving again does not reach
_ROUGH = 0.55  # of the spread in a window: what a shift of half a pixel does to an edge
_DETAIL = 3.0  # L* units of spread: below this nothing could be lost
_LOST = 0.5  # of the detail, as against that of the rest
_PLAIN = 1.2  # L* units of spread: one colour
_NOISE = 3.0  # times what differs at the median
_SMALLEST = 0.0006  # of the picture's area
_CLOSE = 0.012  # of the longest side: parts as near as this are one
_BORDER = 3  # pixels along the edge of what both show
_MOST = 12  # regions
_TOO_MUCH = 0.6  # of the area: these are not two looks of one picture
_FITTING = 0.35  # share of the detail
_ONE_MAP = 0.6  # of the corners that are followed; of bent pictures 0.53 at most agree
_TRACKED, _LEAST_INLIERS, _FARTHEST = 400, 12, 6.0  # as in `remaining_shift`


def differences(incoming: Pixels, earlier: Pixels, lies: tuple[float, ...]) -> Differences | None:
    """Where the pictures differ; None where they cannot be laid upon one another.

    lies: (3, 3) by rows, from fractions of the earlier picture to fractions of the incoming one.
    """
    laid = _Laid.on(_lab(incoming), _lab(earlier), np.array(lies).reshape(3, 3))
    if laid is None or not laid.fits():
        return None
    score = laid.score()
    found = _regions(score, laid.seen)
    share = float((found > 0).sum() / max(1, laid.seen.sum()))
    if share > _TOO_MUCH:
        return Differences(regions=(), share=share, too_much=True)
    regions = [laid.region(found == number) for number in range(1, found.max() + 1)]
    regions.sort(key=lambda region: -region.share)
    return Differences(regions=tuple(regions[:_MOST]), share=share, more=len(regions) > _MOST)


def _lab(pixels: Pixels) -> Plane:
    """(h, w, 3) in CIE L*a*b*."""
    rgb = np.frombuffer(pixels.rgb, np.uint8).reshape(pixels.height, pixels.width, 3)
    return cv2.cvtColor(rgb.astype(np.float32) / 255, cv2.COLOR_RGB2LAB)


@dataclass(frozen=True)
class _Laid:
    """Both pictures at one scale, (h, w, 3): the earlier one as the incoming one would show it.

    seen: where both show something.
    """

    incoming: Plane
    earlier: Plane
    seen: Mask

    @classmethod
    def on(cls, incoming: Plane, earlier: Plane, lies: Matrix) -> _Laid | None:
        height, width = incoming.shape[:2]
        matrix = (
            np.diag([width, height, 1.0]) @ lies
            @ np.diag([1 / earlier.shape[1], 1 / earlier.shape[0], 1.0])
        )  # fmt: skip
        middle = (earlier.shape[1] / 2, earlier.shape[0] / 2)
        grown = float(np.sqrt(abs(np.linalg.det(linear_at(matrix, middle)))))
        # not finer than the coarser of the two
        shrink = min(1.0, _LONGEST / max(width, height), 1 / max(grown, 1e-6))
        shrink = min(1.0, max(shrink, _LEAST / max(width, height)))
        small = _scaled(incoming, shrink)
        matrix = np.diag([small.shape[1] / width, small.shape[0] / height, 1.0]) @ matrix
        warped, seen = _warped(earlier, matrix, small.shape[:2], grown * shrink)
        if seen.sum() < _LEAST:
            return None
        one_map = True
        for _ in range(2):
            shift = remaining_shift(
                _evened(warped),
                _evened(small),
                seen,
                tracked=_TRACKED,
                farthest=_FARTHEST,
                inliers=_LEAST_INLIERS,
            )
            if shift is None:
                break
            matrix = shift.matrix @ matrix
            one_map = shift.share >= _ONE_MAP
            warped, seen = _warped(earlier, matrix, small.shape[:2], grown * shrink)
        if not one_map:  # bent: all edges beside where it lies would seem to have changed
            return None
        small, warped = (cv2.GaussianBlur(one, (0, 0), _SMOOTH) for one in (small, warped))
        inside = cv2.erode(seen.astype(np.uint8), np.ones((2 * _BORDER + 1,) * 2), borderValue=1)
        if not inside.any():
            return None
        return cls(small, _toned(warped, small, inside > 0), inside > 0)

    def fits(self) -> bool:
        """Whether the detail of the one mostly lies on the like detail of the other."""
        detailed = self.seen & (self._looks[1].spread > _DETAIL)
        return detailed.sum() < _LEAST or float((self._alike[detailed] > 0.6).mean()) > _FITTING

    @cached_property
    def _alike(self) -> Plane:
        return correlate(self.incoming[..., 0], self.earlier[..., 0], _WINDOW + 4)

    def score(self) -> Plane:
        """By how much more both differ around each pixel than copies do; from 1 on it tells."""
        light, tint = self._apart()
        rough = np.minimum(*(look.spread for look in self._looks))
        noise = _NOISE * float(np.median(light[self.seen]))
        score = np.maximum(
            light / (max(_LIGHT, noise) + _ROUGH * rough),
            tint / max(_TINT, _NOISE * float(np.median(tint[self.seen]))),
        )
        # what has the same structure has but other light: a shadow of scaling, a sharper edge
        score = np.where((self._alike > 0.85) & (tint < _TINT), score * 0.4, score)
        score = np.maximum(score, self._smoothed())
        return np.where(self.seen, score, 0).astype(np.float32)

    def _apart(self) -> tuple[Plane, Plane]:
        """What differs in light and in colour, at the best of the shifts by a pixel."""
        size = self.earlier.shape[1::-1]
        light = tint = np.full(self.seen.shape, np.inf, np.float32)
        for across, down in itertools.product((-1, 0, 1), repeat=2):
            move = np.array([[1, 0, across], [0, 1, down]], np.float32)
            moved = cv2.warpAffine(self.earlier, move, size, borderMode=cv2.BORDER_REPLICATE)
            gap = self.incoming - moved
            light = np.minimum(light, np.maximum(mean(gap[..., 0] ** 2, _WINDOW), 0))
            colours = np.hypot(mean(gap[..., 1], _WINDOW), mean(gap[..., 2], _WINDOW))
            tint = np.minimum(tint, colours)
        return np.sqrt(light), tint

    def _smoothed(self) -> Plane:
        """By how much more detail is lost around each pixel than everywhere; from 1 on it tells."""
        now, then = (mean(look.spread, _WINDOW) for look in self._looks)
        rough = self.seen & (then > _DETAIL)
        if rough.sum() < _LEAST:
            return np.zeros(now.shape, np.float32)
        usual = float(np.median(now[rough] / then[rough]))
        kept = now / np.maximum(then * usual, 1e-6)
        return np.where(rough, _LOST / np.maximum(kept, 1e-3), 0)

    def region(self, mask: Mask) -> Region:
        """One region: where it is in the incoming picture, and what is different in it."""
        ys, xs = np.nonzero(mask)
        height, width = mask.shape
        left, right = float(xs.min() / width), float((xs.max() + 1) / width)
        top, bottom = float(ys.min() / height), float((ys.max() + 1) / height)
        corners: Corners = ((left, top), (right, top), (right, bottom), (left, bottom))
        return Region(corners=corners, change=self._change(mask), share=float(mask.mean()))

    @cached_property
    def _looks(self) -> tuple[_Look, _Look]:
        return _Look.of(self.incoming), _Look.of(self.earlier)

    def _change(self, mask: Mask) -> Change:
        now, then = (look.within(mask) for look in self._looks)
        alike = self._alike[mask].mean()
        if max(now.spread, then.spread) < _PLAIN:
            return Change.RECOLOURED
        if now.spread < _PLAIN or (alike > 0.3 and now.spread < 0.5 * then.spread):
            return Change.COVERED
        if alike > 0.6:
            return Change.RECOLOURED
        return Change.ADDED if now.outline >= then.outline else Change.REMOVED


@dataclass(frozen=True)
class _Part:
    """How one picture looks in a region. spread: of its light within small windows.

    outline: how much light and colour change along the region's outline.
    """

    spread: float
    outline: float


@dataclass(frozen=True)
class _Look:
    """How much one picture's light varies around each pixel, and how steeply it changes; (h, w)."""

    spread: Plane
    steepness: Plane

    @classmethod
    def of(cls, picture: Plane) -> _Look:
        steps = [
            cv2.Sobel(picture[..., channel], cv2.CV_32F, across, 1 - across) ** 2
            for channel in range(3)
            for across in (0, 1)
        ]
        return cls(deviation(picture[..., 0], _WINDOW), np.sqrt(np.sum(steps, axis=0)))

    def within(self, mask: Mask) -> _Part:
        solid = mask.astype(np.uint8)
        core = cv2.erode(solid, np.ones((2 * _WINDOW + 1,) * 2, np.uint8)) > 0
        near = np.ones((5, 5), np.uint8)
        edge = (cv2.dilate(solid, near) > 0) & (cv2.erode(solid, near) == 0)
        return _Part(
            spread=float(self.spread[core if core.any() else mask].mean()),
            outline=float(self.steepness[edge].mean()) if edge.any() else 0.0,
        )


def _evened(picture: Plane) -> Grey:
    return evened(np.ascontiguousarray(picture[..., 0]) * 2.55)


def _scaled(picture: Plane, scale: float) -> Plane:
    if scale >= 1:
        return picture
    height, width = picture.shape[:2]
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    return cv2.resize(picture, size, interpolation=cv2.INTER_AREA)


def _warped(
    picture: Plane, matrix: Matrix, shape: tuple[int, ...], scale: float
) -> tuple[Plane, Mask]:
    """A picture laid onto a frame, shrunk first where warping alone would alias."""
    shrink = min(1.0, scale)
    small = _scaled(picture, shrink)
    grow = np.diag([picture.shape[1] / small.shape[1], picture.shape[0] / small.shape[0], 1.0])
    size = (shape[1], shape[0])
    ones = np.ones(small.shape[:2], np.uint8)
    laid = cv2.warpPerspective(small, matrix @ grow, size, borderMode=cv2.BORDER_REPLICATE)
    return laid, cv2.warpPerspective(ones, matrix @ grow, size) > 0


def _toned(earlier: Plane, incoming: Plane, seen: Mask) -> Plane:
    """The earlier picture in the incoming one's tones, as far as these changed everywhere alike.

    Light by the median of what each level became; colours by two maps of light and colour, each
    fitted three times, the last two to what fits. The one that comes nearer counts: what neither
    explains changed.
    """
    light = earlier[..., 0][seen]
    target = incoming[seen]
    levels = np.linspace(0, 100, 26)
    which = np.digitize(light, levels)
    centres, became = [], []
    for level in np.unique(which):
        at = which == level
        if at.sum() >= 20:
            centres.append(float(light[at].mean()))
            became.append(float(np.median(target[at, 0])))
    out = earlier.copy()
    if len(centres) >= 2:
        out[..., 0] = np.interp(earlier[..., 0], centres, np.maximum.accumulate(became))
    straight = _tinted(_straight, earlier, target, seen)
    if not _changed_everywhere(earlier, out, straight, seen):
        out[..., 1:] = straight
        return out.astype(np.float32)
    bent = _tinted(_bent, earlier, target, seen)
    farther = [np.linalg.norm(one - incoming[..., 1:], axis=2) for one in (straight, bent)]
    out[..., 1:] = np.where((farther[0] <= farther[1])[..., None], straight, bent)
    return out.astype(np.float32)


def _changed_everywhere(earlier: Plane, lit: Plane, tinted: Plane, seen: Mask) -> bool:
    """Whether the tones as such are others: in most places lighter, darker or of another tint."""
    light = np.abs(lit[..., 0] - earlier[..., 0])[seen]
    tint = np.linalg.norm(tinted - earlier[..., 1:], axis=2)[seen]
    return max(float(np.median(light)), float(np.median(tint))) > _OTHER_TONES


def _tinted(made_of: Callable[[Plane], Plane], earlier: Plane, target: Plane, seen: Mask) -> Plane:
    """The earlier picture's a*b* by a linear map of what they are made of."""
    known = made_of(earlier[seen])
    fits = np.ones(len(known), bool)
    for _ in range(3):
        maps = np.linalg.lstsq(known[fits], target[fits, 1:], rcond=None)[0]
        left = np.linalg.norm(known @ maps - target[:, 1:], axis=1)
        fits = left <= max(2.0, 2.5 * float(np.median(left)))
    return (made_of(earlier.reshape(-1, 3)) @ maps).reshape(*earlier.shape[:2], 2)


def _straight(colours: Plane) -> Plane:
    return np.column_stack([np.ones(len(colours), np.float32), colours / 100])


def _bent(colours: Plane) -> Plane:
    """With squares: more contrast or colour tints what is light otherwise than what is dark. For
    colours that are rare it may go astray, which `_straight` does not."""
    one = _straight(colours)
    return np.column_stack([one[:, i] * one[:, j] for i in range(4) for j in range(i, 4)])


def _regions(score: Plane, seen: Mask) -> NDArray[np.int32]:
    """Numbers the regions from 1: what is likely changed around what surely is."""
    side = max(3, round(_CLOSE * max(score.shape))) | 1
    likely = cv2.morphologyEx(
        (score > _LIKELY).astype(np.uint8), cv2.MORPH_CLOSE, np.ones((side, side), np.uint8)
    )
    likely = cv2.morphologyEx(likely, cv2.MORPH_OPEN, np.ones((3, 3), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(likely, connectivity=8)
    out = np.zeros(score.shape, np.int32)
    number, least = 0, max(20, _SMALLEST * seen.sum())
    for label in range(1, count):
        if stats[label, cv2.CC_STAT_AREA] < least:
            continue
        here = labels == label
        if np.percentile(score[here], 80) > _SURE * 0.6 and score[here].max() > _SURE:
            number += 1
            out[here] = number
    return out
