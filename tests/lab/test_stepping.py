"""Frames of a film at given times, and the ones before and after, through the lab's child."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image

from tests.filmed import filmed
from tests.photographs import photograph, shrunk
from verify.records import Pixels
from verify.sandbox import Sandbox

SHOTS = [shrunk(photograph(name)) for name in ("china", "flower", "coffee")]
FILM = filmed(*SHOTS)  # ten pictures a second, a second each


def shows(pixels: Pixels, shot: Image.Image) -> bool:
    seen = np.frombuffer(pixels.rgb, np.uint8).reshape(pixels.height, pixels.width, 3)
    wanted = np.asarray(shot.convert("RGB").resize((pixels.width, pixels.height)))
    return float(np.abs(seen.astype(int) - wanted).mean()) < 20


def test_frames_come_with_the_times_at_which_they_begin(sandbox: Sandbox) -> None:
    found = sandbox.frames(FILM, 160, [0, 1040, 2500, 99_000])
    assert [at_ms for at_ms, _ in found] == [0, 1000, 2500, 2900]
    for (_, pixels), shot in zip(found, [*SHOTS, SHOTS[2]], strict=True):
        assert max(pixels.width, pixels.height) <= 160
        assert shows(pixels, shot)


@pytest.mark.parametrize(("step", "wanted"), [(-1, 900), (0, 1000), (1, 1100)])
def test_a_step_goes_one_frame_on_or_back(sandbox: Sandbox, step: int, wanted: int) -> None:
    [(at_ms, pixels)] = sandbox.frames(FILM, 160, [1000], step=step)
    assert at_ms == wanted
    assert shows(pixels, SHOTS[0] if step < 0 else SHOTS[1])


def test_beyond_either_end_there_is_the_last_frame_there(sandbox: Sandbox) -> None:
    assert [at for at, _ in sandbox.frames(FILM, 64, [0], step=-1)] == [0]
    assert [at for at, _ in sandbox.frames(FILM, 64, [2900], step=1)] == [2900]


def test_an_animated_picture_is_stepped_through_alike(sandbox: Sandbox) -> None:
    file = io.BytesIO()
    first, *others = (shot.convert("P") for shot in SHOTS)
    first.save(file, "GIF", save_all=True, append_images=others, duration=500)
    found = sandbox.frames(file.getvalue(), 160, [0, 600])
    assert [at_ms for at_ms, _ in found] == [0, 500]
    assert shows(found[1][1], SHOTS[1])
    assert [at for at, _ in sandbox.frames(file.getvalue(), 160, [500], step=1)] == [1000]


@pytest.mark.parametrize("data", [b"", b"no film", FILM[:2000], SHOTS[0].tobytes()[:5000]])
def test_what_is_no_film_has_no_frames(sandbox: Sandbox, data: bytes) -> None:
    assert sandbox.frames(data, 160, [0, 1000]) == []
