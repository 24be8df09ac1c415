"""How a picture was saved: the encoder's tables, the colour profile, and what is not there."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import ImageCms

from tests.lab.specimens import exif
from tests.photographs import encode, photograph
from verify.lab.colour import profile_name
from verify.lab.examine import examine
from verify.lab.quantisation import IJG, MOZJPEG, encoder
from verify.records import Finding, Outcome

SMALL = photograph("china").reduce(8)
SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def found(data: bytes) -> list[Finding]:
    return [one for one in examine(data).findings if one.check == "encoder"]


def version_2(name: bytes, length: int) -> bytes:
    """A colour profile of version 2 that only says its name."""
    text = b"desc" + bytes(4) + (len(name) + 1).to_bytes(4, "big") + name + b"\0"
    tag = (1).to_bytes(4, "big") + b"desc" + (144).to_bytes(4, "big")
    head = bytes(36) + b"acsp" + bytes(88)
    return (head + tag + len(text).to_bytes(4, "big") + text).ljust(length, b"\0")


def test_the_tables_of_the_common_library_are_told_with_quality_and_sampling() -> None:
    tables = found(encode(SMALL, quality=71, subsampling=2))[0]
    assert tables.summary.values == {"encoder": IJG, "quality": 71, "sampling": "4:2:0"}
    assert tables.outcome is Outcome.NOTED


def test_tables_of_mozjpeg_are_told_from_those_of_the_library() -> None:
    base = [16, 16, 16, 18, 25, 37, 56, 85, 16, 17, 20, 27, 34, 40, 53, 75]
    half = [max(1, (entry * 50 + 50) // 100) for entry in base]  # quality 75
    tables = encoder({0: [*half, *_rest(75)], 1: [*half, *_rest(75)]})
    assert tables == (MOZJPEG, 75)


def _rest(quality: int) -> list[int]:
    scale = 200 - 2 * quality
    rows = (
        (16, 20, 24, 31, 43, 62, 91, 135), (18, 27, 31, 40, 53, 74, 106, 156),
        (25, 34, 43, 53, 69, 94, 131, 189), (37, 40, 62, 74, 94, 124, 169, 238),
        (56, 53, 91, 106, 131, 169, 226, 311), (85, 75, 135, 156, 189, 238, 311, 418),
    )  # fmt: skip
    return [max(1, min(255, (entry * scale + 50) // 100)) for row in rows for entry in row]


def test_other_tables_and_grey_pictures_are_said_to_be_that() -> None:
    [tables, *_] = found(encode(SMALL.convert("L"), quality=50, qtables=[[9] * 64]))
    assert "no encoder that is known" in tables.summary.template
    assert "grey" in str(tables.summary.values["sampling"])


def test_a_file_without_metadata_is_said_to_be_that_and_one_with_is_not() -> None:
    assert "no metadata at all" in found(encode(SMALL))[-1].summary.template
    for data in (encode(SMALL, exif=exif({271: "Canon"})), encode(SMALL, icc_profile=SRGB)):
        assert not any("no metadata at all" in one.summary.template for one in found(data))


@pytest.mark.parametrize("name", ["JPEG", "PNG", "WEBP", "TIFF"])
def test_the_colour_profile_is_named(name: str) -> None:
    profiles = [
        one.summary.values.get("profile") for one in found(encode(SMALL, name, icc_profile=SRGB))
    ]
    assert "sRGB built-in" in profiles


def test_facebooks_own_profile_is_a_trace_and_another_of_its_name_is_not() -> None:
    [trace] = examine(encode(SMALL, icc_profile=version_2(b"c2", 524))).traces
    assert (trace.name, trace.evidence) == ("Facebook", "ICC profile c2 of 524 bytes")
    assert examine(encode(SMALL, icc_profile=version_2(b"c2", 600))).traces == ()


@settings(max_examples=80, deadline=None, derandomize=True)
@given(st.binary(max_size=300), st.integers(0, 131))
def test_any_bytes_as_a_profile_are_read(rest: bytes, cut: int) -> None:
    for profile in (rest, SRGB[:cut] + rest, SRGB[:132] + rest, version_2(rest[:40], 200)):
        assert len(profile_name(profile) or "") <= 200
