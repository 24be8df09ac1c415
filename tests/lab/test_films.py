"""Films are looked at over their whole length: some of their pictures are views, at their times."""

from __future__ import annotations

import os
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageOps

from tests.filmed import filmed
from tests.photographs import photograph
from verify.lab import films
from verify.lab.examine import examine, pixels
from verify.records import Finding, Outcome, View, ViewKind
from verify.sandbox import Sandbox

CHINA, FLOWER = (photograph(name).resize((320, 214)) for name in ("china", "flower"))
CAT = photograph("chelsea").resize((320, 214))
# ISO 14496-12: of a track, how its pictures are turned; here not at all, and by a quarter clockwise
_UPRIGHT = b"".join(n.to_bytes(4, "big") for n in (1 << 16, 0, 0, 0, 1 << 16, 0, 0, 0, 1 << 30))
_TURNED = b"".join(
    n.to_bytes(4, "big")
    for n in (0, 1 << 16, 0, (1 << 32) - (1 << 16), 0, 0, 214 << 16, 0, 1 << 30)
)


def shown(data: bytes, at_ms: int | None = None) -> Image.Image:
    kind = ViewKind.WHOLE if at_ms is None else ViewKind.FRAME
    seen = pixels(data, 320, View(kind=kind, at_ms=at_ms))
    return Image.frombytes("RGB", (seen.width, seen.height), seen.rgb)


def alike(one: Image.Image, other: Image.Image) -> bool:
    theirs = np.asarray(other.resize(one.size)).astype(int)
    return float(np.abs(np.asarray(one).astype(int) - theirs).mean()) < 16


def about(data: bytes) -> Finding:
    return next(f for f in examine(data).findings if f.check in ("film", "decoding"))


@pytest.mark.parametrize(
    ("form", "codec"),
    [
        ("mp4", "libx264"),
        ("mov", "libx265"),
        ("mp4", "libsvtav1"),
        ("webm", "libvpx-vp9"),
        ("matroska", "libvpx"),
        ("avi", "mpeg4"),
        ("avi", "libx264"),
        ("mpegts", "libx264"),
        ("vob", "mpeg2video"),
        ("3gp", "h263"),
    ],
)
def test_each_shot_of_a_film_is_a_view_at_its_time(form: str, codec: str) -> None:
    size = (352, 288) if codec == "h263" else (320, 214)
    data = filmed(*(one.resize(size) for one in (CHINA, FLOWER, CAT)), form=form, codec=codec)
    examination = examine(data)
    wide = 384 if codec == "h263" else 320  # its pixels are wider than high, 12 to 11
    assert (examination.width, examination.height) == (wide, size[1])
    seen = [view.at_ms for view in examination.views if view.at_ms is not None]
    for start, shot in ((1000, FLOWER), (2000, CAT)):
        at = next(at for at in seen if start <= at < start + 1000)
        assert alike(shown(data, at), shot)
    assert alike(shown(data), CHINA)
    assert str(about(data).summary.values["length"]) in ("0:03", "0:02")


def test_the_negative_of_a_film_is_that_of_its_first_picture() -> None:
    seen = pixels(filmed(CHINA, FLOWER), 320, View(kind=ViewKind.INVERTED))
    negative = Image.frombytes("RGB", (seen.width, seen.height), seen.rgb)
    assert alike(negative, ImageOps.invert(CHINA))


def test_a_film_that_is_turned_is_seen_upright() -> None:
    data = filmed(CHINA, FLOWER)
    track = data.index(b"tkhd")
    at = data.index(_UPRIGHT, track)
    turned = data[:at] + _TURNED + data[at + len(_UPRIGHT) :]
    examination = examine(turned)
    assert (examination.width, examination.height) == (214, 320)
    assert alike(shown(turned), CHINA.transpose(Image.Transpose.ROTATE_270))


def test_of_a_long_film_the_key_frames_are_looked_at_to_its_end(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(films, "_WHOLLY_DECODED", 0)
    data = filmed(CHINA, FLOWER, CAT, seconds=3)  # x264 begins each shot with a key frame
    look = films.film(data, "video/mp4")
    assert not look.wholly
    assert [one.at_ms for one in look.frames] == [3000, 6000]


def test_a_film_that_breaks_off_says_how_far_it_goes() -> None:
    data = filmed(*[CHINA, FLOWER, CAT] * 3, form="matroska", seconds=3)
    finding = about(data[: len(data) // 2])
    assert "up to {reached}" in (finding.summary.plural or "")
    assert finding.summary.values["length"] == "0:27"


def test_plain_pictures_between_shots_are_no_views() -> None:
    black = Image.new("RGB", CHINA.size)
    views = examine(filmed(CHINA, black, FLOWER)).views
    assert not any(view.at_ms and 1100 <= view.at_ms < 2000 for view in views)


@pytest.mark.parametrize("kind", ["too large", "an unknown codec", "cut"])
def test_what_cannot_be_decoded_is_said(kind: str) -> None:
    match kind:
        case "too large":
            data = filmed(Image.new("RGB", (6016, 6000)), codec="mpeg4", seconds=0.1)
        case "an unknown codec":
            data = filmed(CHINA).replace(b"avc1", b"none")
        case _:
            data = filmed(CHINA)[:3000]
    finding = about(data)
    assert finding.outcome is Outcome.FAILED
    assert finding.summary.template.split()[-1] in ("decode.", "decoded.", "file.", "here.")


def test_a_film_larger_than_memory_is_looked_at(tmp_path: Path) -> None:
    path, data = tmp_path / "film", filmed(CHINA, FLOWER)
    path.write_bytes(data + b"\0\0\0\1mdat" + (5 << 30).to_bytes(8, "big"))
    os.truncate(path, len(data) + (5 << 30))  # it has holes
    with closing(Sandbox(1)) as sandbox:
        found = sandbox.examine(path)
        assert found.seconds == 2.0
        assert found.views == examine(data).views
        assert sandbox.pixels(path, 100, View(kind=ViewKind.FRAME, at_ms=1000)) is not None
        assert sandbox.watch(path) is not None
