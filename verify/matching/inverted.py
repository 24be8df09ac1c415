"""A picture that is asked for as its negative: negatives, and pages turned dark.

The complement of PDQ is the negative's hash, and SIFT's numbers stand in another order
(`Points.inverted`), so nothing is described a second time.
"""

from __future__ import annotations

from verify.records import View, ViewKind

ASKED = 128
"""How many keypoints of a negative are looked up: few, for hardly any picture is one."""

VIEW = View(kind=ViewKind.INVERTED)


def complement(orientations: tuple[bytes, ...]) -> tuple[bytes, ...]:
    """PDQ of the negative, from PDQ of the picture, in any orientations."""
    return tuple(bytes(255 - byte for byte in one) for one in orientations)
