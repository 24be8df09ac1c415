"""Working copy -> fingerprints: PDQ with its eight orientations, pHash and dHash.

PDQ after Meta's "PDQ & TMK + PDQF" (2019) and the reference in facebook/ThreatExchange:
luma, a tent filter made of two box passes (Jarosz, "Fast Image Convolutions", 2001),
64 x 64 samples, a 16 x 16 corner of their cosine transform, one bit for each coefficient
above the median. As the reference's Python does, the picture is first brought to at most
512 pixels; that came nearest to the published hashes (2 bits at most, against 8 and more
for other ways of shrinking).

Filter and sampling are linear, so each axis has one matrix. The filter's windows are not
centred: a mirrored picture is sampled elsewhere, which moves up to 98 bits when signs of
coefficients alone are changed. Here each axis is sampled both ways in the same product, so
that all eight hashes are those of pictures really turned.

pHash and dHash after Krawetz, "Looks Like It" (2011) and "Kind of Like That" (2013), with the
details of the Python package imagehash, whose bits these are.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from verify.lab.cosines import cosines
from verify.records import Fingerprint, Orientation

PDQ_VERSION = 1
PHASH_VERSION = 1
DHASH_VERSION = 1
SIDE = 512
SMALLEST = 5

Plane = NDArray[np.float64]

_LUMA = np.array([0.299, 0.587, 0.114])
_DCT: Plane = np.sqrt(2 / 64) * cosines(64)[1:17]
_PHASH_DCT = cosines(32)[:8]

# How to undo each orientation: flip top to bottom, flip left to right, then exchange the axes.
UNDO = {
    Orientation.ORIGINAL: (0, 0, False),
    Orientation.TURNED_90: (0, 1, True),
    Orientation.TURNED_180: (1, 1, False),
    Orientation.TURNED_270: (1, 0, True),
    Orientation.MIRRORED: (0, 1, False),
    Orientation.MIRRORED_TURNED_90: (1, 1, True),
    Orientation.MIRRORED_TURNED_180: (1, 0, False),
    Orientation.MIRRORED_TURNED_270: (0, 0, True),
}


def fingerprints(picture: Image.Image) -> tuple[Fingerprint, ...]:
    """All fingerprints of one upright RGB picture."""
    return pdq(picture), *fingerprints_beside_pdq(picture)


def fingerprints_beside_pdq(picture: Image.Image) -> tuple[Fingerprint, ...]:
    """Those of a picture whose PDQ is known."""
    return _phash(picture), _dhash(picture)


def pdq(picture: Image.Image) -> Fingerprint:
    """PDQ of an RGB picture: 256 bits, quality 0 to 100, and the hashes of all orientations.

    Entry i of `orientations` is the hash of the picture with orientation i undone, so that
    it equals the hash of the earlier picture of which this one is the i-th transform.
    """
    small = picture.copy()
    small.thumbnail((SIDE, SIDE))
    samples = sample(np.asarray(small, dtype=np.float64) @ _LUMA)
    hashes = tuple(_hash(samples, laid) for laid in Orientation)
    return Fingerprint(
        algorithm="pdq",
        version=PDQ_VERSION,
        hash=hashes[0],
        quality=quality(samples[0, 0]) if min(small.size) >= SMALLEST else 0,
        orientations=hashes,
    )


def sample(luma: Plane) -> Plane:
    """Blur a plane and take 64 x 64 of its pixels, of each of its four flips.

    luma: shape (height, width). Returns shape (2, 2, 64, 64): flipped top to bottom or not,
    left to right or not.
    """
    down, across = (_both_ways(length) for length in luma.shape)
    return (down @ luma @ across.T).reshape(2, 64, 2, 64).swapaxes(1, 2)


@lru_cache(maxsize=32)
def _both_ways(length: int) -> Plane:
    """Filter and sampling along an axis, shape (128, length): as it stands, then flipped."""
    weights = _box(length)[_centres(length)] @ _box(length)
    return np.concatenate([weights, weights[:, ::-1]])


def _centres(length: int) -> NDArray[np.intp]:
    return ((np.arange(64) + 0.5) * length / 64).astype(np.intp)


def _box(length: int) -> Plane:
    """One box pass: averages over a window of a 128th of the length, narrower at the ends."""
    window = (length + 127) // 128
    ahead = (window + 2) // 2
    distance = np.arange(length) - np.arange(length)[:, None]
    inside = (distance < ahead) & (distance >= ahead - window)
    averages: Plane = inside / inside.sum(axis=1, keepdims=True)
    return averages


def quality(samples: Plane) -> int:
    """How much the 64 x 64 samples vary: 0 (flat) to 100, counted in steps of 2.55 grey levels."""
    steps = sum(
        int(np.abs((np.diff(samples, axis=axis) * 100 / 255).astype(np.int64)).sum())
        for axis in (0, 1)
    )
    return min(steps // 90, 100)


def _hash(samples: Plane, laid: Orientation) -> bytes:
    """One bit a coefficient, the last one first, as the reference writes its hexadecimal."""
    down, across, exchange = UNDO[laid]
    coefficients = _DCT @ samples[down, across] @ _DCT.T
    values = (coefficients.T if exchange else coefficients).ravel()
    median = np.partition(values, 127)[127]
    return np.packbits((values > median)[::-1]).tobytes()


def _phash(picture: Image.Image) -> Fingerprint:
    """64 bits, row by row: which of the lowest frequencies of 32 x 32 pixels are above the median.

    Rounding lets what is equal stay equal, such as the nothing of a flat picture.
    """
    coefficients = np.round(_PHASH_DCT @ _grey(picture, 32, 32) @ _PHASH_DCT.T, 6)
    return _of_bits("phash", PHASH_VERSION, coefficients > np.median(coefficients))


def _dhash(picture: Image.Image) -> Fingerprint:
    """64 bits, row by row: which of 8 x 9 pixels are darker than the next one."""
    return _of_bits("dhash", DHASH_VERSION, np.diff(_grey(picture, 9, 8), axis=1) > 0)


def _grey(picture: Image.Image, width: int, height: int) -> Plane:
    small = picture.convert("L").resize((width, height), Image.Resampling.LANCZOS)
    return np.asarray(small, dtype=np.float64)


def _of_bits(algorithm: str, version: int, bits: NDArray[np.bool_]) -> Fingerprint:
    return Fingerprint(algorithm=algorithm, version=version, hash=np.packbits(bits).tobytes())
