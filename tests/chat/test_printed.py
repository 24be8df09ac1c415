"""What Tesseract reads in a picture can become a claim, an account or a link with a tap."""

from __future__ import annotations

import shutil

import pytest
from PIL import Image, ImageDraw, ImageFont

from tests.chat.room import Room, in_room, labels, words
from tests.photographs import encode
from verify import tesseract
from verify.reading.printed import accounts_in, links_in

PROGRAM = tesseract._program  # as it is before the fixture of all tests

needs_tesseract = pytest.mark.skipif(
    shutil.which("tesseract") is None, reason="Tesseract is not installed"
)


def sign(*lines: str) -> bytes:
    picture = Image.new("RGB", (900, 90 + 90 * len(lines)), "white")
    draw = ImageDraw.Draw(picture)
    for number, line in enumerate(lines):
        draw.text((40, 40 + 90 * number), line, "black", ImageFont.load_default(48))
    return encode(picture, "PNG")


@pytest.fixture(autouse=True)
def _tesseract(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tesseract, "_program", PROGRAM)


@needs_tesseract
@in_room()
async def test_text_in_a_picture_becomes_a_claim_and_where_it_stood(room: Room) -> None:
    (shown,) = await room.send(sign("Explosion in Kharkiv", "@citynews", "www.example.org/story"))
    offered = [label for label in labels(room.now(shown)) if "Add" in label or "text" in label]
    assert offered == [
        "Use the text as a claim",
        "Add account @citynews",
        "Add link https://www.example.org/story",
    ]
    (kept,) = await room.press(shown, "Use the text as a claim")
    assert "Kharkiv, Ukraine" in words(kept)
    await room.press(shown, "Use the text as a claim")
    (claim,) = room.case(1).claims
    assert claim.text.startswith("Explosion in Kharkiv")
    assert claim.exhibit_id == room.case(1).exhibits[0].exhibit_id
    (added,) = await room.press(shown, "Add account @citynews")
    await room.press(shown, "Add link https://www.example.org/story")
    (sighting,) = room.case(1).sightings
    assert sighting.accounts == ("@citynews",)
    assert sighting.links == ("https://www.example.org/story",)
    await room.press(added, "Undo")
    assert room.case(1).sightings[0].accounts == ()


@needs_tesseract
@in_room()
async def test_a_picture_without_text_offers_none(room: Room) -> None:
    (shown,) = await room.send(encode(Image.new("RGB", (300, 200), "gray")))
    assert not [label for label in labels(room.now(shown)) if "Add" in label or "text" in label]


def test_only_what_looks_like_one_is_an_account_or_a_link() -> None:
    text = "mail me@example.org @a @city_news, t.me/citynews/41. Homs.Syria www.a.org x.com/"
    assert accounts_in(text) == ("@city_news",)
    assert links_in(text) == ("https://t.me/citynews/41", "https://www.a.org")
