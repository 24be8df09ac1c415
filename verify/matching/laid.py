"""The PDQ of a picture that was mirrored or turned, by its PDQ alone.

A flip turns the sign of each second coefficient, a turn exchanges the axes as well. The bits are
those above the median, which lies near zero, of samples that lie nearly where those of the flipped
picture do: of photographs some 16 of 256 bits are others than those of the flipped picture itself.
"""

from __future__ import annotations

import numpy as np

from verify.lab.hashing import UNDO
from verify.records import Orientation

_SIDE = 16  # of the coefficients; the last bit is the first of them


def laid(pdq: bytes) -> dict[Orientation, bytes]:
    """The hash with each orientation undone, as in a fingerprint. pdq: 32 bytes."""
    bits = np.unpackbits(np.frombuffer(pdq, np.uint8))[::-1].reshape(_SIDE, _SIDE)
    found = {}
    for orientation, (down, across, exchange) in UNDO.items():
        plane = bits.copy()
        plane[::2] ^= down  # of odd frequencies: the first is 1
        plane[:, ::2] ^= across
        plane = plane.T if exchange else plane
        found[orientation] = np.packbits(plane.ravel()[::-1]).tobytes()
    return found
