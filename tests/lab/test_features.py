"""Local features: small, spread, and a thumbnail that survives its coding."""

from __future__ import annotations

import numpy as np
import pytest

from tests.photographs import sample
from verify.lab.features import (
    POINT,
    STORED_BYTES,
    STORED_POINTS,
    THUMBNAIL_SIDE,
    describe,
    fit,
    pack_thumbnail,
    stored,
    unpack_thumbnail,
)

china = sample("china")
grey = china.mean(axis=2).astype(np.uint8)


def test_what_is_stored_of_a_photograph_stays_small() -> None:
    found = describe(china)
    points = min(STORED_POINTS, len(found.points) // POINT.itemsize)
    assert points == STORED_POINTS
    assert points * (POINT.itemsize + 32) + len(found.thumbnail) <= 16_000


def test_a_busy_picture_keeps_fewer_points() -> None:
    noise = np.random.default_rng(0).integers(0, 256, (400, 500, 3), dtype=np.uint8)
    found = stored(describe(noise))
    size = len(found.points) + len(found.descriptors) + len(found.thumbnail)
    assert 0.9 * STORED_BYTES < size <= STORED_BYTES


def test_the_first_points_are_spread_over_the_picture() -> None:
    found = describe(china)
    points = np.frombuffer(found.points, POINT)[:64]
    quarters = {(int(p["x"] > 32767), int(p["y"] > 32767)) for p in points}
    assert len(quarters) == 4


def test_a_blank_picture_has_no_points() -> None:
    found = describe(np.full((300, 400, 3), 200, np.uint8))
    assert found.points == found.descriptors == b""
    assert unpack_thumbnail(found.thumbnail).std() < 1


@pytest.mark.parametrize("size", [(1, 1), (2, 900), (900, 2), (9, 7)])
def test_pictures_of_any_shape_are_described(size: tuple[int, int]) -> None:
    found = describe(np.zeros((*size, 3), np.uint8))
    assert len(found.frame) == found.width * found.height


def test_the_thumbnail_is_nearly_the_picture() -> None:
    small = fit(grey, THUMBNAIL_SIDE)
    again = unpack_thumbnail(pack_thumbnail(small))
    assert again.shape == small.shape
    assert np.abs(again.astype(int) - small).mean() < 6


@pytest.mark.parametrize("harm", [b"", b"\x00\x10", b"\x10\x10", b"\xff\xff" + bytes(500)])
def test_a_broken_thumbnail_is_refused(harm: bytes) -> None:
    with pytest.raises(ValueError, match="thumbnail"):
        unpack_thumbnail(harm)


def test_a_thumbnail_cannot_grow_beyond_its_size() -> None:
    packed = pack_thumbnail(np.zeros((192, 192), np.uint8))
    with pytest.raises(ValueError, match="thumbnail"):
        unpack_thumbnail(bytes([8, 8]) + packed[2:])
