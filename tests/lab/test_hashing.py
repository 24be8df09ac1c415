from __future__ import annotations

import imagehash
import numpy as np
import pytest
from PIL import Image

from tests.photographs import encode, photograph
from verify.lab import hashing
from verify.lab.imaging import Specimen
from verify.records import Orientation

PHOTOGRAPHS = ["china", "flower", "astronaut", "coffee", "chelsea", "camera"]
TURN = {"90": Image.Transpose.ROTATE_270, "180": Image.Transpose.ROTATE_180,
        "270": Image.Transpose.ROTATE_90}  # fmt: skip


def distance(one: bytes, other: bytes) -> int:
    return (int.from_bytes(one, "big") ^ int.from_bytes(other, "big")).bit_count()


def laid(picture: Image.Image, orientation: Orientation) -> Image.Image:
    """The picture mirrored left to right first, then turned clockwise, as the words say."""
    words = orientation.value.split("-")
    if words[0] == "mirrored":
        picture = picture.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    return picture.transpose(TURN[words[-1]]) if words[-1] in TURN else picture


@pytest.mark.parametrize("orientation", Orientation)
@pytest.mark.parametrize("name", PHOTOGRAPHS)
def test_a_picture_really_turned_is_found_under_the_name_of_its_turn(
    name: str, orientation: Orientation
) -> None:
    earlier = hashing.pdq(photograph(name))
    incoming = hashing.pdq(laid(photograph(name), orientation))
    distances = [distance(entry, earlier.hash) for entry in incoming.orientations]
    assert distances[list(Orientation).index(orientation)] <= 6
    assert sum(found <= 31 for found in distances) == 1


def test_the_matrices_do_what_the_description_says_step_by_step() -> None:
    for size in ((150, 100), (64, 64), (71, 130)):
        picture = photograph("astronaut").resize(size)
        assert hashing.pdq(picture).hash == reference_hash(picture)


def reference_hash(picture: Image.Image) -> bytes:
    """PDQ step by step from its description, one pixel at a time where ours multiplies matrices."""
    picture = picture.copy()
    picture.thumbnail((512, 512))
    luma = np.asarray(picture, dtype=np.float64) @ np.array([0.299, 0.587, 0.114])
    for _ in range(2):
        luma = np.array([running_average(row) for row in luma])
        luma = np.array([running_average(column) for column in luma.T]).T
    height, width = luma.shape
    samples = np.array(
        [
            [luma[int((i + 0.5) * height / 64), int((j + 0.5) * width / 64)] for j in range(64)]
            for i in range(64)
        ]
    )
    waves = np.array(
        [
            [np.sqrt(2 / 64) * np.cos(np.pi / 128 * k * (2 * x + 1)) for x in range(64)]
            for k in range(1, 17)
        ]
    )
    coefficients = (waves @ samples @ waves.T).ravel()
    median = sorted(coefficients)[127]
    number = sum(1 << k for k, value in enumerate(coefficients) if value > median)
    return number.to_bytes(32, "big")


def running_average(values: np.ndarray) -> list[float]:
    window = -(-len(values) // 128)
    ahead = (window + 2) // 2
    return [
        float(np.mean(values[max(0, at - (window - ahead)) : at + ahead]))
        for at in range(len(values))
    ]


@pytest.mark.parametrize("name", PHOTOGRAPHS)
def test_recompression_and_shrinking_change_few_bits(name: str) -> None:
    picture = photograph(name)
    smaller = picture.resize((picture.width // 2, picture.height // 2))
    copy = Specimen(encode(smaller, quality=30)).picture
    assert distance(hashing.pdq(copy).hash, hashing.pdq(picture).hash) <= 31


def test_different_photographs_lie_far_apart() -> None:
    hashes = [hashing.pdq(photograph(name)).hash for name in PHOTOGRAPHS]
    pairs = [distance(a, b) for i, a in enumerate(hashes) for b in hashes[:i]]
    assert min(pairs) > 60


def test_quality_tells_a_flat_picture_from_a_photograph() -> None:
    assert hashing.pdq(photograph("china")).quality == 100
    assert hashing.pdq(Image.new("RGB", (300, 200), "grey")).quality == 0
    assert hashing.pdq(photograph("china").crop((0, 0, 4, 4))).quality == 0


@pytest.mark.parametrize("name", PHOTOGRAPHS)
def test_phash_and_dhash_are_those_of_imagehash(name: str) -> None:
    for picture in (photograph(name), photograph(name).resize((90, 31)), Image.new("RGB", (9, 9))):
        _, phash, dhash = hashing.fingerprints(picture)
        assert phash.hash.hex() == str(imagehash.phash(picture))
        assert dhash.hash.hex() == str(imagehash.dhash(picture))
