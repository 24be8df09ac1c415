"""Fields that are rarely read: scanners and what drives them, documents, zones in whole hours."""

from __future__ import annotations

import pytest

from tests.lab.specimens import exif, raw_exif
from tests.photographs import encode, photograph
from verify.lab.examine import examine
from verify.records import Finding

SMALL = photograph("china").reduce(8)
MAKE, MODEL, SOFTWARE = 0x010F, 0x0110, 0x0131


def told(data: bytes, check: str) -> list[Finding]:
    return [one for one in examine(data).findings if one.check == check]


@pytest.mark.parametrize(
    "fields",
    [
        {MAKE: "FUJITSU", MODEL: "fi-7160"},
        {MAKE: "HP", MODEL: "HP OfficeJet Pro 8610"},
        {MAKE: "Canon", MODEL: "CanoScan LiDE 220"},
        {SOFTWARE: "VueScan 9 x64 (9.8.04)"},
        {SOFTWARE: "SilverFast 8.8"},
    ],
)
def test_a_scanner_is_a_scanner(fields: dict[int, str]) -> None:
    first = told(encode(SMALL, exif=exif(fields)), "camera")[0]
    assert "scanner" in first.summary.template


@pytest.mark.parametrize("model", ["HP PhotoSmart 735", "Canon IXUS 285", "SM-S918B", "iPhone 15"])
def test_a_camera_is_no_scanner(model: str) -> None:
    first = told(encode(SMALL, exif=exif({MAKE: "Maker", MODEL: model})), "camera")[0]
    assert "The file names the camera" in first.summary.template


def test_document_computer_and_history_in_exif_are_told() -> None:
    fields = {0x010D: "Scan 3", 0x013C: "DESK-7", 0x9213: "Cloned with GIMP"}
    values = {
        value
        for one in told(encode(SMALL, exif=exif(fields)), "device")
        for value in one.summary.values.values()
    }
    assert values == {"Scan 3", "DESK-7", "Cloned with GIMP"}


def test_a_zone_in_whole_hours_is_that_of_the_capture() -> None:
    detail = {
        0x9003: (2, b"2023:10:17 18:59:00\0"),
        0x882A: (8, (-3).to_bytes(2, "little", signed=True)),
    }
    captured = examine(encode(SMALL, exif=raw_exif({}, detail))).metadata
    assert (captured.captured_at, captured.captured_zone) == ("2023-10-17T18:59:00", "-03:00")


def test_a_comment_in_jis_is_read() -> None:
    words = "広場からの撮影"
    body = b"JIS\0\0\0\0\0" + words.encode("iso2022_jp")
    [comment] = told(encode(SMALL, exif=raw_exif({}, {0x9286: (7, body)})), "device")
    assert comment.summary.values["comment"] == words


def test_a_heic_of_a_general_brand_is_decoded() -> None:
    data = encode(SMALL, "HEIF").replace(b"ftypheic", b"ftypmiaf", 1)
    seen = examine(data)
    assert (seen.media_type, seen.width) == ("image/heic", SMALL.width)
