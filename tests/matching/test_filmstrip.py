"""A film's strip shows its shots and where it was seen earlier; it reads as its reader does."""

from __future__ import annotations

import numpy as np
from PIL import Image

from tests.photographs import photograph
from verify.lab.hashing import pdq
from verify.matching.film_pictures import chosen, ends_of_shots
from verify.matching.filmstrip import Found, Strip, draw
from verify.records import Footage, Pixels, Sample

CHINA, FLOWER = map(photograph, ("china", "flower"))
BLUE = (0, 114, 178)


def pixels(picture: Image.Image) -> Pixels:
    small = picture.resize((300, 200))
    return Pixels(width=small.width, height=small.height, rgb=small.tobytes())


def strip(frames: int, film: Strip, *, colour: bool = False) -> np.ndarray:
    shown = [(2.0 * number, pixels(CHINA)) for number in range(frames)]
    return np.asarray(draw(shown, film, colour=colour).convert("RGB")).astype(int)


def columns_of(picture: np.ndarray, colour: tuple[int, int, int], rows: slice) -> np.ndarray:
    near = np.abs(picture[rows] - colour).max(axis=2) < 40
    return np.flatnonzero(near.any(axis=0))


def test_a_found_stretch_frames_its_pictures_alone() -> None:
    picture = strip(4, Strip(8.0, found=(Found("A", 1.5, 4.5, 60.0),)), colour=True)
    framed = columns_of(picture, BLUE, slice(80, 200))
    cells = {int(column - 28) // 332 for column in framed}
    assert cells == {1, 2}


def test_the_strip_of_a_reader_from_the_right_begins_there() -> None:
    found = (Found("A", 0.0, 0.5, 60.0),)
    left = columns_of(strip(4, Strip(8.0, found=found)), BLUE, slice(80, 200))
    right = columns_of(strip(4, Strip(8.0, found=found, right_to_left=True)), BLUE, slice(80, 200))
    assert left.max() < 350 < 680 < right.min()


def test_grey_unless_asked_and_the_frame_of_what_was_found_is_not() -> None:
    plain = strip(4, Strip(8.0))[60:240]
    assert (plain.max(axis=2) - plain.min(axis=2)).max() < 12
    assert len(columns_of(strip(4, Strip(8.0, found=(Found("A", 0, 8),))), BLUE, slice(60, 240)))


def test_the_label_says_when_it_is_seen_in_the_earlier_film() -> None:
    assert Found("A", 10.0, 20.0, 60.0, speed=2.0).label(15.0) == "A 1:10"
    assert Found("A", 10.0, 20.0, 60.0, speed=-1.0).label(15.0) == "A 0:55"
    assert Found("B", 10.0, 20.0).label(15.0) == "B"


def test_an_hour_without_frames_or_length_can_be_drawn() -> None:
    assert strip(1, Strip(0.0)).shape
    assert strip(3, Strip(7200.0, shots=(0.0, 1.0, 3600.0))).shape


def sample(at_ms: int, picture: Image.Image) -> Sample:
    print_ = pdq(picture)
    return Sample(at_ms=at_ms, quality=print_.quality or 0, pdq=(print_.hash,))


def test_one_frame_is_shown_of_each_shot_and_none_of_a_fade() -> None:
    black = Image.new("RGB", (300, 200))
    samples = [
        *(sample(at, CHINA) for at in range(0, 3000, 500)),
        sample(3000, black),
        *(sample(at, FLOWER) for at in range(3500, 6000, 500)),
    ]
    film = Footage(version=1, seconds=6, samples=tuple(samples), shots=(0, 3000, 3500))
    first, second = chosen(film)
    assert 750 <= first < 2250  # the middle half of the shot
    assert 3500 <= second < 6000
    assert ends_of_shots(film) == [3000, 3500, 6000]


def test_of_many_shots_as_many_are_shown_as_there_is_room_for() -> None:
    noise = np.random.default_rng(3)
    pictures = [
        Image.fromarray(noise.integers(0, 255, (8, 8, 3), np.uint8)).resize((64, 64))
        for _ in range(30)
    ]
    samples = tuple(sample(1000 * number, one) for number, one in enumerate(pictures))
    film = Footage(version=1, seconds=30, samples=samples, shots=tuple(range(0, 30_000, 1000)))
    shown = chosen(film)
    assert len(shown) == 20
    assert shown == sorted(set(shown))


def test_a_film_that_is_plain_all_over_is_shown_by_its_first_frame() -> None:
    black = Image.new("RGB", (300, 200))
    film = Footage(version=1, seconds=1, samples=(sample(0, black), sample(500, black)))
    assert chosen(film) == [0]
