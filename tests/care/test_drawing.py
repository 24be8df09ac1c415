"""A line drawing shows where things are; what is red as blood loses its texture."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from tests.photographs import photograph
from verify.care.drawing import drawn
from verify.care.leaving import veiled
from verify.lab.hashing import pdq
from verify.records import Pixels, Step

Picture = NDArray[np.uint8]
CHINA = np.ascontiguousarray(np.asarray(photograph("china")))


def pixels(picture: Picture) -> Pixels:
    return Pixels(width=picture.shape[1], height=picture.shape[0], rgb=picture.tobytes())


def grey(made: Pixels) -> Picture:
    return np.frombuffer(made.rgb, np.uint8).reshape(made.height, made.width, 3)[..., 0]


def test_it_is_lines_on_paper_where_the_picture_has_edges() -> None:
    drawing = grey(drawn(pixels(CHINA)))
    assert (drawing > 250).mean() > 0.7
    assert 0.02 < (drawing < 128).mean() < 0.25
    edges = cv2.dilate(cv2.Canny(cv2.cvtColor(CHINA, cv2.COLOR_RGB2GRAY), 60, 160), None)
    assert (edges[drawing < 128] > 0).mean() > 0.6


def test_a_blotch_of_blood_is_a_flat_pale_patch() -> None:
    spoilt = CHINA.copy()
    chance = np.random.default_rng(3)
    rough = cv2.resize(chance.random((8, 8)).astype(np.float32), (200, 200))[..., None]
    spoilt[200:400, 300:500] = (60 + 80 * rough) * np.array([1, 0.08, 0.1])
    inner = grey(drawn(pixels(spoilt)))[215:385, 315:485]
    assert (inner < 128).mean() < 0.005
    assert abs(np.median(inner) - 222) < 4


def test_large_pictures_become_small_drawings_and_tiny_ones_stay_whole() -> None:
    large = np.ascontiguousarray(np.repeat(np.repeat(CHINA, 3, 0), 3, 1))
    assert max(drawn(pixels(large)).width, drawn(pixels(large)).height) == 640
    tiny = np.ascontiguousarray(CHINA[:3, :2])
    assert (drawn(pixels(tiny)).width, drawn(pixels(tiny)).height) == (2, 3)


def test_a_drawing_is_not_found_by_the_pictures_fingerprint() -> None:
    hashes = [
        np.unpackbits(np.frombuffer(pdq(Image.fromarray(one)).hash, np.uint8))
        for one in (CHINA, np.repeat(grey(drawn(pixels(CHINA)))[..., None], 3, 2))
    ]
    assert (hashes[0] != hashes[1]).sum() > 60


def test_small_is_grey_and_small_and_words_show_nothing() -> None:
    small = veiled(pixels(CHINA), Step.SMALL)
    assert max(small.width, small.height) == 160
    rows = np.frombuffer(small.rgb, np.uint8).reshape(-1, 3)
    assert (rows.max(1) == rows.min(1)).all()
    with pytest.raises(ValueError, match="words"):
        veiled(pixels(CHINA), Step.WORDS)
