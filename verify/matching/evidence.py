"""What speaks for one picture showing another, in numbers, and whether it is enough.

What looks alike must be photograph, not letters on a flat ground, and must spread. Eight
routes accept: *strict* by the share of keypoints that agree, *clear* by pixels that agree
over a wide area, *loose* by keypoints that hardly any other archived picture has, *broad* by
many keypoints and most of the photograph, *covered* by keypoints all over what agrees, around
what lies over it, *pixels* by photograph that agrees nearly everywhere, *whole* by pixels that
nearly all agree wherever the two pictures overlap, *strip* by the same in one row of blocks.

Before all of them, what shares letters or an interface alone is refused.

The thresholds were set on photographs for tuning (benchmarks/photographs.py says which), so
that edited copies are found and unrelated pictures and those over one template are not.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from verify.matching.agreement import Agreement
from verify.matching.geometry import Geometry, different_places
from verify.matching.points import Points

Blocks = NDArray[np.bool_]


@dataclass(frozen=True)
class Evidence:
    """The numbers that an alignment is accepted or refused by.

    inliers: keypoints that agree on one map. inlier_share: of those that could, see `Geometry`.
    distinctive: inliers that at most two pictures of the archive have.
    photo, alike_photo: blocks of photograph within what can be seen, and those that look alike,
    in alike_rows rows and alike_columns columns.
    weighed: blocks that are not blank, photograph or graphic. alike_all: the share of them that
    looks alike. graphic_share: the share of them that is graphic.
    correlation: median over `alike_photo`. whole: as in `Agreement`.
    span: of the rows and the columns in which something looks alike, the fewer.
    places: where inliers lie on `alike_photo`; several at one place count once.
    around: the share that looks alike of the blocks beside those of `alike_photo`.
    largest: the share of `alike_photo` that hangs together.
    fine: whether photograph was told by the finer step of `windows.levels`.
    bent: whether the query was laid straight by what agrees nearby.
    """

    inliers: int
    inlier_share: float
    distinctive: int
    photo: int
    alike_photo: int
    alike_rows: int
    alike_columns: int
    alike_all: float
    weighed: int
    correlation: float
    graphic_share: float
    whole: float
    span: int
    places: int
    around: float
    largest: float
    fine: bool = False
    bent: bool = False

    @property
    def agreement(self) -> float:
        """The share of the photograph that looks alike."""
        return self.alike_photo / max(1, self.photo)

    def accepts(self) -> bool:
        """Whether this proves that one picture shows the other, by any of eight routes."""
        if self.correlation < 0.90 or self._shares_a_template():
            return False
        if self.fine and self.agreement < 0.8:  # a studio around another picture has 0.68
            return False
        if self.bent and not self._bent_agrees():
            return False
        if self._whole_agrees() or self._broadly_agrees():
            return True
        if self._agrees_around_a_cover() or self._pixels_agree() or self._strip_agrees():
            return True
        spread = self.alike_photo >= 6 and self.alike_rows >= 3 and self.alike_columns >= 3
        photographic = (
            self.graphic_share <= 0.5
            or self.alike_photo >= 30
            or (self.inlier_share >= 0.4 and self.agreement >= 0.75 and self.alike_all >= 0.55)
        )
        # a flag in like folds is in many pictures; a map takes four points
        fixed = self.places >= 4 or self.distinctive >= 0.35 * self.inliers
        if not (spread and photographic and fixed):
            return False
        strict = (
            self.inliers >= 10
            and self.inlier_share >= 0.2
            and self.agreement >= 0.60
            and (
                self.alike_all >= 0.65
                or self.alike_photo >= 0.25 * self.weighed
                or self.inlier_share >= 0.4
            )
        )
        clear = (
            self.inliers >= 8
            and self.inlier_share >= 0.06
            and self.alike_photo >= 30
            and self.agreement >= 0.80
            and self.alike_all >= 0.70
            and self.correlation
            >= (0.94 if min(self.inliers, self.alike_photo / 5) >= 12 else 0.97)
        )
        loose = (
            self.distinctive >= 10
            and self.distinctive >= 0.4 * self.inliers
            and self.inlier_share >= 0.15
            and self.agreement >= 0.40
            and self.alike_all >= 0.45
            and self.graphic_share <= 0.4
        )
        return strict or clear or loose

    def resembles(self) -> bool:
        """Whether the two look alike wherever they overlap, though that is too little for a proof.

        Strips and tiny crops do. Of pictures over one template, drawn ones and patterns agree as
        much, but show no photograph, or many pictures have their keypoints.
        """
        return (
            self.whole >= 0.95
            and self.correlation >= 0.9
            and self.inliers >= 7
            and self.inlier_share >= 0.3
            and self.distinctive >= max(3, 0.3 * self.inliers)
            and self.alike_photo >= 1
            and not self.bent
        )

    def _shares_a_template(self) -> bool:
        """Whether the same letters, axes or keys explain it.

        Then what agrees is a band; or few keypoints lie on photograph that agrees; or many
        pictures have them, and much is drawn, as in a strip that shows hardly anything else; or
        nearly all is drawn, and not nearly all of it is alike.
        """
        few = self.places < max(4, 0.14 * self.inliers) and self.whole < 0.88
        loosely = self.places < 0.25 * self.inliers and self.around < 0.85 and self.whole < 0.75
        common = (
            self.distinctive < 0.35 * self.inliers
            and self.inlier_share < 0.3
            and self.graphic_share > 0.3
            and self.whole < 0.75
        )
        band = self.span <= 3 and self.whole < 0.4
        known = (
            self.span <= 3 and self.distinctive < 0.25 * self.inliers and self.graphic_share > 0.3
        )
        # a chat filmed off a screen is like every other one, keyboard and all
        everywhere = (
            self.distinctive < 0.2 * self.inliers and self.inlier_share < 0.4 and self.whole < 0.8
        )
        drawn = self.graphic_share > 0.75 and self.inlier_share < 0.3 and self.whole < 0.88
        return few or loosely or common or band or known or everywhere or drawn

    def _agrees_around_a_cover(self) -> bool:
        """Whether all that agrees hangs together, closely and full of keypoints.

        What lies over the rest, a sticker or a band, then does not count.
        """
        return (
            self.places >= 24
            and self.inliers >= 20
            and self.inlier_share >= 0.10
            and self.alike_photo >= 8
            and min(self.alike_rows, self.alike_columns) >= 4
            and self.correlation >= 0.94
            and self.around >= 0.8
            and self.largest >= 0.5
        )

    def _pixels_agree(self) -> bool:
        """Whether much photograph agrees nearly everywhere, however few keypoints do."""
        return (
            self.inliers >= 12
            and self.inlier_share >= 0.04
            and self.alike_photo >= 50
            and min(self.alike_rows, self.alike_columns) >= 6
            and self.agreement >= 0.85
            and self.alike_all >= 0.80
            and self.correlation >= 0.95
        )

    def _strip_agrees(self) -> bool:
        """Whether all of a strip agrees, which is too narrow for anything else.

        A line of large letters looks like photograph, most by the finer step; but many pictures
        have it, or most keypoints lie beside what looks so.
        """
        return (
            not self.bent
            and self.span <= 2
            and self.whole >= 0.97
            and self.inliers >= (14 if self.fine else 7)
            and self.inlier_share >= 0.35
            and self.distinctive >= max(4, 0.5 * self.inliers)
            and self.places >= max(4, 0.35 * self.inliers)
            and self.alike_photo >= 4
            and self.weighed >= 8
            and self.agreement >= 0.9
            and self.graphic_share <= 0.65
            and self.correlation >= (0.94 if self.alike_photo >= 9 else 0.97)
        )

    def _bent_agrees(self) -> bool:
        """Whether much agrees for a picture laid straight, which bends to what it is like."""
        return (
            self.places >= 15
            and self.inlier_share >= 0.15
            and self.alike_photo >= 12
            and self.agreement >= 0.6
            and self.span >= 5
        )

    def _broadly_agrees(self) -> bool:
        """Whether many keypoints and most of the photograph agree, however much is drawn.

        Different pictures over one template agree in 0.57 of the photograph at most where as
        many keypoints do, by benchmarks/negatives.py; chats off a screen in more, but hardly any
        of what could agree does.
        """
        return (
            self.inliers >= 25
            and self.inlier_share >= (0.10 if self.graphic_share <= 0.6 else 0.20)
            and self.alike_photo >= 16
            and min(self.alike_rows, self.alike_columns) >= 5
            and self.agreement >= 0.75
            and self.alike_all >= 0.60
            and self.correlation >= 0.95
        )

    def _whole_agrees(self) -> bool:
        """Whether nearly everything agrees, uncut.

        A small crop of a plain picture does, and a picture set into another so small that it
        bears few keypoints. Of different pictures over one template 0.82 agrees at most, by
        benchmarks/negatives.py.
        """
        if self.whole < 0.88 or self.span < 3 or self.alike_photo < 2 or self.graphic_share > 0.9:
            return False
        words = self.span <= 3 and self.graphic_share > 0.75  # a line of them
        rare = 0.5 if words else 0.3
        by_points = (
            self.inliers >= 16
            and self.inlier_share >= 0.4
            and self.distinctive >= max(8, rare * self.inliers)
        )
        by_area = self.inliers >= 12 and self.inlier_share >= 0.06 and self.weighed >= 60
        by_pixels = self.agreement >= 0.95 and (
            (self.inliers >= 8 and self.inlier_share >= 0.12 and self.alike_photo >= 18)
            or (self.whole >= 0.95 and self.alike_photo >= 60)
        )
        return by_points or by_area or by_pixels


def weigh(
    geometry: Geometry,
    agreement: Agreement,
    shared: NDArray[np.int64],
    query: Points,
    earlier: Points,
    *,
    fine: bool = False,
    bent: bool = False,
) -> Evidence:
    """The numbers for a geometry and the agreement of its pixels.

    shared: (query keypoints,), how many clusters of the archive have such a point.
    query, earlier: the keypoints that the geometry speaks of. fine: as in `Evidence`.
    """
    photo, alike = agreement.photo, agreement.alike
    good = photo & alike
    weighed = photo | agreement.graphic
    lies = earlier.xy[geometry.earlier] / (earlier.width, earlier.height)
    on_photo = agreement.at(good, lies)
    return Evidence(
        inliers=len(geometry.query),
        inlier_share=float(geometry.share),
        distinctive=int((shared[geometry.query] <= 2).sum()),
        photo=int(photo.sum()),
        alike_photo=int(good.sum()),
        alike_rows=int(good.any(axis=1).sum()),
        alike_columns=int(good.any(axis=0).sum()),
        alike_all=float((alike & weighed).sum() / max(1, weighed.sum())),
        weighed=int(weighed.sum()),
        correlation=float(np.median(agreement.correlation[good])) if good.any() else 0.0,
        graphic_share=float(agreement.graphic.sum() / max(1, weighed.sum())),
        whole=agreement.whole,
        span=_span(alike & weighed),
        places=different_places(
            earlier.xy[geometry.earlier[on_photo]], query.xy[geometry.query[on_photo]]
        ),
        around=_around(good, alike & weighed, weighed),
        largest=_largest(good),
        fine=fine,
        bent=bent,
    )


def _span(blocks: Blocks) -> int:
    return int(min(blocks.any(axis=1).sum(), blocks.any(axis=0).sum()))


def _around(good: Blocks, alike: Blocks, weighed: Blocks) -> float:
    """Of the eight blocks beside each good one, those weighed: the share that is alike."""
    if not good.any():
        return 0.0
    beside = np.ones((3, 3))
    beside[1, 1] = 0
    near, all_ = (
        cv2.filter2D(blocks.astype(np.float64), -1, beside, borderType=cv2.BORDER_CONSTANT)[good]
        for blocks in (alike, weighed)
    )
    return float((near / np.maximum(all_, 1)).mean())


def _largest(good: Blocks) -> float:
    """The share of the good blocks that hang together, by sides or corners."""
    if not good.any():
        return 0.0
    _, pieces = cv2.connectedComponents(good.astype(np.uint8), connectivity=8)
    return float(np.bincount(pieces[good]).max() / good.sum())
