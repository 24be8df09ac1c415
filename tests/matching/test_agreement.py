"""Pixels of real photographs, laid on one another: what agrees is told from what does not."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw
from sklearn.datasets import load_sample_image

from verify.lab.features import THUMBNAIL_SIDE, fit
from verify.matching.agreement import Agreement, compare
from verify.matching.windows import one_level

Grey = NDArray[np.uint8]
CHINA: Grey = cv2.cvtColor(load_sample_image("china.jpg"), cv2.COLOR_RGB2GRAY).astype(np.uint8)
FLOWER: Grey = cv2.cvtColor(load_sample_image("flower.jpg"), cv2.COLOR_RGB2GRAY).astype(np.uint8)
TO_CHINA = np.diag([640 / 192, 427 / 128, 1.0])


def laid(query: Grey, matrix: NDArray[np.float64] = TO_CHINA) -> Agreement:
    found = compare(query, one_level(query), fit(CHINA, THUMBNAIL_SIDE), matrix)
    assert found
    return found


def test_a_darker_copy_agrees_everywhere() -> None:
    found = laid((CHINA * 0.6 + 20).astype(np.uint8))
    assert found.alike[found.photo].mean() > 0.97
    assert found.whole > 0.97
    assert found.seen == (0, 0, 1, 1)


def test_another_picture_agrees_nowhere() -> None:
    found = compare(FLOWER, one_level(FLOWER), fit(CHINA, THUMBNAIL_SIDE), TO_CHINA)
    assert found is None or found.whole < 0.1


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
    found = compare(words, one_level(words), fit(words, THUMBNAIL_SIDE), TO_CHINA)
    assert found
    assert found.graphic.sum() > 10 * found.photo.sum()


def test_a_photograph_is_mostly_no_graphic() -> None:
    found = laid(CHINA)
    assert found.photo.sum() > 2.5 * found.graphic.sum()


def test_what_lies_outside_the_query_is_not_compared() -> None:
    outside = np.array([[1, 0, 5000], [0, 1, 5000], [0, 0, 1.0]]) @ TO_CHINA
    assert compare(CHINA, one_level(CHINA), fit(CHINA, THUMBNAIL_SIDE), outside) is None
