"""What was changed between two copies of a photograph is found where it is, and nothing else."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import UTC, datetime

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from tests.photographs import photograph, waved
from verify.matching.changes import differences
from verify.matching.placing import lies_of
from verify.records import Chance, Change, Differences, FirstSeen, Match, Orientation, Pixels

Picture = NDArray[np.uint8]
CHINA: Picture = np.asarray(photograph("china").convert("RGB"))
FLOWER: Picture = np.asarray(photograph("flower").convert("RGB"))
BOX = 180, 140, 300, 250  # left, top, right, bottom: a temple's roofs
_AS_IT_IS = (1.0, 0, 0, 0, 1.0, 0, 0, 0, 1.0)
_MIRRORED = (-1.0, 0, 1.0, 0, 1.0, 0, 0, 0, 1.0)


def pixels(picture: Picture) -> Pixels:
    height, width = picture.shape[:2]
    return Pixels(width=width, height=height, rgb=np.ascontiguousarray(picture).tobytes())


def sent_on(picture: Picture, scale: float = 0.6, quality: int = 60) -> Picture:
    """As a messenger saves it."""
    stream = io.BytesIO()
    size = round(picture.shape[1] * scale), round(picture.shape[0] * scale)
    Image.fromarray(picture).resize(size).save(stream, "JPEG", quality=quality)
    return np.asarray(Image.open(stream))


def within(box: tuple[int, int, int, int]) -> Picture:
    left, top, right, bottom = box
    mask = np.zeros(CHINA.shape[:2], np.uint8)
    middle = (left + right) // 2, (top + bottom) // 2
    cv2.ellipse(mask, middle, ((right - left) // 2, (bottom - top) // 2), 0, 0, 360, 255, -1)
    return mask


def put_in(picture: Picture) -> Picture:
    return np.where(within(BOX)[..., None] > 0, FLOWER, picture)


def painted_over(picture: Picture) -> Picture:
    return cv2.inpaint(picture, within(BOX), 5, cv2.INPAINT_TELEA)


def blurred(picture: Picture) -> Picture:
    soft = cv2.GaussianBlur(picture, (0, 0), 14)
    return np.where(within(BOX)[..., None] > 0, soft, picture)


def blacked_out(picture: Picture) -> Picture:
    out = picture.copy()
    left, top, right, bottom = BOX
    out[top:bottom, left:right] = 0
    return out


def recoloured(picture: Picture) -> Picture:
    other = picture[..., ::-1].copy()
    other[..., 0] = np.clip(other[..., 0].astype(int) + 50, 0, 255)
    return np.where(within(BOX)[..., None] > 0, other, picture)


@pytest.mark.parametrize(
    ("edit", "change"),
    [
        (put_in, Change.ADDED),
        (painted_over, Change.REMOVED),
        (blurred, Change.COVERED),
        (blacked_out, Change.COVERED),
        (recoloured, Change.RECOLOURED),
    ],
)
def test_a_change_is_found_where_it_is_and_called_by_its_kind(
    edit: Callable[[Picture], Picture], change: Change
) -> None:
    found = told(sent_on(edit(CHINA)), CHINA)
    [region] = found.regions
    assert region.change is change
    (left, top), _, (right, bottom), _ = region.corners
    edges = np.array([left * 640, top * 427, right * 640, bottom * 427])
    assert np.abs(edges - np.array(BOX)).max() < 20


@pytest.mark.parametrize("scale", [0.3, 1.0])
@pytest.mark.parametrize("quality", [40, 85])
def test_a_copy_has_no_changes(scale: float, quality: int) -> None:
    assert told(sent_on(CHINA, scale, quality), CHINA).regions == ()
    assert told(CHINA, sent_on(CHINA, scale, quality)).regions == ()


def test_other_light_colours_and_the_other_way_round_are_no_changes() -> None:
    grey = CHINA.mean(axis=2, keepdims=True) * np.array([1.1, 1.0, 0.8])
    for copy in (CHINA * 0.7 + 20, grey.clip(0, 255)):
        assert told(sent_on(copy.astype(np.uint8)), CHINA).regions == ()
    assert told(sent_on(CHINA[:, ::-1]), CHINA, _MIRRORED).regions == ()


def test_what_is_made_so_light_that_colours_are_cut_off_is_no_change() -> None:
    down, across = np.mgrid[0:1:150j, 0:1:400j]
    clouds = 0.5 + 0.25 * np.sin(9 * across + 2 * down) + 0.25 * np.cos(3.5 * down - 3 * across)
    blue = 150 + (1 - clouds)[..., None] * np.array([-10, 10, 45])
    picture = CHINA[:300, :400].copy()
    picture[:150] = blue + clouds[..., None] * 60
    lighter = (picture * 1.4 + 4).clip(0, 255).astype(np.uint8)
    assert told(sent_on(lighter), picture).regions == ()


def test_other_pictures_are_not_told_apart_in_regions() -> None:
    assert differences(pixels(FLOWER), pixels(CHINA), _AS_IT_IS) is None


def test_a_bent_picture_is_not_told_apart_in_regions() -> None:
    """Its edges all lie beside where one map brings those of the other."""
    for by in (0.006, 0.012):
        assert differences(pixels(sent_on(waved(CHINA, by))), pixels(CHINA), _AS_IT_IS) is None


def told(incoming: Picture, earlier: Picture, lies: tuple[float, ...] = _AS_IT_IS) -> Differences:
    found = differences(pixels(incoming), pixels(earlier), lies)
    assert found is not None
    return found


def test_every_orientation_is_undone() -> None:
    """Where a hash alone found a match, its orientation says how the pictures lie."""
    for way in Orientation:
        number = list(Orientation).index(way)
        copy = CHINA[:, ::-1] if number >= 4 else CHINA
        copy = np.rot90(copy, -(number % 4))
        match = found_by_hash(way)
        assert told(sent_on(copy), CHINA, lies_of(match)).regions == ()


def found_by_hash(way: Orientation) -> Match:
    return Match(
        id=1,
        method="pdq",
        exhibit_id=2,
        earlier_exhibit_id=1,
        earlier_sha256="",
        earlier_case_id=1,
        orientation=way,
        expected_by_chance=Chance(expected=0),
        first_seen=FirstSeen(at=datetime.now(UTC), posted=False),
    )
