from __future__ import annotations

import io
import types
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import msgspec
import pytest
from PIL.ExifTags import Base

from tests.lab.specimens import FORMATS, after_start, exif, iptc, xmp
from tests.photographs import encode, photograph
from verify.lab import LAB_VERSION, examine
from verify.lab.imaging import Specimen
from verify.language import Reader, plain
from verify.records import (
    Examination,
    Finding,
    Metadata,
    Outcome,
    Pillar,
    SentAs,
    WallTime,
)

CHINA = photograph("china")


def of(examination: Examination, check: str) -> list[Finding]:
    return [finding for finding in examination.findings if finding.check == check]


def one(examination: Examination, check: str) -> Finding:
    (finding,) = of(examination, check)
    return finding


@pytest.mark.parametrize("name", FORMATS)
def test_a_plain_photograph_is_examined_and_nothing_is_flagged(name: str) -> None:
    examination = examine.examine(encode(CHINA, name), filename=f"a.{name.lower()}")
    assert examination.lab_version == LAB_VERSION
    assert (examination.width, examination.height) == CHINA.size
    assert [f.algorithm for f in examination.views[0].fingerprints] == ["pdq", "phash", "dhash"]
    assert {f.outcome for f in examination.findings} <= {Outcome.NOTED, Outcome.INCONCLUSIVE}


def test_an_examination_travels_as_messagepack() -> None:
    examination = examine.examine(encode(CHINA, exif=exif({Base.Make: "Canon"})))
    packed = msgspec.msgpack.encode(examination)
    assert msgspec.msgpack.decode(packed, type=Examination) == examination


@pytest.mark.parametrize(
    "data",
    [b"%PDF-1.7\n...", b"words"],
)
def test_other_kinds_of_file_are_kept_and_not_examined(data: bytes) -> None:
    examination = examine.examine(data, filename="x", sent_as=SentAs.DOCUMENT)
    (finding,) = examination.findings
    assert finding.outcome is Outcome.NOT_APPLICABLE
    assert "kept, not examined" in finding.summary.template
    assert examination.width is None
    assert not examination.views


def test_an_empty_file_is_said_to_be_empty() -> None:
    (finding,) = examine.examine(b"").findings
    assert (finding.outcome, finding.summary.template) == (Outcome.FAILED, "The file is empty.")


def test_a_check_that_raises_is_reported_and_hides_no_other(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def check(_: Specimen) -> Iterator[Finding]:
        raise RuntimeError("<b>secret words of a decoder</b>")
        yield

    broken = types.ModuleType("verify.lab.checks.broken")
    broken.__dict__.update(PILLAR=Pillar.DATE, MEDIA=frozenset({"*"}), check=check)
    modules = (broken, *examine.all_checks())
    monkeypatch.setattr(examine, "all_checks", lambda: modules)
    examination = examine.examine(encode(CHINA))
    finding = one(examination, "broken")
    assert (finding.outcome, finding.pillar) == (Outcome.FAILED, Pillar.DATE)
    assert "secret" not in str(msgspec.to_builtins(examination))
    assert of(examination, "kind")


# --- kind ----------------------------------------------------------------------------------


def test_a_wrong_ending_and_a_wrong_type_are_flagged() -> None:
    data = encode(CHINA, "PNG")
    examination = examine.examine(data, filename="photo.jpg", declared_type="image/jpeg")
    assert [f.outcome for f in of(examination, "kind")] == [Outcome.FLAGGED, Outcome.FLAGGED]


@pytest.mark.parametrize("filename", ["IMG.JPG", "a.b.jpeg", "Mr.Smith", "", "12.10.2023", ".jpg"])
def test_right_and_missing_endings_are_not_flagged(filename: str) -> None:
    finding = one(examine.examine(encode(CHINA), filename=filename), "kind")
    assert finding.outcome is Outcome.NOTED


def test_an_archive_behind_a_picture_is_flagged_and_measured() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("secret.txt", "x" * 100)
    finding = of(examine.examine(encode(CHINA) + file.getvalue()), "kind")[-1]
    assert finding.outcome is Outcome.FLAGGED
    assert finding.summary.values["size"].count == len(file.getvalue())  # type: ignore[union-attr]


def test_a_video_behind_a_picture_is_noted_and_padding_is_not() -> None:
    video = b"\0\0\0\x18ftypmp42" + bytes(500)
    assert of(examine.examine(encode(CHINA) + video), "kind")[-1].outcome is Outcome.NOTED
    assert len(of(examine.examine(encode(CHINA) + bytes(500)), "kind")) == 1


# --- camera --------------------------------------------------------------------------------


def test_camera_and_editing_software_are_noted_with_their_cautions() -> None:
    block = exif({Base.Make: "Canon", Base.Model: "Canon EOS R5", Base.Software: "Snapseed 2.0"})
    camera, software = of(examine.examine(encode(CHINA, exif=block)), "camera")
    assert camera.summary.values["camera"] == "Canon EOS R5"
    assert "editing software" in software.summary.template
    assert software.caution is not None
    assert software.outcome is Outcome.NOTED


def test_steps_in_the_xmp_history_name_their_program() -> None:
    packet = xmp("<xmp:CreatorTool>Adobe Photoshop 25.0</xmp:CreatorTool>")
    finding = of(examine.examine(encode(CHINA, xmp=packet)), "camera")[-1]
    assert finding.read_from == "XMP xmp:CreatorTool"


# --- capture time --------------------------------------------------------------------------


def captured(at: str, zone: str | None = None) -> Finding:
    detail = {Base.DateTimeOriginal: at} | ({Base.OffsetTimeOriginal: zone} if zone else {})
    return one(examine.examine(encode(CHINA, exif=exif(detail=detail))), "captured")


def test_the_capture_time_stays_in_the_zone_it_was_written_in() -> None:
    finding = captured("2023:10:17 18:59:03", "+03:00")
    assert finding.summary.values["time"] == WallTime(at="2023-10-17T18:59:03", zone="+03:00")
    assert finding.outcome is Outcome.NOTED
    assert finding.items == ("captured-when",)


def test_a_time_without_zone_says_so_once() -> None:
    summary = captured("2023:10:17 18:59:03").summary
    assert plain(summary, Reader("en", ZoneInfo("UTC"))).count("no time zone") == 1


def test_the_future_and_the_time_before_photography_are_flagged() -> None:
    tomorrow = datetime.now(UTC) + timedelta(days=2)
    assert captured(tomorrow.strftime("%Y:%m:%d %H:%M:%S")).outcome is Outcome.FLAGGED
    assert captured("1066:10:14 09:00:00").outcome is Outcome.FLAGGED


def test_a_clock_ahead_of_utc_is_not_the_future() -> None:
    ahead = datetime.now(UTC) + timedelta(hours=13)
    assert captured(ahead.strftime("%Y:%m:%d %H:%M:%S")).outcome is Outcome.NOTED
    assert captured(ahead.strftime("%Y:%m:%d %H:%M:%S"), "+13:00").outcome is Outcome.NOTED


def test_the_date_of_an_agency_is_noted_beside_the_missing_capture_time() -> None:
    data = after_start(encode(CHINA), iptc((2, 55, b"20230630")))
    examination = examine.examine(data)
    missing, created = of(examination, "captured")
    assert missing.outcome is Outcome.INCONCLUSIVE
    assert created.raw == "2023-06-30"
    assert examination.metadata == Metadata()


@pytest.mark.parametrize(
    ("model", "at", "outcome"),
    [
        ("iPhone 12", "2015:03:01 10:00:00", Outcome.FLAGGED),
        ("iPhone 12", "2020:11:01 10:00:00", Outcome.NOTED),
        ("iPhone 12", "2020:10:16 10:00:00", Outcome.NOTED),
        ("Canon EOS 5D", "2003:03:01 10:00:00", Outcome.NOTED),
    ],
)
def test_a_time_before_the_phone_was_sold_is_flagged(model: str, at: str, outcome: Outcome) -> None:
    data = encode(CHINA, exif=exif({Base.Model: model}, {Base.DateTimeOriginal: at}))
    outcomes = {finding.outcome for finding in of(examine.examine(data), "captured")}
    assert (Outcome.FLAGGED in outcomes) is (outcome is Outcome.FLAGGED)


def test_fields_of_a_younger_standard_than_the_time_are_noted() -> None:
    detail = {Base.DateTimeOriginal: "2005:03:01 10:00:00", Base.ExifVersion: b"0231"}
    _, finding = of(examine.examine(encode(CHINA, exif=exif(detail=detail))), "captured")
    assert finding.outcome is Outcome.NOTED
    assert finding.summary.values["day"] == "2016-07-01"


def test_the_part_of_a_second_is_kept_as_read() -> None:
    detail = {Base.DateTimeOriginal: "2023:10:17 18:59:03", Base.SubsecTimeOriginal: "250"}
    finding = one(examine.examine(encode(CHINA, exif=exif(detail=detail))), "captured")
    assert finding.raw == "2023-10-17T18:59:03.250"


# --- place ---------------------------------------------------------------------------------


def place(latitude: float, longitude: float) -> Finding:
    gps = {
        1: "N" if latitude >= 0 else "S",
        2: (abs(latitude), 0.0, 0.0),
        3: "E" if longitude >= 0 else "W",
        4: (abs(longitude), 0.0, 0.0),
    }
    return one(examine.examine(encode(CHINA, exif=exif(gps=gps))), "place")


@pytest.mark.parametrize(
    ("latitude", "longitude", "town", "country", "zone"),
    [
        (33.3406, 44.4009, "Baghdad", "Iraq", "Asia/Baghdad"),
        (-33.8688, 151.2093, "Sydney", "Australia", "Australia/Sydney"),
        (40.7128, -74.0060, "New York City", "United States", "America/New_York"),
    ],
)
def test_coordinates_are_given_their_town_country_and_zone(
    latitude: float, longitude: float, town: str, country: str, zone: str
) -> None:
    values = place(latitude, longitude).summary.values
    assert values["country"] == country
    assert values["zone"] == zone
    assert isinstance(values["distance"], int)
    assert values["distance"] < 20
    assert town in str(values["place"]) or values["distance"] < 5


def test_the_open_sea_is_far_from_any_town() -> None:
    finding = place(-48.9, -123.4)
    assert "far from any town" in finding.summary.template
    assert int(finding.summary.values["distance"]) > 2000  # type: ignore[arg-type]


def test_the_date_line_does_not_hide_a_near_town() -> None:
    # North-west of the line; Egvekinot lies at 179 degrees west, Anadyr at 177 east.
    assert place(66.3, 179.9).summary.values["place"] == "Egvekinot"


def test_null_island_is_no_place() -> None:
    assert place(0.0, 0.0).outcome is Outcome.INCONCLUSIVE


# --- size and quality ----------------------------------------------------------------------


def test_strong_compression_a_small_and_a_flat_picture_are_noted() -> None:
    strong = one(examine.examine(encode(CHINA, quality=20)), "quality")
    assert strong.summary.values["quality"] == 20
    small = one(examine.examine(encode(CHINA.reduce(4), "PNG")), "quality")
    assert "small" in small.summary.template
    flat = one(
        examine.examine(encode(CHINA.crop((0, 0, 9, 9)).resize((640, 427)), "PNG")), "quality"
    )
    assert "too little detail" in flat.summary.template


def test_a_good_photograph_gets_no_word_on_quality() -> None:
    assert of(examine.examine(encode(CHINA, quality=90)), "quality") == []
