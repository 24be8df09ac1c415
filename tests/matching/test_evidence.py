"""What is enough to say that one picture shows another, and what is not."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from tests.photographs import sample
from verify.lab.features import describe, stored
from verify.matching.alignment import Query, align, lay
from verify.matching.evidence import Evidence
from verify.records import Orientation

CHINA: NDArray[np.uint8] = sample("china")
# As measured between a quarter of a picture of houses, much of it sky, and the whole.
PLAIN_QUARTER = Evidence(
    inliers=31, inlier_share=0.52, distinctive=19, photo=4, alike_photo=4, alike_rows=2,
    alike_columns=2, alike_all=1.0, weighed=28, correlation=0.975, graphic_share=0.86,
    whole=0.99, span=4, places=12, around=1.0, largest=1.0,
)  # fmt: skip
# As measured between two chats over one keyboard.
KEYBOARD = replace(
    PLAIN_QUARTER, inliers=158, distinctive=101, alike_all=0.77, weighed=107, correlation=0.983,
    graphic_share=0.96, whole=0.75,
)  # fmt: skip
# As measured between a picture behind stickers, most of it sky and wall, and the picture.
STICKERS = Evidence(
    inliers=112, inlier_share=0.37, distinctive=44, photo=25, alike_photo=19, alike_rows=8,
    alike_columns=10, alike_all=0.65, weighed=104, correlation=0.995, graphic_share=0.76,
    whole=0.69, span=8, places=20, around=0.9, largest=0.45,
)  # fmt: skip


def test_a_plain_quarter_that_agrees_throughout_is_a_match() -> None:
    assert PLAIN_QUARTER.accepts()


@pytest.mark.parametrize(
    "less",
    [
        {"whole": 0.8},
        {"inliers": 10, "distinctive": 8},
        {"inlier_share": 0.2},
        {"distinctive": 3},
        {"correlation": 0.8},
        {"graphic_share": 0.95},
        {"span": 2},
    ],
    ids=lambda less: next(iter(less)),
)
def test_it_needs_every_part_of_that(less: dict[str, float]) -> None:
    assert not replace(PLAIN_QUARTER, **less).accepts()  # type: ignore[arg-type]


def test_a_small_part_that_agrees_throughout_resembles_and_one_keyboard_does_not() -> None:
    small = replace(PLAIN_QUARTER, inliers=14, distinctive=9, span=2, alike_photo=1, places=2)
    assert small.resembles()
    assert not small.accepts()
    assert not KEYBOARD.resembles()
    assert not replace(small, alike_photo=0).resembles()  # letters alone
    assert not replace(small, distinctive=3).resembles()  # many pictures have it


def test_a_picture_behind_stickers_is_a_match() -> None:
    assert STICKERS.accepts()


@pytest.mark.parametrize(
    "less",
    [
        {"inliers": 20},
        {"inlier_share": 0.19},
        {"inlier_share": 0.09, "graphic_share": 0.6},
        {"alike_photo": 14},
        {"alike_rows": 4},
        {"alike_columns": 4},
        {"photo": 33},
        {"alike_all": 0.55},
        {"correlation": 0.94},
    ],
    ids=lambda less: next(iter(less)),
)
def test_that_needs_every_part_too(less: dict[str, float]) -> None:
    assert not replace(STICKERS, **less).accepts()  # type: ignore[arg-type]


# As measured between a photograph under a sticker over a third of it, and the photograph.
COVERED = Evidence(
    inliers=87, inlier_share=0.29, distinctive=62, photo=40, alike_photo=23, alike_rows=7,
    alike_columns=8, alike_all=0.44, weighed=62, correlation=0.987, graphic_share=0.35,
    whole=0.48, span=7, places=41, around=0.9, largest=0.65,
)  # fmt: skip
# As measured between a night through a low bit rate, and the same.
FAINT = Evidence(
    inliers=12, inlier_share=0.05, distinctive=2, photo=60, alike_photo=56, alike_rows=7,
    alike_columns=9, alike_all=0.90, weighed=64, correlation=0.955, graphic_share=0.1,
    whole=0.80, span=7, places=9, around=0.9, largest=0.95,
)  # fmt: skip


# As measured between a strip of a tenth of a photograph's height, and the photograph.
STRIP = Evidence(
    inliers=26, inlier_share=0.70, distinctive=21, photo=14, alike_photo=14, alike_rows=1,
    alike_columns=14, alike_all=1.0, weighed=16, correlation=0.979, graphic_share=0.12,
    whole=1.0, span=1, places=19, around=1.0, largest=1.0,
)  # fmt: skip


# As measured between a photograph in waves, laid straight, and the same.
BENT = Evidence(
    inliers=71, inlier_share=0.24, distinctive=71, photo=74, alike_photo=48, alike_rows=10,
    alike_columns=11, alike_all=0.53, weighed=110, correlation=0.932, graphic_share=0.33,
    whole=0.40, span=10, places=46, around=0.8, largest=0.75, bent=True,
)  # fmt: skip


@pytest.mark.parametrize(
    "evidence", [COVERED, FAINT, STRIP, BENT], ids=["covered", "faint", "strip", "bent"]
)
def test_covered_and_faint_pictures_and_strips_are_matches(evidence: Evidence) -> None:
    assert evidence.accepts()


@pytest.mark.parametrize(
    ("evidence", "less"),
    [
        (COVERED, {"places": 23}),
        (COVERED, {"inlier_share": 0.09}),
        (COVERED, {"alike_rows": 3}),
        (COVERED, {"correlation": 0.93}),
        (COVERED, {"around": 0.75}),
        (COVERED, {"largest": 0.45}),
        (COVERED, {"span": 3, "whole": 0.35}),
        (COVERED, {"distinctive": 25}),
        (replace(COVERED, fine=True), {"photo": 32}),
        (FAINT, {"inliers": 11}),
        (FAINT, {"alike_photo": 48}),
        (FAINT, {"alike_all": 0.75}),
        (FAINT, {"correlation": 0.94}),
        (FAINT, {"places": 3}),
        (STRIP, {"whole": 0.96}),
        (STRIP, {"inliers": 6, "distinctive": 6, "places": 6}),
        (replace(STRIP, fine=True), {"inliers": 13, "distinctive": 13}),
        (STRIP, {"inlier_share": 0.34}),
        (STRIP, {"distinctive": 12}),
        (STRIP, {"places": 9}),
        (STRIP, {"alike_photo": 3, "photo": 3}),
        (STRIP, {"weighed": 7}),
        (STRIP, {"photo": 16}),
        (STRIP, {"graphic_share": 0.7}),
        (STRIP, {"correlation": 0.93}),
        (STRIP, {"alike_photo": 8, "photo": 8, "correlation": 0.96}),
        (BENT, {"places": 14}),
        (BENT, {"inlier_share": 0.14}),
        (BENT, {"photo": 90}),
        (BENT, {"span": 4}),
    ],
)
def test_they_need_every_part_of_it(evidence: Evidence, less: dict[str, float]) -> None:
    assert not replace(evidence, **less).accepts()  # type: ignore[arg-type]


# As measured between two bar charts of one style.
CHARTS = Evidence(
    inliers=120, inlier_share=0.40, distinctive=44, photo=32, alike_photo=27, alike_rows=6,
    alike_columns=12, alike_all=0.63, weighed=139, correlation=1.0, graphic_share=0.77,
    whole=0.60, span=12, places=23, around=0.70, largest=0.63,
)  # fmt: skip
# As measured between two chats in one app, each filmed off its screen.
FILMED = Evidence(
    inliers=66, inlier_share=0.22, distinctive=9, photo=20, alike_photo=18, alike_rows=9,
    alike_columns=8, alike_all=0.76, weighed=121, correlation=0.991, graphic_share=0.83,
    whole=0.70, span=9, places=6, around=0.93, largest=0.33,
)  # fmt: skip


# As measured between a strip of a chart and a meme that bear the same line of words.
WORDS = Evidence(
    inliers=35, inlier_share=0.85, distinctive=23, photo=12, alike_photo=12, alike_rows=1,
    alike_columns=12, alike_all=1.0, weighed=16, correlation=0.990, graphic_share=0.25,
    whole=1.0, span=1, places=9, around=1.0, largest=0.67, fine=True,
)  # fmt: skip
# As measured between strips of two filmed charts of one style.
FILMED_STRIPS = Evidence(
    inliers=29, inlier_share=0.35, distinctive=0, photo=19, alike_photo=13, alike_rows=3,
    alike_columns=10, alike_all=0.75, weighed=36, correlation=0.994, graphic_share=0.47,
    whole=0.92, span=3, places=18, around=0.76, largest=0.54,
)  # fmt: skip
# As measured between a strip with a meme's words, inverted, and another picture with them.
LINE = Evidence(
    inliers=45, inlier_share=0.71, distinctive=19, photo=4, alike_photo=4, alike_rows=1,
    alike_columns=4, alike_all=0.96, weighed=23, correlation=0.950, graphic_share=0.83,
    whole=0.99, span=3, places=6, around=0.95, largest=0.5,
)  # fmt: skip


# As measured between a chat filmed off a screen and the only other one of that look.
ONLY_FILMED = Evidence(
    inliers=42, inlier_share=0.14, distinctive=42, photo=26, alike_photo=26, alike_rows=7,
    alike_columns=8, alike_all=0.79, weighed=95, correlation=0.991, graphic_share=0.73,
    whole=0.66, span=9, places=13, around=0.89, largest=0.38,
)  # fmt: skip


# As measured between an inset of a flag and the same flag, in like folds, in another picture.
FLAG = Evidence(
    inliers=13, inlier_share=0.50, distinctive=3, photo=11, alike_photo=11, alike_rows=4,
    alike_columns=4, alike_all=1.0, weighed=22, correlation=0.986, graphic_share=0.50,
    whole=0.97, span=4, places=3, around=1.0, largest=0.64, fine=True,
)  # fmt: skip


@pytest.mark.parametrize(
    "evidence",
    [CHARTS, FILMED, WORDS, FILMED_STRIPS, LINE, ONLY_FILMED, FLAG],
    ids=["charts", "filmed", "words", "filmed strips", "line", "only filmed", "flag"],
)
def test_what_is_drawn_over_one_template_is_no_match(evidence: Evidence) -> None:
    assert not evidence.accepts()


@pytest.mark.parametrize("rare", [{"places": 4}, {"distinctive": 5}])
def test_a_small_part_at_enough_places_or_of_rare_points_is_a_match(rare: dict[str, int]) -> None:
    assert replace(FLAG, **rare).accepts()  # type: ignore[arg-type]


def test_two_chats_over_one_keyboard_are_no_match() -> None:
    assert not KEYBOARD.accepts()


def query(picture: NDArray[np.uint8]) -> tuple[Query, NDArray[np.int64]]:
    prepared = Query.of(describe(picture))
    return prepared, np.ones((2, len(prepared.points)), np.int64)


def test_a_quarter_with_much_sky_is_found_in_its_place() -> None:
    part = Image.fromarray(CHINA[:214, 160:480]).resize((640, 428))
    prepared, shared = query(np.asarray(part))
    lies = align(prepared, stored(describe(CHINA)), shared, mirrored=False)
    assert lies
    assert lies.orientation is Orientation.ORIGINAL
    expected = ((0.25, 0), (0.75, 0), (0.75, 0.5), (0.25, 0.5))
    assert np.abs(np.array(lies.proof.earlier_region) - expected).max() < 0.05
    assert np.abs(np.array(lies.proof.region) - ((0, 0), (1, 0), (1, 1), (0, 1))).max() < 0.08
    assert lies.proof.scale == pytest.approx(2, abs=0.2)


def test_the_same_letters_on_other_ground_prove_nothing() -> None:
    def page(shade: int) -> NDArray[np.uint8]:
        sheet = Image.new("RGB", (640, 427), (shade,) * 3)
        ImageDraw.Draw(sheet).text((40, 180), "SHARE BEFORE DELETED", fill="black", font_size=50)
        return np.asarray(sheet)

    prepared, shared = query(page(250))
    laid = lay(prepared, stored(describe(page(200))), shared, mirrored=False)
    assert laid is None or not laid[0].accepts()
