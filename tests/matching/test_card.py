"""A card shows both pictures as they are, at one scale, within what a chat accepts."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image

from tests.photographs import photograph
from verify.care.leaving import leaving
from verify.matching.card import draw
from verify.records import Corners, Orientation, Pixels, Step

CHINA, FLOWER = map(photograph, ("china", "flower"))
BACKGROUND = (236, 236, 233)


def pixels(picture: Image.Image) -> Pixels:
    return Pixels(width=picture.width, height=picture.height, rgb=picture.tobytes())


def opened(card: Image.Image) -> Image.Image:
    """The card as it leaves."""
    jpeg = leaving(card, Step.FULL, ()).jpeg
    assert len(jpeg) < 10_000_000
    picture = Image.open(io.BytesIO(jpeg))
    assert picture.format == "JPEG"
    assert sum(picture.size) <= 10_000
    assert max(picture.size) <= 20 * min(picture.size)
    return picture


def sides(card: Image.Image) -> list[tuple[int, int]]:
    """Width and height of the two pictures: what differs from the background, left and right."""
    inked = np.abs(np.asarray(card, dtype=int) - BACKGROUND).max(axis=2) > 60
    columns = np.flatnonzero(inked.sum(axis=0) > 8)
    breaks = np.flatnonzero(np.diff(columns) > 40)
    assert len(breaks) == 1
    parts = (columns[: breaks[0] + 1], columns[breaks[0] + 1 :])
    rows = [np.flatnonzero(inked[:, part].sum(axis=1) > 8) for part in parts]
    return [
        (int(part[-1] - part[0] + 1), int(row[-1] - row[0] + 1))
        for part, row in zip(parts, rows, strict=True)
    ]


def test_a_smaller_copy_is_drawn_as_large_as_the_earlier_one() -> None:
    dark = CHINA.point(lambda value: value // 3)
    card = opened(
        draw(pixels(dark.resize((160, 107))), pixels(dark), Orientation.ORIGINAL, colour=True)
    )
    incoming, earlier = sides(card)
    assert incoming == pytest.approx(earlier, abs=4)
    assert 1200 <= card.width <= 1280


def test_a_turned_copy_keeps_the_scale() -> None:
    dark = CHINA.point(lambda value: value // 3)
    turned = dark.transpose(Image.Transpose.ROTATE_270).resize((214, 320))
    card = opened(draw(pixels(turned), pixels(dark), Orientation.ORIGINAL, colour=True))
    incoming, earlier = sides(card)
    assert incoming == pytest.approx(earlier[::-1], abs=4)


def test_the_incoming_picture_stands_left() -> None:
    white = Image.new("RGB", CHINA.size, "black")
    card = opened(draw(pixels(white), pixels(FLOWER), Orientation.ORIGINAL, colour=True))
    middle = card.height // 2
    assert max(card.getpixel((card.width // 4, middle))) < 10
    assert max(card.getpixel((3 * card.width // 4, middle))) > 30


def test_it_is_grey_until_colour_is_asked_for() -> None:
    def spread(colour: bool) -> int:
        card = draw(pixels(FLOWER), pixels(FLOWER), Orientation.ORIGINAL, colour=colour)
        channels = np.asarray(opened(card), dtype=int)
        return int((channels.max(axis=2) - channels.min(axis=2)).max())

    assert spread(colour=False) < 12
    assert spread(colour=True) > 80


def test_a_crop_is_drawn_at_the_scale_of_the_whole_and_both_parts_are_outlined() -> None:
    crop = CHINA.crop((160, 107, 480, 320))
    region: Corners = ((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0))
    earlier: Corners = ((0.25, 0.25), (0.75, 0.25), (0.75, 0.75), (0.25, 0.75))
    arguments = pixels(crop), pixels(CHINA), Orientation.ORIGINAL
    plain = opened(draw(*arguments, colour=False))
    outlined = opened(
        draw(*arguments, colour=False, region=region, earlier_region=earlier)
    ).convert("RGB")
    orange = np.asarray(outlined, dtype=int)
    columns = np.flatnonzero(((orange[..., 0] - orange[..., 2]) > 90).any(axis=0))
    left, right = columns[columns < 440], columns[columns > 440]
    assert right.max() - right.min() == pytest.approx(left.max() - left.min(), abs=4)
    assert not ((np.asarray(plain, dtype=int)[..., 0] - np.asarray(plain)[..., 2]) > 90).any()


# Where the dot stands that marks the earlier picture's upper left corner.
CORNERS = {
    Orientation.TURNED_90: ("right", "top"),
    Orientation.TURNED_180: ("right", "bottom"),
    Orientation.TURNED_270: ("left", "bottom"),
    Orientation.MIRRORED: ("right", "top"),
    Orientation.MIRRORED_TURNED_90: ("right", "bottom"),
    Orientation.MIRRORED_TURNED_180: ("left", "bottom"),
    Orientation.MIRRORED_TURNED_270: ("left", "top"),
}


@pytest.mark.parametrize("orientation", CORNERS)
def test_a_dot_marks_the_same_corner_on_both(orientation: Orientation) -> None:
    square = pixels(CHINA.crop((0, 0, 400, 400)))
    card = np.asarray(opened(draw(square, square, orientation, colour=False)), dtype=int)
    marked = (card[..., 0] - card[..., 2]) > 90
    # Eroding with the line's width leaves the dots.
    thick = marked.copy()
    for axis in (0, 1):
        for step in range(1, 5):
            thick &= np.roll(marked, step, axis) & np.roll(marked, -step, axis)
    rows, columns = np.nonzero(thick[:, : card.shape[1] // 2])
    middle = card.shape[1] / 4, card.shape[0] / 2
    sides_ = (
        "left" if columns.mean() < middle[0] else "right",
        "top" if rows.mean() < middle[1] else "bottom",
    )
    assert sides_ == CORNERS[orientation]


@pytest.mark.parametrize(
    ("size", "other"), [((4000, 40), (4000, 40)), ((3, 4000), (4000, 3)), ((1, 1), (2048, 2048))]
)
def test_odd_shapes_stay_within_what_a_chat_accepts(
    size: tuple[int, int], other: tuple[int, int]
) -> None:
    pictures = (pixels(Image.new("RGB", shape)) for shape in (size, other))
    opened(draw(*pictures, Orientation.ORIGINAL, colour=True))
