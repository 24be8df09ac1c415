"""A film is watched from its beginning to its end: hashes, shots, and the pictures that find it."""

from __future__ import annotations

import io
from collections.abc import Callable
from fractions import Fraction
from functools import cache
from pathlib import Path

import av
import msgspec
import numpy as np
import pytest
from PIL import Image, ImageOps

from tests.filmed import filmed
from tests.photographs import photograph
from verify.distrust import ImplausibleError, check_footage
from verify.lab import hashing, watching
from verify.lab.decoding import Undecodable
from verify.lab.examine import watched
from verify.lab.keys import worth
from verify.lab.shots import distance
from verify.records import Footage, Orientation, View, ViewKind
from verify.sandbox import Sandbox

CHINA, FLOWER = (photograph(name).resize((320, 214)) for name in ("china", "flower"))
CAT = photograph("chelsea").resize((320, 214))
ALIKE = 31  # bits of PDQ


NAMED = {"china": CHINA, "flower": FLOWER, "cat": CAT}


@cache
def film(*names: str, seconds: float = 1) -> bytes:
    return filmed(*(NAMED[name] for name in names), seconds=seconds)


def seen(data: bytes) -> Footage:
    return watched(data)


@pytest.fixture(scope="module")
def honest() -> Footage:
    return seen(film("china", "flower"))


def shows(hash_: bytes, picture: Image.Image) -> bool:
    return distance(hash_, hashing.pdq(picture).hash) <= ALIKE


def keys(footage: Footage) -> list[int]:
    return [view.at_ms for view in footage.keys if view.at_ms is not None]


def test_a_film_is_hashed_twice_a_second_and_its_shots_are_told() -> None:
    footage = seen(film("china", "flower", "cat", seconds=2))
    assert [sample.at_ms for sample in footage.samples] == list(range(0, 6000, 500))
    assert footage.shots == (0, 2000, 4000)
    for number, sample in enumerate(footage.samples):
        assert shows(sample.pdq[0], (CHINA, FLOWER, CAT)[number // 4])
    assert (footage.seconds, footage.wholly, footage.gaps) == (6.0, True, ())


def test_key_frames_can_be_looked_for_and_compared() -> None:
    footage = seen(film("china", "flower", seconds=5))
    assert keys(footage) == [0, 4000, 5000, 9000]
    for view in footage.keys:
        assert view.features is not None
        assert len(view.features.frame) == view.features.width * view.features.height
        assert [one.algorithm for one in view.fingerprints] == ["pdq", "phash", "dhash"]


def test_a_mirrored_film_has_the_hash_in_another_orientation() -> None:
    sample = seen(filmed(ImageOps.mirror(CHINA))).samples[0]
    assert shows(sample.pdq[list(Orientation).index(Orientation.MIRRORED)], CHINA)


def test_the_picture_within_bars_is_hashed_by_itself() -> None:
    plain, barred = Image.new("RGB", (320, 400)), FLOWER.copy()
    plain.paste(barred, (0, 93))
    footage = seen(filmed(plain, seconds=2))
    assert all(sample.inner and shows(sample.inner[0], FLOWER) for sample in footage.samples)
    assert not any(sample.inner for sample in seen(filmed(FLOWER, seconds=2)).samples)


def test_plain_pictures_are_no_key_frames_and_a_fade_is_no_cut() -> None:
    faded = [CHINA.point(lambda value, by=by: value * by / 10) for by in (7, 3, 0, 3, 7)]
    footage = seen(filmed(CHINA, *faded, CHINA, seconds=0.5))
    assert footage.shots == (0,)
    assert 1500 not in keys(footage)


def test_of_a_long_film_the_key_frames_are_looked_at_to_its_end(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(watching, "_LONG", 0)
    footage = seen(film("china", "flower", "cat", seconds=3))  # x264 begins each with a key frame
    assert not footage.wholly
    assert [sample.at_ms for sample in footage.samples] == [0, 3000, 6000]
    assert footage.shots == (0, 3000, 6000)
    assert footage.gaps == ((6000, 9000),)


def test_a_film_that_costs_too_much_is_looked_at_to_its_end(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(watching, "_FRAMES", 30)
    footage = seen(film("china", "flower", "cat", seconds=3))
    assert not footage.wholly
    times = [sample.at_ms for sample in footage.samples]
    assert times[:5] == [0, 500, 1000, 1500, 2000]
    assert times[-1] == 6000


def test_of_a_film_that_breaks_off_the_rest_is_told_as_missing() -> None:
    data = filmed(*[CHINA, FLOWER, CAT] * 2, form="matroska", seconds=2)
    footage = seen(data[: len(data) // 2])
    ((begin, end),) = footage.gaps
    assert (begin, end) == (footage.samples[-1].at_ms, 12_000)
    assert 2000 <= begin <= 8000
    assert footage.seconds == 12.0


def test_damage_in_the_middle_costs_what_is_damaged_alone() -> None:
    data = bytearray(film("china", "flower", "cat", seconds=2))
    at = len(data) // 2
    data[at - 10_000 : at + 10_000] = bytes(20_000)
    footage = seen(bytes(data))
    assert footage.samples[-1].at_ms == 5500
    assert shows(footage.samples[0].pdq[0], CHINA)
    assert shows(footage.samples[-1].pdq[0], CAT)
    ((begin, end),) = footage.gaps
    assert begin < end <= 4000
    assert not any(begin < sample.at_ms < end for sample in footage.samples)


def test_damage_at_the_beginning_is_one_gap() -> None:
    """Found by fuzzing: two gaps that began together were taken for a lie."""
    data = bytearray(film("china", "flower", "cat", seconds=2))
    at = data.index(b"mdat") + 8
    data[at : at + 30_000] = bytes(30_000)
    footage = seen(bytes(data))
    check_footage(footage)
    ((begin, end),) = footage.gaps
    assert (begin, end) == (0, footage.samples[0].at_ms)


@pytest.mark.parametrize("form", ["GIF", "WEBP", "PNG", "AVIF"])
def test_pictures_that_move_are_watched_like_a_film(form: str) -> None:
    file, rest = io.BytesIO(), [CHINA, FLOWER, FLOWER, CAT, CAT]
    CHINA.save(file, form, save_all=True, append_images=rest, duration=500)
    footage = seen(file.getvalue())
    assert footage.samples[0].at_ms == 0
    assert footage.shots == (0, 1000, 2000)
    for view, picture in zip(footage.keys, (CHINA, FLOWER, CAT), strict=True):
        assert shows(view.fingerprints[0].hash, picture)
    still = io.BytesIO()
    CHINA.save(still, form)
    with pytest.raises(Undecodable):
        seen(still.getvalue())


def test_a_film_of_variable_rate_is_seen_at_its_own_times() -> None:
    file = io.BytesIO()
    with av.open(file, "w", format="mp4") as container:
        stream = container.add_stream("libx264", 10)
        stream.width, stream.height, stream.pix_fmt = *CHINA.size, "yuv420p"
        stream.codec_context.time_base = Fraction(1, 1000)
        for at, shot in ((0, CHINA), (200, CHINA), (7300, FLOWER), (7900, CAT), (8000, CAT)):
            frame = av.VideoFrame.from_ndarray(np.asarray(shot), "rgb24")
            frame.pts, frame.time_base = at, Fraction(1, 1000)
            container.mux(stream.encode(frame))
        container.mux(stream.encode())
    footage = seen(file.getvalue())
    assert [sample.at_ms for sample in footage.samples] == [0, 7300, 7900, 8000]
    assert footage.gaps == ()


def test_one_a_shot_is_worth_its_place_before_a_second_of_any() -> None:
    assert worth([0, 100, 200, 300, 5000, 5100, 9000], (0, 5000, 9000), 3) == [0, 5000, 9000]
    assert worth(range(0, 1001, 10), (0,), 5) == [0, 250, 500, 750, 1000]
    assert worth(range(0, 1000, 10), range(0, 1000, 100), 4)[-1] == 900
    assert worth([5], (0,), 5) == [5]


def test_a_child_says_of_a_film_what_the_lab_says(sandbox: Sandbox, tmp_path: Path) -> None:
    path = tmp_path / "film"
    path.write_bytes(data := film("china", "flower"))
    assert sandbox.watch(path) == sandbox.watch(data) == seen(data)


def test_what_is_no_film_is_not_watched(sandbox: Sandbox, tmp_path: Path) -> None:
    assert sandbox.watch(b"ffconcat version 1.0\nfile /etc/passwd\n") is None
    assert sandbox.watch(tmp_path / "missing") is None


def lie(**fields: object) -> Callable[[Footage], Footage]:
    return lambda honest: msgspec.structs.replace(honest, **fields)


def of_first(name: str, **fields: object) -> Callable[[Footage], Footage]:
    def told(honest: Footage) -> Footage:
        first, *rest = getattr(honest, name)
        liar = msgspec.structs.replace(first, **fields)
        return msgspec.structs.replace(honest, **{name: (liar, *rest)})

    return told


@pytest.mark.parametrize(
    "told",
    [
        lie(samples=()),
        lie(seconds=float("inf")),
        lie(seconds=-1.0),
        lie(shots=(0, 700)),
        lie(shots=(500,)),
        lie(gaps=((500, 200),)),
        lie(keys=(View(kind=ViewKind.FRAME, at_ms=1),)),
        lie(keys=(View(),)),
        lambda honest: lie(samples=honest.samples[::-1])(honest),
        lambda honest: lie(keys=honest.keys * 241)(honest),
        lambda honest: lie(samples=honest.samples * 7201)(honest),
        of_first("samples", at_ms=-1),
        of_first("samples", quality=101),
        of_first("samples", pdq=(bytes(32),)),
        of_first("samples", inner=(bytes(31),) * 8),
        of_first("keys", corners=((0.0, 0.0),) * 4),
    ],
)
def test_a_lie_about_a_film_is_not_believed(
    honest: Footage, told: Callable[[Footage], Footage]
) -> None:
    check_footage(honest)
    with pytest.raises(ImplausibleError):
        check_footage(told(honest))
