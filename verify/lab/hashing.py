"""Working copy -> fingerprints: PDQ with its eight orientations, pHash and dHash.

PDQ after Meta's "PDQ & TMK + PDQF" (2019) and the reference in facebook/ThreatExchange:
luma, a tent filter made of two box passes (Jarosz, "Fast Image Convolutions", 2001),
64 x 64 samples, a 16 x 16 corner of their cosine transform, one bit for each coefficient
above the median. As the reference's Python does, the picture is first brought to at most
512 pixels; that came nearest to the published hashes (2 bits at most, against 8 and more
for other ways of shrinking).
"""

from __future__ import annotations

from typing import Any

import imagehash
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from verify.records import Fingerprint, Orientation

PDQ_VERSION = 1
IMAGEHASH_VERSION = 1
SIDE = 512

Plane = NDArray[np.float64]

_LUMA = np.array([0.299, 0.587, 0.114])
_ROWS = np.arange(1, 17)[:, None]
_DCT: Plane = np.sqrt(2 / 64) * np.cos(np.pi / 128 * _ROWS * (2 * np.arange(64) + 1))
_SIGNS = np.where(np.arange(1, 17) % 2, -1.0, 1.0)


def fingerprints(picture: Image.Image) -> tuple[Fingerprint, ...]:
    """All fingerprints of one upright RGB picture."""
    return pdq(picture), _imagehash("phash", picture), _imagehash("dhash", picture)


def pdq(picture: Image.Image) -> Fingerprint:
    """PDQ of an RGB picture: 256 bits, quality 0 to 100, and the hashes of all orientations.

    Entry i of `orientations` is the hash of the picture with orientation i undone, so that
    it equals the hash of the earlier picture of which this one is the i-th transform.
    """
    small = picture.copy()
    small.thumbnail((SIDE, SIDE))
    samples = sample(np.asarray(small, dtype=np.float64) @ _LUMA)
    coefficients = _DCT @ samples @ _DCT.T
    hashes = tuple(_bits(_undo(coefficients, laid)) for laid in Orientation)
    return Fingerprint(
        algorithm="pdq",
        version=PDQ_VERSION,
        hash=hashes[0],
        quality=quality(samples),
        orientations=hashes,
    )


def sample(luma: Plane) -> Plane:
    """Blur a plane (height, width) with the tent filter, then take 64 x 64 of its pixels."""
    height, width = luma.shape
    for _ in range(2):
        luma = _box(_box(luma, width).T, height).T
    rows = ((np.arange(64) + 0.5) * height / 64).astype(np.intp)
    columns = ((np.arange(64) + 0.5) * width / 64).astype(np.intp)
    return luma[np.ix_(rows, columns)]


def _box(plane: Plane, length: int) -> Plane:
    """Average along rows over a window of a 128th of their length, narrower at the ends."""
    window = (length + 127) // 128
    ahead = (window + 2) // 2
    sums = np.zeros((plane.shape[0], length + 1))
    np.cumsum(plane, axis=1, out=sums[:, 1:])
    places = np.arange(length)
    left = np.maximum(places - (window - ahead), 0)
    right = np.minimum(places + ahead, length)
    averages: Plane = (sums[:, right] - sums[:, left]) / (right - left)
    return averages


def quality(samples: Plane) -> int:
    """How much the 64 x 64 samples vary: 0 (flat) to 100, counted in steps of 2.55 grey levels."""
    steps = sum(
        int(np.abs((np.diff(samples, axis=axis) * 100 / 255).astype(np.int64)).sum())
        for axis in (0, 1)
    )
    return min(steps // 90, 100)


def _undo(coefficients: Plane, laid: Orientation) -> Plane:
    """The transform of the picture before it was laid that way.

    Mirroring left to right changes the sign of every odd horizontal frequency; a quarter
    turn to the left exchanges the axes and then mirrors top to bottom.
    """
    quarter_turns = {"90": 1, "180": 2, "270": 3}.get(laid.value.rpartition("-")[2], 0)
    for _ in range(quarter_turns):
        coefficients = coefficients.T * _SIGNS[:, None]
    return coefficients * _SIGNS if laid.value.startswith("mirrored") else coefficients


def _bits(coefficients: Plane) -> bytes:
    """One bit a coefficient, the last one first, as the reference writes its hexadecimal."""
    values = coefficients.ravel()
    median = np.partition(values, 127)[127]
    return np.packbits((values > median)[::-1]).tobytes()


def _imagehash(algorithm: str, picture: Image.Image) -> Fingerprint:
    """64 bits by imagehash; its `str()` is the same bits in hexadecimal."""
    found: Any = getattr(imagehash, algorithm)(picture)
    return Fingerprint(
        algorithm=algorithm,
        version=IMAGEHASH_VERSION,
        hash=np.packbits(found.hash.ravel()).tobytes(),
    )
