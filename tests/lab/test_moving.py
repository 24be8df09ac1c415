"""The frames of what moves: those that show something else are views, at their times."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image

from tests.photographs import encode, photograph
from verify.lab.examine import examine, pixels
from verify.records import View, ViewKind

CHINA, FLOWER = (photograph(name).resize((320, 214)) for name in ("china", "flower"))
CAT = photograph("chelsea").resize((320, 214))


def moving(form: str, *pictures: Image.Image) -> bytes:
    """Pictures one after the other, each for 200 ms."""
    file = io.BytesIO()
    rest = list(pictures[1:])
    pictures[0].save(file, form, save_all=True, append_images=rest, duration=200, loop=0)
    return file.getvalue()


def times(data: bytes) -> list[int | None]:
    return [view.at_ms for view in examine(data).views if view.kind is ViewKind.FRAME]


@pytest.mark.parametrize("form", ["GIF", "WEBP", "PNG", "AVIF"])
def test_frames_that_show_something_else_are_views(form: str) -> None:
    data = moving(form, CHINA, CHINA.point(lambda value: value * 0.9), FLOWER, FLOWER, CAT)
    seen = times(data)
    assert len(seen) == 2
    assert seen[0] in (400, 600)
    assert seen[1] == 800
    shown = pixels(data, 200, View(kind=ViewKind.FRAME, at_ms=seen[1]))
    shape = (shown.height, shown.width, 3)
    ours = np.frombuffer(shown.rgb, np.uint8).reshape(shape).astype(int)
    theirs = np.asarray(CAT.resize(shape[1::-1])).astype(int)
    assert np.abs(ours - theirs).mean() < 12


def test_of_many_frames_eight_are_views() -> None:
    noise = np.random.default_rng(5).integers(0, 256, (40, 8, 8, 3), dtype=np.uint8)
    many = [Image.fromarray(one).resize((128, 128)) for one in noise]
    assert len(times(moving("GIF", *many))) == 8


@pytest.mark.parametrize("end", [1.0, 0.7], ids=["whole", "cut short"])
def test_what_stands_still_has_no_frames(end: float) -> None:
    data = moving("GIF", CHINA, CHINA) if end == 1 else encode(CHINA, "GIF")
    assert times(data[: int(len(data) * end)]) == []


def test_what_breaks_off_is_found_by_the_frames_before() -> None:
    data = moving("PNG", CHINA, FLOWER, CAT)
    assert times(data[: int(len(data) * 0.8)]) == [200]
