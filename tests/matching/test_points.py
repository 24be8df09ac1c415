"""Features of a real photograph as arrays, and records that contradict themselves."""

from __future__ import annotations

import numpy as np
import pytest
from msgspec.structs import replace
from numpy.typing import NDArray

from tests.photographs import sample
from verify.lab.features import describe, stored
from verify.matching.points import Points, grey_frame, read

CHINA: NDArray[np.uint8] = sample("china")
FEATURES = describe(CHINA)


def test_points_lie_within_the_frame_and_the_best_come_first() -> None:
    points, fewer = read(FEATURES, 800), read(FEATURES, 100)
    assert len(points) > 300
    assert len(fewer) == 100
    assert (fewer.xy == points.xy[:100]).all()
    assert (points.xy >= 0).all()
    assert (points.xy <= (points.width, points.height)).all()


@pytest.mark.parametrize(
    ("ours", "picture"),
    [
        (read(FEATURES, 800).mirrored(), CHINA[:, ::-1]),
        (read(FEATURES, 800).inverted(), 255 - CHINA),
        (read(FEATURES, 800).inverted().mirrored(), 255 - CHINA[:, ::-1]),
    ],
    ids=["mirror", "negative", "both"],
)
def test_points_are_those_of_the_mirror_image_and_of_the_negative(
    ours: Points, picture: NDArray[np.uint8]
) -> None:
    theirs = read(describe(np.ascontiguousarray(picture)), 800)
    near = np.linalg.norm(ours.xy[:, None] - theirs.xy[None], axis=2) < 1.0
    differing = np.bitwise_count(ours.bits[:, None] ^ theirs.bits[None]).sum(axis=2)
    best = np.where(near, differing, 256).min(axis=1)
    assert (best < 40).mean() > 0.7


def test_a_frame_that_was_not_kept_is_drawn_from_the_thumbnail() -> None:
    whole, kept = grey_frame(FEATURES), grey_frame(stored(FEATURES))
    assert kept.shape == whole.shape
    assert np.corrcoef(kept.ravel(), whole.ravel())[0, 1] > 0.95


@pytest.mark.parametrize(
    "broken",
    [
        replace(FEATURES, points=FEATURES.points[:-6]),
        replace(FEATURES, width=0),
        replace(FEATURES, height=100_000),
        replace(FEATURES, descriptors=FEATURES.descriptors[:-1]),
    ],
    ids=["a point less", "no width", "too high", "half a descriptor"],
)
def test_records_that_contradict_themselves_are_refused(broken: object) -> None:
    with pytest.raises(ValueError):
        read(broken, 800)  # type: ignore[arg-type]


def test_a_frame_of_another_size_is_refused() -> None:
    with pytest.raises(ValueError):
        grey_frame(replace(FEATURES, frame=FEATURES.frame[:-1]))
