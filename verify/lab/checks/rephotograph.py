"""Was the picture photographed from a screen or a print?

Reads the picture's fine structure: the grid of a screen, seen through the grid of a camera,
leaves a regular pattern (moiré) over much of the picture. Such a pattern is a sharp peak in the
spectrum of what remains when the picture's own forms are taken out, and a peak at the same
place in most parts of the picture.

Outcomes: noted, a regular pattern lies over most of the picture; inconclusive, over a part of
it. Where there is none there is no finding.

Errs: cloth, grilles, tiles and façades that fill the picture are regular as well. A good
photograph of a good screen shows no pattern, and shrinking or blurring takes it away: none found
means nothing.

Example: a photo taken of a television: fine slanting stripes lie over the whole picture.
"""

from __future__ import annotations

from collections.abc import Iterator

import cv2
import numpy as np
from numpy.typing import NDArray

from verify.lab.imaging import Specimen
from verify.records import Finding, Outcome, Pillar, say

PILLAR = Pillar.PROVENANCE
MEDIA = frozenset({"*"})

_TILE = 128  # pixels
_MOST_TILES = 6  # along a side
_FORMS = 2.0  # sigma, in pixels, of what counts as the picture's own forms
_SLOWEST = 0.05  # cycles a pixel: below it there are forms rather than patterns
_AXIS = 3  # bins: edges of frames, and JPEG's blocks, peak along the axes
_PEAK = 1.6  # of the power's logarithm, above all that lies around
_NEAR = 3  # bins that a pattern may drift from one part of the picture to the next
_MOST, _SOME = 0.4, 0.3  # of the parts

Plane = NDArray[np.float32]


def check(specimen: Specimen) -> Iterator[Finding]:
    """Note a regular pattern that lies over most of the picture."""
    if specimen.problem:
        return
    share, cycles = pattern(np.asarray(specimen.picture.convert("L"), dtype=np.float32))
    if share < _SOME:
        return
    yield Finding(
        check="rephotograph",
        pillar=PILLAR,
        outcome=Outcome.NOTED if share >= _MOST else Outcome.INCONCLUSIVE,
        summary=say(
            "A fine regular pattern lies over the picture: it may have been photographed from a "
            "screen or a print."
        )
        if share >= _MOST
        else say(
            "A fine regular pattern lies over a part of the picture. Whether it comes from a "
            "screen, or from something in the scene, cannot be told."
        ),
        read_from="spectrum of the pixels",
        raw=f"in {share:.0%} of its parts, {1 / cycles:.1f} pixels apart",
        caution=say(
            "Cloth, grilles, tiles and façades are regular as well. A good photograph of a screen "
            "shows no pattern."
        ),
        reference="Muammar and Dragotti, ICASSP 2013",
        items=("original", "better-copy"),
    )


def pattern(grey: Plane) -> tuple[float, float]:
    """In what share of the picture's parts one pattern lies, and its cycles a pixel.

    grey: (h, w), float32, 0 to 255. The share is 0 where the picture is too small.
    Source: H. Muammar and P. L. Dragotti, "An investigation into aliasing in images recaptured
    from an LCD monitor using a digital camera", ICASSP 2013: peaks in the spectrum of the noise
    residual. Looking for the same peak in many parts is ours: a scene is seldom so even.
    """
    height, width = grey.shape
    if min(height, width) < _TILE:
        return 0.0, _SLOWEST
    residual = grey - cv2.GaussianBlur(grey, (0, 0), _FORMS)
    found = np.zeros((_TILE, _TILE // 2 + 1), np.float32)
    tiles = [
        residual[top : top + _TILE, left : left + _TILE]
        for top in _places(height)
        for left in _places(width)
    ]
    for tile in tiles:
        found += _peaks(tile)
    row, column = np.unravel_index(int(found.argmax()), found.shape)
    cycles = float(np.hypot(_ROWS[row, 0], _COLUMNS[0, column]))
    return float(found.max()) / len(tiles), max(cycles, _SLOWEST)


_ROWS = np.fft.fftfreq(_TILE).astype(np.float32)[:, None]
_COLUMNS = np.fft.rfftfreq(_TILE).astype(np.float32)[None]
_LOOKED_AT = (
    (np.hypot(_ROWS, _COLUMNS) >= _SLOWEST)
    & (np.abs(_ROWS) >= _AXIS / _TILE)
    & (_COLUMNS >= _AXIS / _TILE)
)
_WINDOW = np.outer(np.hanning(_TILE), np.hanning(_TILE)).astype(np.float32)
_AROUND = np.ones((15, 15), np.uint8)
_AROUND[4:11, 4:11] = 0
_DRIFT = np.ones((2 * _NEAR + 1, 2 * _NEAR + 1), np.uint8)


def _places(length: int) -> list[int]:
    count = min(_MOST_TILES, max(1, 2 * length // _TILE - 1))
    return [round(place) for place in np.linspace(0, length - _TILE, count)]


def _peaks(tile: Plane) -> Plane:
    """1 where a peak stands, and as near to it as a pattern may drift; (h, w / 2 + 1)."""
    spectrum = np.fft.rfft2(tile * _WINDOW)
    power = np.log(np.abs(spectrum).astype(np.float32) ** 2 + 1)
    above = power - cv2.dilate(power, _AROUND) >= _PEAK
    return cv2.dilate((above & _LOOKED_AT).astype(np.float32), _DRIFT).astype(np.float32)
