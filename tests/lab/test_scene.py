"""What is seen of bars, seams, patterns and blur; and on photographs, that nothing is."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
import skimage.data
from PIL import Image, ImageFilter
from skimage.measure import blur_effect

from tests.photographs import encode, photograph
from verify.lab.checks.quality import blur
from verify.lab.examine import examine
from verify.records import Finding, Outcome

CHINA, FLOWER = photograph("china"), photograph("flower")
COFFEE, CAT, ROCKET = (
    Image.fromarray(getattr(skimage.data, name)()) for name in ("coffee", "cat", "rocket")
)


def found(picture: Image.Image, check: str, quality: int = 80) -> list[Finding]:
    examination = examine(encode(picture, quality=quality))
    return [entry for entry in examination.findings if entry.check == check]


def side_by_side(one: Image.Image, other: Image.Image, gap: int) -> Image.Image:
    left, right = (picture.resize((320, 400)) for picture in (one, other))
    page = Image.new("RGB", (640 + gap, 400), "white")
    page.paste(left, (0, 0))
    page.paste(right, (320 + gap, 0))
    return page


def through_a_screen(picture: Image.Image) -> Image.Image:
    """The picture with the beat of two grids over it, turned a little, as a camera sees it."""
    rows, columns = np.mgrid[: picture.height, : picture.width].astype(np.float32)
    beat = np.sin(0.9 * columns + 0.5 * rows)
    pixels = np.asarray(picture, np.float32) + 8 * beat[..., None]
    soft = cv2.GaussianBlur(pixels, (0, 0), 0.8)
    noisy = soft + np.random.default_rng(7).normal(0, 4, soft.shape)
    return Image.fromarray(noisy.clip(0, 255).astype(np.uint8))


@pytest.mark.parametrize("picture", [CHINA, FLOWER, COFFEE, CAT, ROCKET])
@pytest.mark.parametrize("check", ["bars", "seams", "inset", "rephotograph"])
def test_a_plain_photograph_gets_no_word(picture: Image.Image, check: str) -> None:
    assert found(picture, check) == []


def test_a_picture_within_bars_is_noted() -> None:
    page = Image.new("RGB", (640, 900), "white")
    page.paste(CHINA, (0, 230))
    [finding] = found(page, "bars")
    assert 40 < int(str(finding.summary.values["share"])) < 55


def test_a_picture_before_a_blurred_copy_of_itself_is_noted() -> None:
    page = CAT.resize((427, 760)).filter(ImageFilter.GaussianBlur(30))
    page.paste(CAT.resize((427, 285)), (0, 237))
    [finding] = found(page, "bars")
    assert finding.outcome is Outcome.NOTED


@pytest.mark.parametrize("gap", [0, 6])
def test_two_pictures_side_by_side_have_a_seam(gap: int) -> None:
    [finding] = found(side_by_side(CHINA, FLOWER, gap), "seams")
    assert finding.outcome is Outcome.NOTED
    assert finding.raw.startswith(("upright at 49%", "upright at 50%"))


def test_two_pictures_one_above_the_other_have_a_seam() -> None:
    page = Image.new("RGB", (640, 854))
    page.paste(CHINA.resize((640, 427)), (0, 0))
    page.paste(FLOWER.resize((640, 427)), (0, 427))
    [finding] = found(page, "seams")
    assert "level at 50%" in finding.raw


def test_bars_have_no_seam_within() -> None:
    page = Image.new("RGB", (640, 900), "black")
    page.paste(CHINA, (0, 230))
    assert found(page, "seams") == []


@pytest.mark.parametrize("side", [640, 2000])
@pytest.mark.parametrize(("ground", "other"), [(CHINA, COFFEE), (COFFEE, CAT), (ROCKET, CHINA)])
def test_a_picture_put_into_another_is_noted(
    ground: Image.Image, other: Image.Image, side: int
) -> None:
    page = ground.resize((side, side * 2 // 3))
    page.paste(other.resize((side * 3 // 10, side // 5)), (side // 5, side // 4))
    [finding] = found(page, "inset")
    assert finding.outcome is Outcome.NOTED
    assert finding.raw.startswith(("from 20%, 37%", "from 20%, 38%"))


def test_a_picture_put_in_at_a_slant_is_not_an_inset() -> None:
    page = CHINA.copy()
    turned = COFFEE.resize((200, 130)).convert("RGBA").rotate(7, expand=True)
    page.paste(turned, (150, 120), turned)
    assert found(page, "inset") == []


def test_a_picture_within_bars_is_no_inset() -> None:
    page = Image.new("RGB", (640, 900), "white")
    page.paste(CHINA, (0, 230))
    assert found(page, "inset") == []


def test_many_lines_are_said_to_be_a_chart_or_a_page() -> None:
    tiles = [COFFEE, CAT, ROCKET, CHINA, FLOWER]
    page = Image.new("RGB", (600, 600))
    for place in range(36):
        tile = tiles[place % 5].resize((100, 100))
        page.paste(tile, (place % 6 * 100, place // 6 * 100))
    [finding] = found(page, "seams")
    assert finding.outcome is Outcome.INCONCLUSIVE
    assert "a chart" in finding.summary.template


def test_a_tiny_picture_has_no_seams() -> None:
    assert found(side_by_side(CHINA, FLOWER, 0).resize((96, 60)), "seams") == []


@pytest.mark.parametrize("picture", [CHINA, FLOWER])
def test_the_pattern_of_a_screen_is_noted(picture: Image.Image) -> None:
    [finding] = found(through_a_screen(picture), "rephotograph")
    assert finding.outcome is Outcome.NOTED
    assert finding.caution is not None


def test_a_blurred_picture_is_said_to_be_blurred() -> None:
    [finding] = found(CHINA.filter(ImageFilter.GaussianBlur(4)), "quality")
    assert "blurred" in finding.summary.template
    assert found(CHINA, "quality") == []


@pytest.mark.parametrize("radius", [0, 1, 3])
def test_blur_is_what_scikit_image_measures(radius: int) -> None:
    """skimage.measure.blur_effect implements the same paper."""
    grey = np.asarray(COFFEE.convert("L").filter(ImageFilter.GaussianBlur(radius)), np.float32)
    assert blur(grey) == pytest.approx(blur_effect(grey / 255, h_size=11), abs=0.02)


@pytest.mark.parametrize(
    ("name", "bars"),
    [
        ("rocket", (0, 72, 0, 72)),
        ("rocket", (86, 0, 86, 0)),
        ("china", (60, 121, 60, 121)),
        ("astronaut", (0, 161, 0, 0)),
        ("astronaut", (100, 0, 100, 0)),
    ],
)
def test_plain_black_bars_are_one_finding_and_no_seams(
    name: str, bars: tuple[int, int, int, int]
) -> None:
    left, top, right, bottom = bars
    picture = photograph(name)
    page = Image.new("RGB", (picture.width + left + right, picture.height + top + bottom))
    page.paste(picture, (left, top))
    [finding] = found(page, "bars")
    share = picture.width * picture.height / (page.width * page.height)
    assert abs(int(str(finding.summary.values["share"])) - 100 * share) <= 2
    assert found(page, "seams") == found(page, "inset") == []
