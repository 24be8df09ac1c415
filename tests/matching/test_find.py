"""Pictures are found again inside others, and nothing else is."""

from __future__ import annotations

import dataclasses

import cv2
import numpy as np
import pytest
from msgspec.structs import replace
from numpy.typing import NDArray
from skimage import data

from tests.photographs import sample, waved
from verify.lab.features import POINT, STORED_POINTS, describe
from verify.matching.alignment import Query
from verify.matching.find import Detection, find
from verify.matching.local_index import LocalIndex
from verify.matching.points import read
from verify.records import Features, Orientation

Picture = NDArray[np.uint8]
PHOTOGRAPHS: dict[str, Picture] = {
    "china": sample("china"),
    "flower": sample("flower"),
    "astronaut": data.astronaut(),
    "coffee": data.coffee(),
    "cat": data.chelsea(),
}
NAMES = list(PHOTOGRAPHS)


def stored(picture: Picture) -> Features:
    found = describe(picture)
    return replace(
        found,
        points=found.points[: STORED_POINTS * POINT.itemsize],
        descriptors=found.descriptors[: STORED_POINTS * 32],
        frame=b"",
    )


@dataclasses.dataclass
class Archive:
    index: LocalIndex
    features: dict[int, Features]

    def find(self, picture: Picture) -> dict[str, Detection]:
        found = find(Query.of(describe(picture)), self.index, self.features.get)
        return {NAMES[one.view_id]: one for one in found}


@pytest.fixture(scope="module")
def archive() -> Archive:
    archive = Archive(LocalIndex(), {})
    for number, name in enumerate(NAMES[:4]):  # the cat is never archived
        archive.features[number] = stored(PHOTOGRAPHS[name])
        archive.index.add(number, read(archive.features[number], STORED_POINTS))
    return archive


@pytest.mark.parametrize("orientation", list(Orientation))
def test_a_picture_is_found_however_it_lies(archive: Archive, orientation: Orientation) -> None:
    index = list(Orientation).index(orientation)
    picture = PHOTOGRAPHS["coffee"]
    laid = np.rot90(picture[:, ::-1] if index >= 4 else picture, -(index % 4))
    found = archive.find(np.ascontiguousarray(laid))
    assert list(found) == ["coffee"]
    assert found["coffee"].alignment.orientation is orientation


def test_a_quarter_is_found_with_its_place(archive: Archive) -> None:
    part = cv2.resize(PHOTOGRAPHS["china"][200:414, 20:340], (640, 428))
    proof = archive.find(part)["china"].alignment.proof
    height, width = PHOTOGRAPHS["china"].shape[:2]
    wanted = [(20, 200), (340, 200), (340, 414), (20, 414)]
    assert proof.earlier_region == pytest.approx(np.array(wanted) / (width, height), abs=0.03)
    assert proof.region == pytest.approx(np.array([(0, 0), (1, 0), (1, 1), (0, 1)]), abs=0.05)
    assert proof.scale == pytest.approx(2.0, rel=0.05)


def test_every_picture_of_a_collage_is_found(archive: Archive) -> None:
    tiles = [cv2.resize(PHOTOGRAPHS[name], (400, 300)) for name in NAMES]
    collage = np.vstack([np.hstack(tiles[:2]), np.hstack([tiles[4], tiles[3]])])
    found = archive.find(collage)
    assert sorted(found) == ["china", "coffee", "flower"]
    corner = np.array(found["coffee"].alignment.proof.region)
    assert corner == pytest.approx(np.array([(0.5, 0.5), (1, 0.5), (1, 1), (0.5, 1)]), abs=0.03)


def test_a_small_picture_within_another_is_found(archive: Archive) -> None:
    screen = cv2.resize(PHOTOGRAPHS["flower"], (640, 430))
    small = cv2.resize(PHOTOGRAPHS["china"], (90, 60), interpolation=cv2.INTER_AREA)
    screen[20:80, 30:120] = small
    found = archive.find(screen)
    assert sorted(found) == ["china", "flower"]
    region = np.array([(30, 20), (120, 20), (120, 80), (30, 80)]) / (640, 430)
    assert found["china"].alignment.proof.region == pytest.approx(region, abs=0.03)


@pytest.mark.parametrize("name", ["china", "astronaut", "coffee"])
def test_a_bent_picture_is_found_by_what_agrees_nearby(archive: Archive, name: str) -> None:
    found = archive.find(waved(PHOTOGRAPHS[name]))
    assert list(found) == [name]
    assert found[name].alignment.orientation is Orientation.ORIGINAL
    mirrored = np.ascontiguousarray(waved(PHOTOGRAPHS[name])[:, ::-1])
    assert archive.find(mirrored)[name].alignment.orientation is Orientation.MIRRORED


def test_an_unknown_picture_finds_nothing(archive: Archive) -> None:
    assert archive.find(PHOTOGRAPHS["cat"]) == {}
    assert archive.find(waved(PHOTOGRAPHS["cat"])) == {}


def test_the_same_words_under_another_picture_find_nothing(archive: Archive) -> None:
    band = np.full((140, 600, 3), 255, np.uint8)
    cv2.putText(band, "LOOK WHAT THEY DID TODAY", (20, 85), 0, 1.2, (0, 0, 0), 4)
    pictures = [np.vstack([band, cv2.resize(PHOTOGRAPHS[n], (600, 400))]) for n in ("china", "cat")]
    index, features = LocalIndex(), {0: stored(pictures[0])}
    index.add(0, read(features[0], STORED_POINTS))
    assert find(Query.of(describe(pictures[1])), index, features.get) == []
    assert find(Query.of(describe(pictures[0])), index, features.get) != []


def test_a_picture_is_found_from_its_stored_features_too(archive: Archive) -> None:
    again = find(Query.of(archive.features[1]), archive.index, archive.features.get)
    assert [one.view_id for one in again] == [1]


def test_what_is_left_out_is_not_looked_at(archive: Archive) -> None:
    query = Query.of(describe(PHOTOGRAPHS["flower"]))
    assert find(query, archive.index, archive.features.get, leave_out=[1]) == []


def test_broken_features_prove_nothing(archive: Archive) -> None:
    broken = {1: replace(archive.features[1], thumbnail=b"\x10\x10nonsense")}
    query = Query.of(describe(PHOTOGRAPHS["flower"]))
    assert find(query, archive.index, broken.get) == []
