"""The PDQ of a mirrored or turned picture, computed of its own PDQ."""

from __future__ import annotations

import pytest

from tests.photographs import photograph
from verify.lab.hashing import pdq
from verify.matching.laid import laid
from verify.records import Orientation

FEW = 31  # of 256 bits: what counts as alike


@pytest.mark.parametrize("name", ["china", "flower", "coffee", "astronaut", "rocket"])
def test_it_differs_in_few_bits_from_that_of_the_picture_laid_so(name: str) -> None:
    print_ = pdq(photograph(name).convert("RGB"))
    found = laid(print_.hash)
    assert found[Orientation.ORIGINAL] == print_.hash
    for orientation, expected in zip(Orientation, print_.orientations, strict=True):
        differ = int.from_bytes(found[orientation]) ^ int.from_bytes(expected)
        assert differ.bit_count() <= FEW, orientation
