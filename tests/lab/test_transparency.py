"""What transparency hides is noted and looked up; what hides nothing gets no word."""

from __future__ import annotations

import pytest
from PIL import Image, ImageDraw

from tests.lab.specimens import exif
from tests.photographs import encode, photograph, two_faced
from verify.lab.examine import examine
from verify.lab.imaging import Specimen
from verify.records import Finding, ViewKind

CAT = photograph("chelsea")
COFFEE = photograph("coffee").resize(CAT.size)


def seen(data: bytes) -> list[str]:
    return [str(one.kind) for one in examine(data).views if one.kind is not ViewKind.INNER]


def noted(data: bytes) -> list[Finding]:
    return [one for one in examine(data).findings if one.check == "transparency"]


def cut(picture: Image.Image, box: tuple[int, int, int, int]) -> Image.Image:
    """The picture, wholly transparent within an ellipse."""
    alpha = Image.new("L", picture.size, 255)
    ImageDraw.Draw(alpha).ellipse(box, fill=0)
    picture = picture.copy()
    picture.putalpha(alpha)
    return picture


def erased(picture: Image.Image) -> Image.Image:
    """As `cut`, with the colours gone as well."""
    made = cut(picture, (100, 80, 180, 170))
    nothing = Image.new("RGBA", made.size)
    return Image.composite(made, nothing, made.getchannel("A"))


def written(text: str, colour: str) -> Image.Image:
    picture = Image.new("RGBA", (600, 300), (*Image.new("RGB", (1, 1), colour).getpixel((0, 0)), 0))
    ImageDraw.Draw(picture).text((40, 90), text, fill=colour, font_size=80)
    return picture


@pytest.mark.parametrize(
    ("form", "options"), [("PNG", {}), ("WEBP", {"lossless": True, "exact": True}), ("AVIF", {})]
)
def test_colours_under_what_was_erased_are_noted(form: str, options: dict[str, bool]) -> None:
    data = encode(cut(CAT, (100, 80, 180, 170)), form, **options)
    (finding,) = noted(data)
    assert finding.summary.template.startswith("Other colours lie under")
    assert seen(data) == ["whole", "without-transparency"]


@pytest.mark.parametrize("picture", [two_faced(CAT, COFFEE), written("MEET AT 5", "white")])
def test_another_look_on_black_is_noted(picture: Image.Image) -> None:
    data = encode(picture, "PNG")
    (finding,) = noted(data)
    assert "on black" in finding.summary.template
    assert seen(data) == ["whole", "on-black"]


def test_looks_are_upright() -> None:
    turned = encode(cut(CAT, (100, 80, 180, 170)), "PNG", exif=exif({0x0112: 6}))
    specimen = Specimen(turned)
    (look,) = specimen.looks
    assert look.picture.size == specimen.picture.size == CAT.size[::-1]


@pytest.mark.parametrize(
    "picture",
    [
        COFFEE,
        COFFEE.convert("RGBA"),
        erased(COFFEE),
        cut(Image.new("RGB", (400, 300), "red"), (50, 50, 200, 200)),
    ],
    ids=["opaque", "opaque with alpha", "erased with its colours", "one colour"],
)
def test_what_hides_nothing_gets_no_word(picture: Image.Image) -> None:
    data = encode(picture, "PNG")
    assert noted(data) == []
    assert seen(data) == ["whole"]
