"""Previews: what shows something else is flagged, and what cameras do by habit is not."""

from __future__ import annotations

import io
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageOps

from tests.lab.specimens import with_thumbnail
from tests.photographs import encode, photograph
from verify.lab.containers import read_blocks
from verify.lab.decoding import Undecodable
from verify.lab.examine import examine, pixels
from verify.lab.previews import read_previews
from verify.lab.written.exif import read_exif
from verify.records import Examination, Finding, Outcome, Thumbnail, View, ViewKind

CHINA, FLOWER = photograph("china"), photograph("flower")


def small(picture: Image.Image, size: tuple[int, int] = (160, 107)) -> Image.Image:
    return picture.resize(size)


def seen(data: bytes) -> tuple[Examination, Finding]:
    examination = examine(data)
    (finding,) = (entry for entry in examination.findings if entry.check == "thumbnail")
    return examination, finding


def test_a_preview_of_another_picture_is_flagged_and_can_be_shown() -> None:
    data = with_thumbnail(CHINA, small(FLOWER))
    examination, finding = seen(data)
    assert finding.outcome is Outcome.FLAGGED
    assert finding.items[0] == "thumbnail"
    assert examination.thumbnail == Thumbnail(
        present=True, differs=True, differing=("EXIF thumbnail",)
    )
    shown = pixels(data, 400, View(kind=ViewKind.PREVIEW, number=0))
    assert (shown.width, shown.height) == (160, 107)


def test_a_preview_from_before_a_crop_is_flagged() -> None:
    _, finding = seen(with_thumbnail(CHINA.crop((330, 120, 630, 320)), small(CHINA)))
    assert finding.outcome is Outcome.FLAGGED


@pytest.mark.parametrize(
    "preview",
    [
        small(CHINA),
        small(CHINA, (160, 120)),
        ImageOps.pad(CHINA, (160, 120), color="black"),
        ImageOps.fit(CHINA, (160, 160)),
        small(CHINA).transpose(Image.Transpose.ROTATE_90),
        ImageOps.autocontrast(small(CHINA)),
        small(CHINA.crop((32, 21, 608, 406))),
    ],
    ids=["plain", "squeezed", "black bars", "cut square", "turned", "other tone", "no margins"],
)
@pytest.mark.parametrize("orientation", [1, 6])
def test_what_cameras_do_to_previews_is_not_flagged(preview: Image.Image, orientation: int) -> None:
    examination, finding = seen(with_thumbnail(CHINA, preview, orientation))
    assert finding.outcome is Outcome.NOTED
    assert examination.thumbnail == Thumbnail(present=True, differs=False)


def test_bars_beside_a_standing_picture_are_set_aside() -> None:
    standing = CHINA.crop((200, 0, 520, 427))
    _, finding = seen(with_thumbnail(standing, ImageOps.pad(standing, (160, 120), color="black")))
    assert finding.outcome is Outcome.NOTED


def test_thumbnails_of_other_pictures_in_a_collection_are_left_alone() -> None:
    data = encode(CHINA, "HEIF", save_all=True, append_images=[FLOWER], thumbnails=[160])
    _, finding = seen(data)
    assert finding.outcome is Outcome.NOTED


def test_thumbnails_of_heic_are_compared() -> None:
    examination, finding = seen(encode(CHINA, "HEIF", thumbnails=[160]))
    assert finding.read_from == "HEIC thumbnail"
    assert finding.outcome is Outcome.NOTED
    assert "160 x" in finding.raw
    assert examination.thumbnail.present


def test_a_large_thumbnail_of_a_multi_picture_file_is_compared() -> None:
    file = io.BytesIO()
    CHINA.save(file, "MPO", save_all=True, append_images=[FLOWER.resize((640, 427))], quality=90)
    data = bytearray(file.getvalue())
    assert not examine(bytes(data)).thumbnail.present  # a further picture is no preview
    second = data.find(b"MPF\0") + 4 + 8 + 2 + 3 * 12 + 4 + 16
    data[second : second + 4] = (0x010002).to_bytes(4, "little")
    _, finding = seen(bytes(data))
    assert (finding.outcome, finding.read_from) == (Outcome.FLAGGED, "MPF large thumbnail")


def test_without_a_preview_nothing_is_said_and_nothing_shown() -> None:
    examination = examine(encode(CHINA))
    assert not [entry for entry in examination.findings if entry.check == "thumbnail"]
    assert examination.thumbnail == Thumbnail()
    with pytest.raises(Undecodable):
        pixels(encode(CHINA), 400, View(kind=ViewKind.PREVIEW, number=0))


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.data())
def test_damaged_previews_never_raise(given_data: Any) -> None:
    data = bytearray(with_thumbnail(small(CHINA), small(FLOWER, (40, 30))))
    for _ in range(given_data.draw(st.integers(1, 6))):
        data[given_data.draw(st.integers(2, 400))] = given_data.draw(st.integers(0, 255))
    blocks = read_blocks(bytes(data), "image/jpeg")
    read_previews(bytes(data), "image/jpeg", blocks, read_exif(blocks.exif))
