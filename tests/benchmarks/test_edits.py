"""The benchmark's edits know where each part of the photograph went."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from skimage.data import astronaut, coffee

from benchmarks import edits

MOVING = ["crop-50", "mirror", "turn-90", "turn-180", "stretch", "meme", "collage", "screen-photo"]


@pytest.mark.parametrize("name", MOVING)
def test_the_photograph_lies_where_the_edit_says(name: str) -> None:
    photograph = coffee()
    copy = edits.apply(
        name, edits.original(photograph), np.random.default_rng(5), [astronaut()] * 9
    )
    back = cv2.warpPerspective(
        copy.pixels, copy.matrix, photograph.shape[1::-1], flags=cv2.WARP_INVERSE_MAP
    )
    mask = np.zeros(photograph.shape[:2], np.uint8)
    cv2.fillConvexPoly(mask, np.rint(copy.visible).astype(np.int32), 1)
    inside = cv2.erode(mask, np.ones((25, 25))) == 1
    assert inside.mean() > 0.1
    seen = [cv2.GaussianBlur(p, (0, 0), 3).mean(axis=2)[inside] for p in (back, photograph)]
    assert np.corrcoef(*seen)[0, 1] > 0.9


def test_a_full_width_strip_counts_as_cut_off() -> None:
    copy = edits.apply("caption", edits.original(coffee()), np.random.default_rng(1), [])
    assert copy.visible[:, 1].max() < 0.9 * 400
