"""Pictures within a picture: put into another photograph, tiles of a collage, on an even page.

They are what the checks of insets and seams note, and what stands on a page. Each is a view of its
own, so that it is found as large as it was before somebody set it among other things.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, islice, pairwise
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from verify.lab import rectangles, seams
from verify.lab.inner import Box
from verify.lab.pages import on_page
from verify.lab.steps import small
from verify.lab.wire import MAX_INSETS

_LONGEST = 2.5  # times the shorter side, a tile's; what is longer is a band
_LARGEST = 0.52  # of the picture, a tile's; the whole picture finds what is larger
_SAME = 0.6  # of the area of both together, that two boxes share
_WINDOW = 12  # pixels of 640
_LEVEL = 10  # grey levels: pixels within such a step are of one level
_TEXTURED = 4.0  # grey levels, standard deviation within a window
_ONE_LEVEL = 0.42  # of a window at one level, as in what is drawn
_PHOTOGRAPH = 0.25  # of what is textured is not

Plane = NDArray[Any]


def insets(
    rgb: NDArray[np.uint8],
    frame: Box | None,
    cuts: Iterable[rectangles.Rectangle],
    lines: seams.Seams,
) -> list[Box]:
    """Where the pictures within a picture lie, in its fractions; `MAX_INSETS` at most.

    rgb: (h, w, 3), uint8. frame: that the picture stands in; None for none. cuts, lines: the
    rectangles and seams within it.
    """
    grey = cv2.cvtColor(small(rgb), cv2.COLOR_RGB2GRAY)

    def pictures(boxes: Iterable[Box]) -> Iterator[Box]:
        return (box for box in boxes if _is_photograph(_part(grey, box)))

    likely = [one.sides for one in cuts if one.score >= rectangles.WORTH_A_LOOK]
    put_in, tiles = (
        [box for one in boxes if _is_tile(box := _out_of(one, frame), rgb.shape)]
        for boxes in (likely, _tiles(lines))
    )
    found: list[Box] = []
    for box in chain(islice(pictures(put_in), 1), pictures(tiles), pictures(on_page(rgb))):
        if len(found) < MAX_INSETS and all(_shared(box, other) < _SAME for other in found):
            found.append(box)
    return found


def _is_photograph(grey: Plane) -> bool:
    """Whether a part is no drawing, as keys and bubbles are: around every spot one level."""
    if min(grey.shape) < _WINDOW:
        return False
    values = grey.astype(np.float32)
    mean, square = _mean(values), _mean(values * values)
    textured = square - mean * mean > _TEXTURED**2
    most = np.zeros(grey.shape, np.float32)
    for low in range(-_LEVEL // 2, 256, _LEVEL // 2):
        at = ((grey >= low) & (grey < low + _LEVEL)).astype(np.float32)
        np.maximum(most, _mean(at), out=most)
    return bool(textured.any() and (most[textured] <= _ONE_LEVEL).mean() >= _PHOTOGRAPH)


def _mean(values: Plane) -> Plane:
    return cv2.boxFilter(values, cv2.CV_32F, (_WINDOW, _WINDOW), borderType=cv2.BORDER_REFLECT)


def _part(grey: Plane, box: Box) -> Plane:
    height, width = grey.shape
    left, top, right, bottom = box
    rows = slice(round(top * height), round(bottom * height))
    return grey[rows, round(left * width) : round(right * width)]


def _tiles(found: seams.Seams) -> Iterator[Box]:
    """What lies between sure seams, where these are few."""
    across, down = (
        [0.0, *(place for place, share in lines if share >= seams.SURE), 1.0] for lines in found
    )
    if 1 < (len(across) - 1) * (len(down) - 1) <= MAX_INSETS:
        for top, bottom in pairwise(down):
            for left, right in pairwise(across):
                yield left, top, right, bottom


def _is_tile(box: Box, shape: tuple[int, ...]) -> bool:
    """Whether it may be a picture: no band along an edge, nor nearly all of the picture."""
    sides = (box[2] - box[0]) * shape[1], (box[3] - box[1]) * shape[0]
    return max(sides) <= _LONGEST * min(sides) and _area(box) <= _LARGEST


def _out_of(box: Box, frame: Box | None) -> Box:
    """A box in fractions of the frame, in those of the picture."""
    if frame is None:
        return box
    left, top = frame[0], frame[1]
    width, height = frame[2] - left, frame[3] - top
    return (
        left + box[0] * width,
        top + box[1] * height,
        left + box[2] * width,
        top + box[3] * height,
    )


def _shared(one: Box, other: Box) -> float:
    """The area that two boxes share, of that which either covers."""
    width = min(one[2], other[2]) - max(one[0], other[0])
    height = min(one[3], other[3]) - max(one[1], other[1])
    if width <= 0 or height <= 0:
        return 0.0
    both = width * height
    return both / (_area(one) + _area(other) - both)


def _area(box: Box) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])
