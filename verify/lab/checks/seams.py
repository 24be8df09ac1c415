"""Is the picture put together from several, side by side or one above the other?

Reads the pixels for straight seams from edge to edge, upright or level, at which the picture
jumps all along; within bars or an interface, those of the inner picture.

Outcomes: noted, one or more seams; inconclusive, something like one. Where there is none there is
no finding.

Errs: a door frame, a pole, a window or the horizon can run straight from edge to edge. Pictures
joined along a curve, softly, at a slant or within one another are not recognised.

Example: a picture from before and one from after, side by side: a seam down the middle.
"""

from __future__ import annotations

from collections.abc import Iterator

import cv2
import numpy as np
from numpy.typing import NDArray

from verify.lab.frames import framed
from verify.lab.imaging import Specimen
from verify.records import Finding, Outcome, Pillar, say, say_many

PILLAR = Pillar.PROVENANCE
MEDIA = frozenset({"*"})

_SIDE = 640  # pixels
_JUMP = 12  # grey levels, beyond what the picture does beside the seam
_STRETCHES = 8  # of a seam's length, of which all but one must show it
_STRETCH = 0.35  # of a stretch's pixels
_SURE, _LIKELY = 0.8, 0.65  # of the seam's pixels
_STANDS_OUT = 0.25  # more than the lines around it
_MARGIN = 0.06  # of the side: nearer to the edge it is a frame
_APART = 0.04  # of the side: nearer to one another it is the same seam

Plane = NDArray[np.int16]


def check(specimen: Specimen) -> Iterator[Finding]:
    """Note straight seams from edge to edge."""
    if specimen.problem:
        return
    pixels = np.asarray(specimen.picture)
    upright, level = seams(_within(pixels))
    found = [*upright, *level]
    sure = [share for _, share in found if share >= _SURE]
    if not found:
        return
    yield Finding(
        check="seams",
        pillar=PILLAR,
        outcome=Outcome.NOTED if sure else Outcome.INCONCLUSIVE,
        summary=say_many(
            "A straight seam runs through the picture from edge to edge: it may be put together "
            "from several.",
            "{count} straight seams run through the picture from edge to edge: it may be put "
            "together from several.",
            len(sure),
        )
        if sure
        else say(
            "Something like a straight seam runs through the picture. Whether it is put together "
            "from several cannot be told."
        ),
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


def _within(pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The picture without bars and frames, whose edges would be seams as well."""
    box = framed(pixels)
    if box is None:
        return pixels
    height, width = pixels.shape[:2]
    left, right = round(box[0] * width), round(box[2] * width)
    top, bottom = round(box[1] * height), round(box[3] * height)
    return pixels[top:bottom, left:right]


def seams(rgb: NDArray[np.uint8]) -> tuple[list[tuple[float, float]], list[tuple[float, float]]]:
    """Upright and level seams: where each lies, in fractions, and what share of it shows it.

    rgb: (h, w, 3), uint8.
    """
    height, width = rgb.shape[:2]
    scale = min(1.0, _SIDE / max(height, width))
    if min(height, width) * scale < 2 * _STRETCHES:
        return [], []
    size = round(width * scale), round(height * scale)
    small = cv2.resize(rgb, size, interpolation=cv2.INTER_AREA).astype(np.int16)
    return _upright(small), _upright(small.transpose(1, 0, 2))


def _upright(pixels: Plane) -> list[tuple[float, float]]:
    width = pixels.shape[1]
    shown = _jumps(pixels)
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


def _jumps(pixels: Plane) -> NDArray[np.bool_]:
    """Where the picture jumps from one column to the next, more than on either side; (h, w).

    A seam that was shrunk is two columns wide, so a column is left out in between.
    """
    step = np.zeros(pixels.shape, np.int16)
    step[:, 2:-1] = pixels[:, 3:] - pixels[:, 1:-2]
    beside = np.zeros(pixels.shape, np.int16)
    beside[:, 1:] = np.abs(pixels[:, 1:] - pixels[:, :-1])
    before, after = np.zeros_like(beside), np.zeros_like(beside)
    before[:, 2:] = np.maximum(beside[:, 1:-1], beside[:, :-2])
    after[:, :-3] = np.maximum(beside[:, 2:-1], beside[:, 3:])
    calm = np.maximum(before, after)
    shown: NDArray[np.bool_] = np.any(np.abs(step) - calm > _JUMP, axis=2)
    return shown
