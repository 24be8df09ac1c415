"""What a file is, not what its family is; and how a picture that cannot be decoded says why."""

from __future__ import annotations

import io

import numpy as np
import pytest
import tifffile
from PIL import ImageCms

from tests.lab.specimens import box, exif
from tests.photographs import encode, photograph
from verify.lab.examine import examine
from verify.records import Examination, Finding, Outcome

CHINA = photograph("china")
SMALL = CHINA.resize((320, 214))


def original(make: str, *, dng: bool = False) -> bytes:
    """A camera original on TIFF: a small picture, and beneath it what the sensor saw."""
    file = io.BytesIO()
    thumbnail, sensor = np.asarray(SMALL.resize((96, 64))), np.asarray(SMALL.convert("L"))
    tags = [(271, 2, 0, make, True)] + ([(50706, 1, 4, (1, 4, 0, 0), True)] if dng else [])
    with tifffile.TiffWriter(file, byteorder="<") as writer:
        writer.write(thumbnail, photometric="rgb", subfiletype=1, subifds=1, extratags=tags)
        writer.write(sensor, photometric="cfa", subfiletype=0)
    return file.getvalue()


def kinds(examination: Examination) -> list[Finding]:
    return [finding for finding in examination.findings if finding.check == "kind"]


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("a.dng", original("Example", dng=True), "image/x-adobe-dng"),
        ("a.nef", original("NIKON CORPORATION"), "image/x-nikon-nef"),
        ("a.arw", original("SONY"), "image/x-sony-arw"),
        ("a.3fr", original("Hasselblad"), "image/x-raw"),
    ],
)
def test_a_camera_original_is_of_its_kind_and_not_flagged(
    name: str, data: bytes, kind: str
) -> None:
    examination = examine(data, filename=name, declared_type="image/x-dcraw")
    assert examination.media_type == kind
    assert Outcome.FLAGGED not in {finding.outcome for finding in examination.findings}


def test_an_originals_size_is_the_full_pictures_and_what_is_looked_at_is_said() -> None:
    examination = examine(original("Example", dng=True), filename="a.dng")
    assert (examination.width, examination.height) == (320, 214)
    assert len(examination.views) == 1
    [preview] = [one for one in kinds(examination) if "preview" in one.summary.template]
    assert preview.summary.values == {"width": 96, "height": 64}


def test_an_ordinary_tiff_of_a_cameras_maker_is_no_original() -> None:
    block = exif({271: "SONY"})
    assert examine(encode(SMALL, "TIFF", exif=block), filename="a.tif").media_type == "image/tiff"


def test_canons_cr3_is_a_picture_with_the_camera_and_time_of_its_own_blocks() -> None:
    main = exif({271: "Canon", 272: "Canon EOS R6"}).removeprefix(b"Exif\0\0")
    detail = exif({36867: "2023:10:17 18:59:03"}).removeprefix(b"Exif\0\0")
    metadata = bytes.fromhex("85c0b687820f11e08111f4ce462b6a48")
    shown = bytes.fromhex("eaf42b5e1c984b88b9fbb7dc406e4d16")
    data = box(b"ftyp", b"crx \0\0\0\1crx isom")
    data += box(b"moov", box(b"uuid", metadata + box(b"CMT1", main) + box(b"CMT2", detail)))
    data += box(b"uuid", shown + bytes(24) + encode(SMALL))
    examination = examine(data, filename="IMG_0001.CR3")
    assert examination.media_type == "image/x-canon-cr3"
    assert examination.metadata.model == "Canon EOS R6"
    assert examination.metadata.captured_at == "2023-10-17T18:59:03"
    assert examination.views
    assert Outcome.FLAGGED not in {finding.outcome for finding in examination.findings}


def test_the_pages_of_a_tiff_are_counted_and_thumbnails_are_none() -> None:
    file = io.BytesIO()
    SMALL.save(file, "TIFF", save_all=True, append_images=[SMALL, SMALL])
    [_, pages] = kinds(examine(file.getvalue()))
    assert pages.summary.values["count"] == 3
    assert len(kinds(examine(encode(SMALL, "TIFF")))) == 1


def test_a_lab_picture_is_seen_as_its_colours_are() -> None:
    profiles = ImageCms.createProfile("sRGB"), ImageCms.createProfile("LAB")
    lab = ImageCms.profileToProfile(SMALL, *profiles, outputMode="LAB")
    assert lab is not None
    file = io.BytesIO()
    lab.save(file, "TIFF")
    assert alike(examine(file.getvalue()), examine(encode(SMALL, "PNG")))


def alike(one: Examination, other: Examination) -> bool:
    first, second = (each.views[0].fingerprints[0].hash for each in (one, other))
    return (int.from_bytes(first, "big") ^ int.from_bytes(second, "big")).bit_count() <= 10


def test_a_jpeg_without_its_last_bytes_is_looked_at_whole_and_said_to_be_cut() -> None:
    whole = encode(CHINA, quality=90)
    examination = examine(whole[:-20])
    assert alike(examination, examine(whole))
    assert any("ends before" in one.summary.template for one in kinds(examination))


def test_of_a_jpeg_cut_short_the_upper_part_is_looked_at() -> None:
    whole = encode(CHINA, quality=90)
    examination = examine(whole[: len(whole) // 2])
    [cut] = [one for one in kinds(examination) if "ends before" in one.summary.template]
    percent = cut.summary.values["percent"]
    assert isinstance(percent, int) and 50 < percent < 90
    upper = CHINA.crop((0, 0, CHINA.width, CHINA.height * percent // 100))
    assert alike(examination, examine(encode(upper, quality=90)))


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (encode(CHINA, quality=90)[:1500], "ends before it does"),
        (encode(CHINA, "WEBP")[:9000], "ends before it does"),
        (encode(SMALL, "PNG")[:40], "ends before it does"),
        (encode(SMALL)[:2] + b"\xff\xc3\0\x0b\x08\0\x10\0\x10\1\1\x11\0\xff\xd9", "not supported"),
        (box(b"ftyp", b"avci\0\0\0\0mif1avci") + box(b"mdat", bytes(64)), "not supported"),
        (b"\x89PNG\r\n\x1a\n" + bytes(60) + b"IEND", "damaged"),
    ],
)
def test_a_failure_to_decode_says_which(data: bytes, words: str) -> None:
    [failed] = [one for one in examine(data).findings if one.check == "decoding"]
    assert failed.outcome is Outcome.FAILED
    assert words in failed.summary.template
