"""Pixels of real photographs, laid on one another: what agrees is told from what does not."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from tests.photographs import sample
from verify.lab.features import THUMBNAIL_SIDE, fit
from verify.matching.agreement import Agreement, compare
from verify.matching.windows import levels

Grey = NDArray[np.uint8]
CHINA: Grey = cv2.cvtColor(sample("china"), cv2.COLOR_RGB2GRAY).astype(np.uint8)
FLOWER: Grey = cv2.cvtColor(sample("flower"), cv2.COLOR_RGB2GRAY).astype(np.uint8)
TO_CHINA = np.diag([640 / 192, 427 / 128, 1.0])


def laid(query: Grey, matrix: NDArray[np.float64] = TO_CHINA) -> Agreement:
    return compare(query, levels(query), fit(CHINA, THUMBNAIL_SIDE), matrix)[0]


def test_a_darker_copy_agrees_everywhere() -> None:
    found = laid((CHINA * 0.6 + 20).astype(np.uint8))
    assert found.alike[found.photo].mean() > 0.97
    assert found.whole > 0.97
    assert found.seen == (0, 0, 1, 1)


def test_another_picture_agrees_nowhere() -> None:
    found = compare(FLOWER, levels(FLOWER), fit(CHINA, THUMBNAIL_SIDE), TO_CHINA)
    assert all(one.whole < 0.1 for one in found)


def test_a_map_that_is_slightly_off_is_refined() -> None:
    off = np.array([[1.01, 0.01, 4], [-0.01, 0.99, -5], [0, 0, 1.0]])
    found = laid(CHINA, off @ TO_CHINA)
    assert found.whole > 0.95
    middle = np.array([[[96.0, 64.0]]])
    there = cv2.perspectiveTransform(middle, found.matrix)[0, 0]
    assert np.abs(there - (320, 213.5)).max() < 2


def test_a_covered_strip_is_cut_away_but_counts_as_differing() -> None:
    covered = CHINA.copy()
    covered[320:] = FLOWER[320:]
    found = laid(covered)
    left, top, right, bottom = found.seen
    assert (left, top, right) == (0, 0, 1)
    assert abs(bottom - 320 / 427) < 0.05
    assert found.alike[found.photo].mean() > 0.95
    assert 0.6 < found.whole < 0.9


def test_letters_on_a_flat_ground_are_no_photograph() -> None:
    page = Image.new("L", (640, 427), 250)
    pen = ImageDraw.Draw(page)
    for row in range(14):
        pen.text((20, 10 + 30 * row), "residents said the water rose", fill=20, font_size=24)
    words = np.asarray(page)
    for found in compare(words, levels(words), fit(words, THUMBNAIL_SIDE), TO_CHINA):
        assert found.graphic.sum() > 10 * found.photo.sum()


def test_a_photograph_is_mostly_no_graphic() -> None:
    found = laid(CHINA)
    assert found.photo.sum() > 2.5 * found.graphic.sum()


def test_what_lies_outside_the_query_is_not_compared() -> None:
    outside = np.array([[1, 0, 5000], [0, 1, 5000], [0, 0, 1.0]]) @ TO_CHINA
    assert compare(CHINA, levels(CHINA), fit(CHINA, THUMBNAIL_SIDE), outside) == ()


def test_a_smooth_sky_is_photograph_by_the_finer_step_unless_it_is_noisy() -> None:
    down, across = np.mgrid[:360, :540]
    waves = 6 * np.sin(across / 23 + down / 31) + 5 * np.sin(down / 17)
    sky = np.clip(150 + down / 20 + waves, 0, 255).astype(np.uint8)
    to_sky = np.diag([540 / 192, 360 / 128, 1.0])
    usual, fine = compare(sky, levels(sky), fit(sky, THUMBNAIL_SIDE), to_sky)
    assert fine.photo.sum() > usual.photo.sum() + 10
    noise = np.random.default_rng(4).normal(0, 5, sky.shape)
    assert len(levels(np.clip(sky + noise, 0, 255).astype(np.uint8))) == 1
