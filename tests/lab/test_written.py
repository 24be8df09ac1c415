"""What is written into a file about people, times, devices and places."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL.ExifTags import GPS, Base

from tests.lab.specimens import after_start, exif, iptc, png_with, version_info, xmp
from tests.photographs import encode, photograph
from verify.lab.examine import examine
from verify.lab.written.captions import agencies, read_captions
from verify.lab.written.fields import Fields
from verify.records import Finding, Outcome, listed

CHINA = photograph("china")
SMALL = CHINA.reduce(8)
NEW = (
    "people",
    "times",
    "device",
    "position",
    "traces",
    "thumbnail",
    "screen",
    "bars",
    "seams",
    "inset",
    "rephotograph",
    "quality",
)


def found(data: bytes, check: str) -> list[Finding]:
    return [entry for entry in examine(data).findings if entry.check == check]


def templates(findings: list[Finding]) -> str:
    return "\n".join(entry.summary.template for entry in findings)


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "HEIF", "TIFF"])
def test_a_file_that_says_nothing_gets_no_word(form: str) -> None:
    told = {entry.check for entry in examine(encode(CHINA, form)).findings}
    assert told.isdisjoint(NEW)


# --- people --------------------------------------------------------------------------------


def test_agency_and_words_are_told_with_the_fields_they_stand_in() -> None:
    records = (
        (2, 120, b"A temple in Beijing"),
        (2, 110, b"AFP via Getty Images"),
        (2, 25, b"temple"),
        (2, 25, b"summer"),
        (2, 40, b"No archives"),
    )
    findings = found(after_start(encode(SMALL), iptc(*records)), "people")
    assert {"AFP", "Getty Images"} == {
        entry.summary.values["agency"] for entry in findings if "agency" in entry.summary.values
    }
    assert "temple, summer" in {entry.summary.values.get("words") for entry in findings}
    assert {entry.outcome for entry in findings} == {Outcome.NOTED}


def test_an_agencys_fields_and_codes_and_the_people_shown_are_told() -> None:
    records = (
        (2, 15, b"WAR"),
        (2, 85, b"STF"),
        (2, 92, b"Tahrir Square"),
        (2, 100, b"EGY"),
        (2, 103, b"AFP_Was1234567"),
        (2, 122, b"jk/ab"),
    )
    people = "<rdf:Bag><rdf:li>A. One</rdf:li><rdf:li>B. Two</rdf:li></rdf:Bag>"
    packet = xmp(f"<Iptc4xmpExt:PersonInImage>{people}</Iptc4xmpExt:PersonInImage>")
    data = after_start(encode(SMALL, xmp=packet), iptc(*records))
    told = {entry.summary.values.get("words") for entry in found(data, "people")}
    assert {"WAR", "STF", "AFP_Was1234567", "jk/ab", "A. One, B. Two"} <= told
    [place] = found(data, "position")
    assert place.summary.values["place"] == "Tahrir Square, EGY"


def test_facebooks_marks_are_no_agencys_job() -> None:
    records = ((2, 40, b"FBMD01000ac60300004a1d"), (2, 103, b"xTqK3bFwQm5yqJk2"))
    assert found(after_start(encode(SMALL), iptc(*records)), "people") == []


@pytest.mark.parametrize("credit", ["APPLE Press Kit", "Papa", "the Associate", "Sana Ahmed"])
def test_names_that_only_resemble_an_agency_are_not_taken_for_it(credit: str) -> None:
    fields = Fields(iptc={(2, 110): [credit]})
    assert agencies(read_captions(fields)) == {}


# --- times ---------------------------------------------------------------------------------


def timed(captured: str, **others: Any) -> list[Finding]:
    main = {Base.DateTime: others["changed"]} if "changed" in others else {}
    detail = {Base.DateTimeOriginal: captured}
    if others.get("zone"):
        detail[Base.OffsetTimeOriginal] = others["zone"]
    gps = {}
    if "day" in others:
        gps = {GPS.GPSDateStamp: others["day"], GPS.GPSTimeStamp: others["clock"]}
    data = encode(SMALL, exif=exif(main, detail, gps))
    return found(data, "times") + found(data, "satellites")


def test_a_change_before_the_capture_is_noted() -> None:
    """Some cameras write one such date into every file: an original would be flagged."""
    [finding] = timed("2023:10:17 18:59:03", changed="2021:01:02 03:04:05")
    assert finding.outcome is Outcome.NOTED
    assert "yet last changed before that" in finding.summary.template


def test_a_later_change_is_noted_and_the_same_time_is_not() -> None:
    [finding] = timed("2023:10:17 18:59:03", changed="2023:10:19 08:00:00")
    assert finding.outcome is Outcome.NOTED
    assert timed("2023:10:17 18:59:03", changed="2023:10:17 18:59:03") == []


DAY, CLOCK = "2023:10:17", (15.0, 59.0, 1.0)


@pytest.mark.parametrize(
    ("captured", "zone", "day"),
    [("2023:10:17 18:59:03", None, DAY), ("2023:10:18 05:59:03", "+14:00", DAY)],
)
def test_satellites_that_a_zone_explains_get_no_word(
    captured: str, zone: str | None, day: str
) -> None:
    assert timed(captured, zone=zone, day=day, clock=CLOCK) == []


def test_a_clock_that_no_zone_explains_is_noted() -> None:
    [finding] = timed("2023:10:17 19:06:03", day=DAY, clock=CLOCK)
    assert finding.outcome is Outcome.NOTED
    assert finding.summary.values["minutes"] == 187


def test_an_old_reception_says_how_old_and_is_not_flagged() -> None:
    [finding] = timed("2023:10:19 18:59:03", zone="+03:00", day=DAY, clock=CLOCK)
    assert finding.outcome is Outcome.NOTED
    assert finding.summary.values["count"] == 2


def test_satellites_of_a_later_day_are_flagged() -> None:
    [finding] = timed("2023:10:14 18:59:03", day=DAY, clock=CLOCK)
    assert finding.outcome is Outcome.FLAGGED


def test_a_receiver_whose_weeks_began_again_is_not_flagged() -> None:
    [finding] = timed("2022:12:21 14:00:00", day="2003:05:07", clock=(13.0, 0.0, 0.0))
    assert finding.outcome is Outcome.NOTED
    assert "1,024 weeks" in finding.summary.template


def test_a_corrected_clock_that_was_never_set_is_not_flagged() -> None:
    packet = xmp("<exif:DateTimeOriginal>2023-10-17T10:00:00</exif:DateTimeOriginal>")
    unset = exif(detail={Base.DateTimeOriginal: "2000:01:03 04:12:00"})
    [finding] = found(encode(SMALL, exif=unset, xmp=packet), "times")
    assert finding.outcome is Outcome.NOTED


def test_two_capture_times_more_than_a_day_apart_are_flagged() -> None:
    packet = xmp("<exif:DateTimeOriginal>2019-05-06T10:00:00</exif:DateTimeOriginal>")
    original = exif(detail={Base.DateTimeOriginal: "2023:10:17 18:59:03"})
    [finding] = found(encode(SMALL, exif=original, xmp=packet), "times")
    assert finding.outcome is Outcome.FLAGGED
    assert finding.read_from == "XMP exif:DateTimeOriginal"


def test_the_times_of_iptc_png_and_the_history_are_read_with_their_zones() -> None:
    records = (2, 62, b"20231019"), (2, 63, b"080000+0300")
    original = exif(detail={Base.DateTimeOriginal: "2023:10:17 18:59:03"})
    [digitised] = found(after_start(encode(SMALL, exif=original), iptc(*records)), "times")
    assert digitised.raw == "2023-10-19T08:00:00 +03:00"
    body = b"tIME" + (2024).to_bytes(2, "big") + bytes([5, 6, 7, 8, 9])
    png = encode(SMALL, "PNG")
    at = png.rindex(b"IEND") - 4
    [changed] = found(png[:at] + b"\0\0\0\7" + body + bytes(4) + png[at:], "times")
    assert (changed.read_from, changed.raw) == ("PNG tIME", "2024-05-06T07:08:09 +00:00")


def test_the_satellites_time_is_read_from_xmp() -> None:
    packet = xmp("<exif:GPSTimeStamp>2023-10-17T18:50:01+03:00</exif:GPSTimeStamp>")
    original = exif(detail={Base.DateTimeOriginal: "2023:10:17 18:59:03"})
    [finding] = found(encode(SMALL, exif=original, xmp=packet), "satellites")
    assert finding.summary.values["minutes"] == 189


# --- device --------------------------------------------------------------------------------


def test_serial_numbers_owner_and_history_are_told_with_a_warning() -> None:
    detail = {Base.BodySerialNumber: "042021004321", Base.CameraOwnerName: "A. Sender"}
    steps = "".join(f"<rdf:li stEvt:action='{step}'/>" for step in ("created", "saved"))
    packet = xmp(f"<xmpMM:History><rdf:Seq>{steps}</rdf:Seq></xmpMM:History>")
    findings = found(encode(SMALL, exif=exif(detail=detail), xmp=packet), "device")
    assert findings[0].raw == "042021004321"
    assert "do not publish" in str(findings[0].caution)
    assert findings[1].summary.values["owner"] == "A. Sender"
    assert findings[2].summary.values["steps"] == listed(["created", "saved"])


def test_the_number_of_the_document_is_told_where_it_stands() -> None:
    number = "xmp.did:7a1c09f0-4f1b-4d8e-9a51-5c1a9d3f2b11"
    packet = xmp(f"<xmpMM:OriginalDocumentID>{number}</xmpMM:OriginalDocumentID>")
    [finding] = found(encode(SMALL, xmp=packet), "device")
    assert (finding.raw, finding.read_from) == (number, "XMP xmpMM:OriginalDocumentID")


@pytest.mark.parametrize(
    ("data", "program", "place"),
    [
        (after_start(encode(SMALL), version_info("Adobe Photoshop")), "Adobe Photoshop", "0x0421"),
        (after_start(encode(SMALL), iptc((2, 65, b"Fotostation"), (2, 70, b"7.0"))),
         "Fotostation 7.0", "IPTC 2:65"),
        (encode(SMALL, comment=b"CREATOR: gd-jpeg v1.0, quality = 90"),
         "gd-jpeg v1.0, quality = 90", "comment"),
        (png_with({"Comment": "Created with GIMP"}, SMALL), "GIMP", "PNG Comment"),
        (encode(SMALL, exif=exif({0x000B: "digiKam-7.1"})), "digiKam-7.1", "EXIF"),
    ],
)  # fmt: skip
def test_programs_are_named_wherever_they_stand(data: bytes, program: str, place: str) -> None:
    [finding] = [one for one in found(data, "camera") if {"software"} == set(one.summary.values)]
    assert finding.summary.values["software"] == program
    assert place in finding.read_from


def test_an_ordinary_comment_names_no_program() -> None:
    data = encode(SMALL, comment=b"Made by my aunt in summer")
    assert [one for one in found(data, "camera") if "software" in one.summary.values] == []


def test_what_a_program_wrote_is_not_told_again_as_a_persons_words() -> None:
    data = png_with({"Comment": "Created with GIMP"}, SMALL)
    assert found(data, "people") == []
    assert found(encode(SMALL, comment=b"Created with GIMP"), "device") == []
    assert len(found(encode(SMALL, comment=b"Made by my aunt in summer"), "device")) == 1


@pytest.mark.parametrize(
    "data",
    [
        encode(SMALL, exif=exif({Base.ImageDescription: "Made with love in Kyiv"})),
        png_with({"Description": "Edited with GIMP. Photo: Jane Doe, Kyiv"}, SMALL),
        png_with({"Comment": "Created with GIMP.\nPhoto: Jane Doe, Kyiv"}, SMALL),
    ],
)
def test_a_persons_words_that_begin_as_a_programs_are_told(data: bytes) -> None:
    [finding] = found(data, "people")
    assert str(finding.summary.values["caption"]).endswith("Kyiv")


def test_a_comment_that_goes_on_after_a_programs_mark_is_told() -> None:
    data = encode(SMALL, comment=b"Created with GIMP.\nPhoto: Jane Doe, Kyiv")
    [finding] = found(data, "device")
    assert str(finding.summary.values["comment"]).endswith("Kyiv")


def test_a_long_caption_shows_that_it_goes_on() -> None:
    [finding] = found(after_start(encode(SMALL), iptc((2, 120, b"A temple. " * 60))), "people")
    assert str(finding.summary.values["caption"]).endswith("…")


# --- position ------------------------------------------------------------------------------


def placed(latitude: float, longitude: float, *records: Any, **more: Any) -> list[Finding]:
    gps = {1: "N" if latitude >= 0 else "S", 2: (abs(latitude), 0.0, 0.0)}
    gps |= {3: "E" if longitude >= 0 else "W", 4: (abs(longitude), 0.0, 0.0)}
    data = encode(SMALL, exif=exif(gps=gps | more.get("gps", {})))
    return found(after_start(data, iptc(*records)) if records else data, "position")


def test_direction_error_and_rounding_are_told() -> None:
    gps = {GPS.GPSImgDirection: 271.4, GPS.GPSHPositioningError: 4.7, GPS.GPSMapDatum: "TOKYO"}
    told = templates(placed(33.31, 44.36, gps=gps))
    for words in ("towards {degrees}", "error of the position", "datum {datum}", "rounded"):
        assert words in told
    assert "rounded" not in templates(placed(33.31524, 44.36613))


def test_height_and_magnetic_direction_are_told() -> None:
    gps = {GPS.GPSAltitude: 41.26, GPS.GPSImgDirection: 90.0, GPS.GPSImgDirectionRef: "M"}
    told = templates(placed(33.31524, 44.36613, gps=gps))
    assert "height at {metres}" in told
    assert "magnetic north" in told


def test_direction_error_and_datum_are_read_from_xmp() -> None:
    packet = xmp(
        "<exif:GPSLatitude>33,18.9144N</exif:GPSLatitude>"
        "<exif:GPSLongitude>44,21.9678E</exif:GPSLongitude>"
        "<exif:GPSImgDirection>5428/20</exif:GPSImgDirection>"
        "<exif:GPSHPositioningError>47/10</exif:GPSHPositioningError>"
        "<exif:GPSMapDatum>TOKYO</exif:GPSMapDatum>"
    )
    findings = found(encode(SMALL, xmp=packet), "position")
    assert {"XMP exif:GPS", "XMP GPSImgDirection", "XMP GPSHPositioningError"} <= {
        one.read_from for one in findings
    }
    assert {"271", "4.7", "TOKYO"} <= {one.raw for one in findings}


@pytest.mark.parametrize(
    ("latitude", "longitude", "words"),
    [
        (33.0, 44.0, "whole degrees"),
        (33 + 19 / 60, 44 + 21 / 60, "whole minutes"),
        (33.31524, 0.0, "exactly 0"),
    ],
)
def test_coarse_and_halved_coordinates_are_told(
    latitude: float, longitude: float, words: str
) -> None:
    assert words in templates(placed(latitude, longitude))


@pytest.mark.parametrize(
    ("zone", "longitude", "told"),
    [("+03:00", 44.36613, False), ("+03:00", -44.36613, True), ("+08:00", 75.98, False)],
)
def test_a_clock_far_from_the_sun_of_the_place_is_told(
    zone: str, longitude: float, told: bool
) -> None:
    detail = {Base.DateTimeOriginal: "2023:10:17 18:59:03", Base.OffsetTimeOriginal: zone}
    gps = {1: "N", 2: (33.31524, 0.0, 0.0), 3: "E" if longitude > 0 else "W"}
    gps[4] = (abs(longitude), 0.0, 0.0)
    findings = found(encode(SMALL, exif=exif(detail=detail, gps=gps)), "position")
    assert ("clock is set to {zone}" in templates(findings)) is told


def test_the_map_link_is_a_text_with_the_coordinates() -> None:
    [link] = [
        e.summary.values["link"] for e in placed(33.31524, 44.36613) if "{link}" in templates([e])
    ]
    assert link == (
        "https://www.openstreetmap.org/?mlat=33.31524&mlon=44.36613#map=16/33.31524/44.36613"
    )


# --- screen --------------------------------------------------------------------------------


def test_the_size_of_a_screen_is_noted_unless_a_camera_is_named() -> None:
    screen = CHINA.resize((1170, 2532))
    assert "size of a phone" in templates(found(encode(screen), "screen"))
    named = encode(screen, exif=exif({Base.Make: "Apple"}))
    assert "size of a phone" not in templates(found(named, "screen"))


# --- anything ------------------------------------------------------------------------------

_BYTES = st.binary(max_size=80)


@settings(max_examples=15, deadline=None, derandomize=True)
@given(
    st.dictionaries(st.sampled_from([5, 25, 40, 90, 95, 101, 105, 110, 115, 116, 118]), _BYTES),
    st.dictionaries(st.sampled_from([0x9003, 0x9004, 0xA431, 0xA430, 0xA420, 0x9286]), _BYTES),
)
def test_any_bytes_in_any_field_are_read(records: dict[int, bytes], tags: dict[int, bytes]) -> None:
    tiny = encode(SMALL.resize((40, 30)), exif=exif(detail=tags))
    examination = examine(after_start(tiny, iptc(*((2, key, v) for key, v in records.items()))))
    for entry in examination.findings:
        assert entry.outcome is not Outcome.FAILED
        assert len(entry.raw) <= 300
