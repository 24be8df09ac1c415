"""What is seen in a picture, or beside it in its file, is a view that finds and is found."""

from __future__ import annotations

import io
from collections.abc import Iterator

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageOps

from tests.filmed import filmed
from tests.lab.specimens import with_thumbnail
from tests.photographs import encode, photograph
from tests.submissions import arrived
from verify.desk import Desk
from verify.records import Match, Person, ViewKind
from verify.wording.matches import seen

CHINA, FLOWER, COFFEE = (photograph(name) for name in ("china", "flower", "coffee"))


def post(picture: Image.Image) -> Image.Image:
    """Words all over a page, and a picture a quarter as wide among them."""
    page = Image.new("RGB", (1080, 1700), "white")
    pen = ImageDraw.Draw(page)
    for y in range(60, 1640, 46):
        if not 850 < y < 1130:
            pen.text(
                (60, y), "what people wrote about the old bridge in town", "black", font_size=36
            )
    page.paste(picture.resize((270, 180)), (640, 930))
    return page


def brought(desk: Desk, person: Person, *files: bytes) -> Iterator[tuple[Match, ...]]:
    """The matches of each file, one after the other."""
    for file in files:
        receipt = desk.receiving.receive(person, arrived(), file)
        desk.examining.examine(person, receipt.exhibit_id)
        yield desk.reports.exhibit(person, receipt.case_id, receipt.exhibit_id).matches


@pytest.mark.parametrize("post_first", [True, False])
def test_a_small_picture_among_much_text_is_found_both_ways(
    desk: Desk, noor: Person, post_first: bool
) -> None:
    files = [encode(post(COFFEE), quality=75), encode(COFFEE, quality=85)]
    _, (match,) = brought(desk, noor, *(files if post_first else files[::-1]))
    view, region = (
        (match.earlier_view, match.earlier_region) if post_first else (match.view, match.region)
    )
    assert view.kind is ViewKind.INSET
    assert region is not None
    wanted = ((640 / 1080, 930 / 1700), (910 / 1080, 1110 / 1700))
    assert region[0] == pytest.approx(wanted[0], abs=0.02)
    assert region[2] == pytest.approx(wanted[1], abs=0.02)
    assert match.proof is not None
    larger = (1080 * 1700 / (270 * 180)) ** 0.5
    assert match.proof.scale == pytest.approx(larger if post_first else 1 / larger, rel=0.1)


def test_an_inset_lies_on_its_post_when_both_blink(desk: Desk, noor: Person) -> None:
    *_, (match,) = brought(desk, noor, encode(COFFEE, quality=85), encode(post(COFFEE), quality=75))
    incoming, laid = (
        np.asarray(
            Image.open(io.BytesIO(desk.pictures.blink(noor, match.id, show_earlier=side).jpeg))
        ).astype(int)
        for side in (False, True)
    )
    height, width = incoming.shape
    part = np.s_[
        940 * height // 1700 : 1100 * height // 1700, 650 * width // 1080 : 900 * width // 1080
    ]
    assert np.abs(incoming[part] - laid[part]).mean() < 16


@pytest.mark.parametrize(
    ("negative_first", "part"),
    [(True, (0, 0, 600, 400)), (False, (150, 60, 560, 380))],
    ids=["first, whole", "later, a part"],
)
def test_a_negative_is_found_both_ways(
    desk: Desk, noor: Person, negative_first: bool, part: tuple[int, int, int, int]
) -> None:
    files = [encode(ImageOps.invert(COFFEE.crop(part)), quality=75), encode(COFFEE, quality=85)]
    _, (match,) = brought(desk, noor, *(files if negative_first else files[::-1]))
    assert match.view.kind is ViewKind.INVERTED
    assert "tones inverted" in str(seen(match))
    incoming, laid = (
        np.asarray(
            Image.open(io.BytesIO(desk.pictures.blink(noor, match.id, show_earlier=side).jpeg))
        ).astype(int)
        for side in (False, True)
    )
    middle = np.s_[
        incoming.shape[0] * 2 // 5 : incoming.shape[0] * 3 // 5,
        incoming.shape[1] * 2 // 5 : incoming.shape[1] * 3 // 5,
    ]
    assert np.abs(incoming[middle] - laid[middle]).mean() < 16


def moving(form: str) -> bytes:
    """One photograph, and another after a second and a half."""
    if form == "GIF":
        return encode(CHINA, "GIF", save_all=True, append_images=[FLOWER], duration=1500)
    return filmed(CHINA, FLOWER, seconds=1.5)


@pytest.mark.parametrize("form", ["GIF", "MP4"])
@pytest.mark.parametrize("moving_first", [True, False])
def test_what_moves_is_found_by_a_later_frame_both_ways(
    desk: Desk, noor: Person, moving_first: bool, form: str
) -> None:
    files = [moving(form), encode(FLOWER, quality=85)]
    _, (match,) = brought(desk, noor, *(files if moving_first else files[::-1]))
    view = match.earlier_view if moving_first else match.view
    assert (view.kind, view.at_ms) == (ViewKind.FRAME, 1500)
    assert "the frame at" in str(seen(match))
    shown = np.asarray(Image.open(io.BytesIO(desk.pictures.card(noor, match.id).jpeg))).astype(
        float
    )
    left, right = np.array_split(shown, 2, axis=1)
    assert np.corrcoef(left[40:300, 40:300].ravel(), right[40:300, 40:300].ravel())[0, 1] > 0.5


def test_a_film_is_matched_by_the_frame_that_is_nearest(desk: Desk, noor: Person) -> None:
    """A pan: every frame shows a part of the next one, too."""
    shots = [CHINA.crop((left, 0, left + 400, 427)) for left in (0, 60, 120, 180, 240)]
    files = [encode(shots[3], quality=85), filmed(*shots)]
    _, (match,) = brought(desk, noor, *files)
    assert match.view.kind is ViewKind.FRAME
    assert 3000 <= (match.view.at_ms or 0) < 4000


@pytest.mark.parametrize("preview_first", [True, False])
def test_a_preview_that_shows_something_else_is_found_both_ways(
    desk: Desk, noor: Person, preview_first: bool
) -> None:
    files = [with_thumbnail(CHINA, FLOWER.resize((320, 214))), encode(FLOWER, quality=85)]
    _, (match,) = brought(desk, noor, *(files if preview_first else files[::-1]))
    view = match.earlier_view if preview_first else match.view
    assert (view.kind, view.number) == (ViewKind.PREVIEW, 0)
    assert desk.pictures.card(noor, match.id).jpeg
