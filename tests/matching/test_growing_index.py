"""An index that outgrows its cells answers all the while, and loses nothing."""

from __future__ import annotations

import threading

import numpy as np
import pytest
from PIL import Image

from tests.photographs import photograph
from verify.lab.features import STORED_POINTS, describe, stored
from verify.matching import descriptors
from verify.matching.local_index import LocalIndex
from verify.matching.points import Points, read

NAMES = ("china", "flower", "astronaut", "coffee")


def quarters(picture: Image.Image) -> list[Image.Image]:
    width, height = picture.size[0] // 2, picture.size[1] // 2
    return [picture.crop((x, y, x + width, y + height)) for x in (0, width) for y in (0, height)]


@pytest.fixture(scope="module")
def pictures() -> list[Points]:
    """Local features of sixteen quarters of photographs."""
    return [
        read(stored(describe(np.asarray(quarter))), STORED_POINTS)
        for name in NAMES
        for quarter in quarters(photograph(name))
    ]


@pytest.fixture(autouse=True)
def outgrown_soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(descriptors, "_FLAT_UP_TO", 500)
    monkeypatch.setattr(descriptors, "_GROWTH", 3)
    monkeypatch.setattr(descriptors, "_MOVED", 500)


def moving(index: LocalIndex) -> bool:
    return index._descriptors.moving


def first(index: LocalIndex, points: Points) -> int:
    return index.search(points).candidates(1)[0].view_id


def in_a_move(pictures: list[Points]) -> LocalIndex:
    """An index in the middle of its second move, out of an inverted file."""
    index = LocalIndex()
    moves = 0
    for number, points in enumerate(pictures):
        before = moving(index)
        index.add(number, points)
        moves += moving(index) and not before
        if moves == 2 and before:
            break
    assert moving(index)
    return index


def test_a_picture_is_found_before_during_and_after_a_move(pictures: list[Points]) -> None:
    index = LocalIndex()
    was_moving = []
    for number, points in enumerate(pictures):
        index.add(number, points)
        was_moving.append(moving(index))
        for known in {0, number // 2, number}:
            assert first(index, pictures[known]) == known
    assert True in was_moving
    assert was_moving[-1] is False
    for points in pictures:
        distances, _ = index._descriptors.search(points.bits, 1)
        assert not distances.any()


def test_a_move_takes_several_additions(pictures: list[Points]) -> None:
    index = in_a_move(pictures)
    before = len(index._descriptors)
    index.add(98, pictures[-2])
    assert moving(index)
    assert len(index._descriptors) == before + len(pictures[-2])


def test_a_searcher_gets_answers_while_others_add(pictures: list[Points]) -> None:
    index = LocalIndex()
    index.add(0, pictures[0])
    rest = list(enumerate(pictures))[1:]
    adding = threading.Thread(target=lambda: [index.add(*one) for one in rest])
    adding.start()
    found = {first(index, pictures[0])}
    while adding.is_alive():
        found.add(first(index, pictures[0]))
    assert found == {0}
    assert len(index) == len(pictures)


def test_what_is_saved_in_the_middle_goes_on_when_read(pictures: list[Points]) -> None:
    index = in_a_move(pictures)
    again = LocalIndex.from_bytes(b"".join(index.to_chunks()))
    assert moving(again)
    known = len(again)
    for points in pictures[:known:4]:
        assert again.search(points).candidates(9) == index.search(points).candidates(9)
    for number, points in enumerate(pictures[known:], known):
        again.add(number, points)
    assert not moving(again)
    assert [first(again, points) for points in pictures[::4]] == list(range(0, len(pictures), 4))


def test_what_is_removed_in_the_middle_is_gone(pictures: list[Points]) -> None:
    index = in_a_move(pictures)
    last = len(index) - 1
    for gone in (0, last):
        index.remove(gone)
        for points in (pictures[gone], pictures[1]):
            found = {one.view_id for one in index.search(points).candidates(99)}
            assert found <= index.views
    assert first(index, pictures[1]) == 1
