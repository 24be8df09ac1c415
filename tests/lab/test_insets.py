"""Pictures within a picture are views of their own: on a page, put into another, in a collage."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw

from tests.photographs import encode, photograph
from verify.lab.examine import examine
from verify.lab.insets import insets as pictures_within
from verify.lab.pages import on_page
from verify.lab.rectangles import Rectangle
from verify.records import View, ViewKind

CHINA, FLOWER, COFFEE = (photograph(name) for name in ("china", "flower", "coffee"))
BOX = (0.2, 0.5, 0.45, 0.6)


def page(colour: str, letters: str) -> Image.Image:
    """A page full of words, with room for a picture at `BOX`."""
    ground = Image.new("RGB", (1000, 1600), colour)
    pen = ImageDraw.Draw(ground)
    for y in range(50, 1550, 45):
        if not 740 < y < 980:
            pen.text(
                (60, y), "what people wrote about the old bridge in town", letters, font_size=34
            )
    return ground


def boxes(picture: Image.Image) -> list[tuple[float, ...]]:
    return on_page(np.asarray(picture))


def insets(picture: Image.Image) -> list[View]:
    found = examine(encode(picture, quality=85)).views
    return [view for view in found if view.kind is ViewKind.INSET]


@pytest.mark.parametrize(("colour", "letters"), [("white", "black"), ("#15202b", "#eeeeee")])
def test_a_picture_among_words_is_found_where_it_lies(colour: str, letters: str) -> None:
    ground = page(colour, letters)
    ground.paste(COFFEE.resize((250, 160)), (200, 800))
    assert boxes(ground) == [pytest.approx(BOX, abs=0.01)]


def test_a_card_on_a_page_is_looked_into() -> None:
    ground = Image.new("RGB", (1080, 1680), "#dde3ea")
    ground.paste(page("white", "black"), (40, 40))
    ground.paste(COFFEE.resize((250, 160)), (240, 840))
    [(left, top, right, bottom)] = boxes(ground)
    assert (left * 1080, top * 1680) == pytest.approx((240, 840), abs=8)
    assert (right * 1080, bottom * 1680) == pytest.approx((490, 1000), abs=8)


def test_words_and_buttons_are_no_pictures() -> None:
    ground = page("white", "black")
    pen = ImageDraw.Draw(ground)
    pen.rounded_rectangle((200, 780, 700, 960), 30, fill="#1d9bf0")
    pen.text((260, 840), "Follow", "white", font_size=60)
    assert boxes(ground) == []


@pytest.mark.parametrize("picture", [CHINA, FLOWER, COFFEE])
def test_a_plain_photograph_has_no_pictures_within(picture: Image.Image) -> None:
    assert insets(picture) == []


def test_what_was_put_into_another_is_a_view_with_hashes_and_features() -> None:
    made = CHINA.resize((960, 640))
    made.paste(COFFEE.resize((288, 192)), (192, 160))
    [inset] = insets(made)
    assert inset.corners is not None
    assert inset.corners[0] == pytest.approx((0.2, 0.25), abs=0.02)
    assert inset.corners[2] == pytest.approx((0.5, 0.55), abs=0.02)
    assert {one.algorithm for one in inset.fingerprints} == {"pdq", "phash", "dhash"}
    assert inset.features is not None
    assert inset.features.points


@pytest.mark.parametrize(("score", "known"), [(1.1, True), (1.0, False)])
def test_what_may_have_been_put_in_is_looked_at_before_it_is_sure(
    score: float, known: bool
) -> None:
    made = CHINA.resize((960, 640))
    made.paste(COFFEE.resize((192, 128)), (192, 160))
    box = 0.2, 0.25, 0.4, 0.45
    cuts = [Rectangle(box, score, clear=False)]
    assert pictures_within(np.asarray(made), None, cuts, ([], [])) == [box] * known


def test_every_tile_of_a_collage_is_a_view() -> None:
    made = Image.new("RGB", (800, 600))
    for number, tile in enumerate((CHINA, FLOWER, COFFEE, photograph("astronaut"))):
        made.paste(tile.resize((400, 300)), (number % 2 * 400, number // 2 * 300))
    corners = sorted(view.corners[0] for view in insets(made) if view.corners)
    assert corners == [
        pytest.approx(at, abs=0.02) for at in ((0, 0), (0, 0.5), (0.5, 0), (0.5, 0.5))
    ]
