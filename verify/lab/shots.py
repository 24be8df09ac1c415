"""Where one shot of a film ends and the next begins: hard cuts, between two pictures of it.

The picture's hash and its colours both change, or its colours change beyond doubt; and neither
side is plain, or each fade would be one. Where a second later the picture is what it was before,
something passed in front of the camera. Limits: from an experiment beside PySceneDetect.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

LEAST_QUALITY = 20
"""Of PDQ: what has less is plain, as between two shots, and shows nothing to be found by."""
_OTHER, _SAME = 90, 31  # bits of PDQ: so far apart are others; so near are two of one picture
_OTHER_COLOURS, _OTHER_ALTOGETHER = 0.35, 0.6  # of all pixels
_PASSING = 1000  # milliseconds, within which what covered the picture has passed
_LOOKS = 3  # pictures on either side that are compared: two a second
_BACK, _BACK_COLOURS = 60, 0.25  # bits, and of all pixels: so near are two pictures of one shot
_BINS = (16, 4, 4)  # of hue, saturation and value

Box = tuple[float, float, float, float]
Histogram = NDArray[np.float32]


@dataclass(frozen=True)
class Look:
    """One picture of a film: what cuts are told by. at_ms: when it is shown. hash: PDQ's. box: of
    the picture within bars or a frame, in fractions, where that was looked for and found."""

    at_ms: int
    hash: bytes
    quality: int
    colours: Histogram
    box: Box | None = None

    @property
    def plain(self) -> bool:
        """Whether it shows nothing to be found by."""
        return self.quality < LEAST_QUALITY


def colours(rgb: NDArray[np.uint8]) -> Histogram:
    """The shares of the picture's pixels by hue, saturation and value. rgb: (h, w, 3)."""
    hsv = cv2.cvtColor(rgb[::2, ::2], cv2.COLOR_RGB2HSV)
    found = cv2.calcHist([hsv], [0, 1, 2], None, list(_BINS), [0, 180, 0, 256, 0, 256])
    histogram: Histogram = (found / found.sum()).astype(np.float32).ravel()
    return histogram


def begins(looks: Sequence[Look]) -> tuple[int, ...]:
    """When each shot begins, in milliseconds; the first at the first picture.

    looks: the pictures of a film, in the order of their times.
    """
    found = [one.at_ms for one in looks[:1]]
    for number in range(1, len(looks)):
        if _cut(looks[number - 1], looks[number]) and not _passed(looks, number):
            found.append(looks[number].at_ms)
    return tuple(found)


def _passed(looks: Sequence[Look], number: int) -> bool:
    """Whether shortly after this picture there is again what there was shortly before it."""
    first, last = looks[number - 1].at_ms - _PASSING, looks[number].at_ms + _PASSING
    before = [one for one in looks[max(0, number - _LOOKS) : number] if one.at_ms >= first]
    after = [one for one in looks[number : number + _LOOKS] if one.at_ms <= last]
    return any(_alike(one, other) for one in before for other in after)


def _alike(one: Look, other: Look) -> bool:
    if one.plain or other.plain:
        return False
    changed = float(np.abs(one.colours - other.colours).sum()) / 2
    return changed < _BACK_COLOURS and distance(one.hash, other.hash) <= _BACK


def _cut(before: Look, after: Look) -> bool:
    if before.plain or after.plain:
        return False
    changed = float(np.abs(before.colours - after.colours).sum()) / 2
    bits = distance(before.hash, after.hash)
    if changed > _OTHER_ALTOGETHER:
        return bits > _SAME  # or it is the same picture, darker or brighter
    return changed > _OTHER_COLOURS and bits > _OTHER


def distance(one: bytes, other: bytes) -> int:
    """In how many bits two hashes differ."""
    return (int.from_bytes(one, "big") ^ int.from_bytes(other, "big")).bit_count()
