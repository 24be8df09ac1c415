"""Is the picture put together from several, side by side or one above the other?

Reads the pixels for straight seams from edge to edge, upright or level, at which the picture
jumps all along; within bars or an interface, those of the inner picture.

Outcomes: noted, one to six seams; inconclusive, something like one, or so many lines that it may
be a chart or a page. Where there is none there is no finding.

Errs: a door frame, a pole, a window or the horizon can run straight from edge to edge. Pictures
joined along a curve, softly or at a slant are not recognised; one within another is for `inset`.

Example: a picture from before and one from after, side by side: a seam down the middle.
"""

from __future__ import annotations

from collections.abc import Iterator

import cv2
import numpy as np
from numpy.typing import NDArray

from verify.lab.frames import within
from verify.lab.imaging import Specimen
from verify.lab.steps import Plane, jumps, small
from verify.records import Finding, Outcome, Pillar, Sentence, say, say_many

PILLAR = Pillar.PROVENANCE
MEDIA = frozenset({"*"})

_SMALLEST = 120  # pixels, of the shorter side
_MANY = 6  # beyond these it is a chart or a page, and no collage
_STRETCHES = 8  # of a seam's length, of which all but one must show it
_STRETCH = 0.35  # of a stretch's pixels
_SURE, _LIKELY = 0.8, 0.65  # of the seam's pixels
_STANDS_OUT = 0.25  # more than the lines around it
_MARGIN = 0.06  # of the side: nearer to the edge it is a frame
_APART = 0.04  # of the side: nearer to one another it is the same seam


def check(specimen: Specimen) -> Iterator[Finding]:
    """Note straight seams from edge to edge."""
    if specimen.problem:
        return
    pixels = np.asarray(specimen.picture)
    upright, level = seams(within(pixels, specimen.frame))
    found = [*upright, *level]
    sure = [share for _, share in found if share >= _SURE]
    if not found:
        return
    yield Finding(
        check="seams",
        pillar=PILLAR,
        outcome=Outcome.NOTED if 0 < len(sure) <= _MANY else Outcome.INCONCLUSIVE,
        summary=_summary(len(sure)),
        read_from="pixels",
        raw=", ".join(
            [f"upright at {place:.0%} of the width" for place, _ in upright]
            + [f"level at {place:.0%} of the height" for place, _ in level]
        ),
        caution=say(
            "A door frame, a pole or the horizon can run straight from edge to edge as well."
        ),
        items=("original", "better-copy"),
    )


def _summary(sure: int) -> Sentence:
    if sure > _MANY:
        return say(
            "{count} straight lines run through the picture from edge to edge: it may be a chart, "
            "a page or a damaged picture. Whether it is put together from several cannot be told.",
            count=sure,
        )
    if sure:
        return say_many(
            "A straight seam runs through the picture from edge to edge: it may be put together "
            "from several.",
            "{count} straight seams run through the picture from edge to edge: it may be put "
            "together from several.",
            sure,
        )
    return say(
        "Something like a straight seam runs through the picture. Whether it is put together "
        "from several cannot be told."
    )


def seams(rgb: NDArray[np.uint8]) -> tuple[list[tuple[float, float]], list[tuple[float, float]]]:
    """Upright and level seams: where each lies, in fractions, and what share of it shows it.

    rgb: (h, w, 3), uint8.
    """
    height, width = rgb.shape[:2]
    if min(height, width) < _SMALLEST:
        return [], []
    pixels = small(rgb)
    return _upright(pixels), _upright(pixels.transpose(1, 0, 2))


def _upright(pixels: Plane) -> list[tuple[float, float]]:
    width = pixels.shape[1]
    shown = jumps(pixels)
    whole = shown.mean(axis=0)
    stretches = np.stack([part.mean(axis=0) for part in np.array_split(shown, _STRETCHES)])
    everywhere = (stretches >= _STRETCH).sum(axis=0) >= _STRETCHES - 1
    background = cv2.medianBlur((255 * whole).astype(np.uint8)[None], 21)[0] / 255
    good = everywhere & (whole >= _LIKELY) & (whole - background >= _STANDS_OUT)
    edge = max(3, round(_MARGIN * width))
    good[:edge] = good[-edge:] = False
    found: list[tuple[float, float]] = []
    for place in sorted(np.flatnonzero(good), key=lambda at: -whole[at]):
        if all(abs(place / width - other) > _APART for other, _ in found):
            found.append((float(place / width), float(whole[place])))
    return sorted(found)
