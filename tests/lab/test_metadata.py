from __future__ import annotations

import random
import zlib
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL.ExifTags import GPS, Base

from tests.lab.specimens import Entries, after_start, app1, exif, iptc, png_with, raw_exif, xmp
from tests.photographs import encode, photograph
from verify.lab.examine import examine
from verify.lab.imaging import Specimen
from verify.lab.written.clock import read_time, zone
from verify.lab.written.exif import comment, text
from verify.lab.written.iptc import read_iptc
from verify.lab.written.xmp import read_xmp
from verify.records import Gps, Metadata, Outcome, WallTime

SMALL = photograph("china").reduce(8)
PLAIN = encode(SMALL)


def read(data: bytes) -> Metadata:
    return examine(data).metadata


def with_exif(name: str = "JPEG", **directories: dict[int, Any]) -> Metadata:
    return read(encode(SMALL, name, exif=exif(**directories)))


def with_xmp(properties: str) -> Metadata:
    return read(encode(SMALL, xmp=xmp(properties)))


@pytest.mark.parametrize("name", ["JPEG", "PNG", "WEBP", "TIFF", "HEIF", "AVIF"])
def test_camera_time_and_words_are_read_from_every_format(name: str) -> None:
    metadata = with_exif(
        name,
        main={
            Base.Make: "Canon",
            Base.Model: "Canon EOS 5D",
            Base.Software: "Firmware 1.1.1",
            Base.ImageDescription: "A temple in Beijing",
            Base.Artist: "A. Photographer",
        },
        detail={
            Base.DateTimeOriginal: "2023:10:17 18:59:03",
            Base.OffsetTimeOriginal: "+03:00",
            Base.LensModel: "EF24-70mm",
        },
    )
    assert metadata == Metadata(
        make="Canon",
        model="Canon EOS 5D",
        lens="EF24-70mm",
        software="Firmware 1.1.1",
        caption="A temple in Beijing",
        creator="A. Photographer",
        captured_at="2023-10-17T18:59:03",
        captured_zone="+03:00",
    )


def test_coordinates_are_signed_and_below_sea_level_is_negative() -> None:
    metadata = with_exif(
        gps={
            GPS.GPSLatitudeRef: "S",
            GPS.GPSLatitude: (31.0, 30.0, 36.0),
            GPS.GPSLongitudeRef: "E",
            GPS.GPSLongitude: (35.0, 28.0, 12.0),
            GPS.GPSAltitudeRef: b"\x01",
            GPS.GPSAltitude: 430.5,
        }
    )
    assert metadata.gps is not None
    assert metadata.gps.latitude == pytest.approx(-31.51)
    assert metadata.gps.longitude == pytest.approx(35.47)
    assert metadata.gps.altitude == pytest.approx(-430.5)


def rational(*parts: tuple[int, int]) -> tuple[int, bytes]:
    return 5, b"".join(
        above.to_bytes(4, "little") + below.to_bytes(4, "little") for above, below in parts
    )


NORTH, EAST = (2, b"N\0"), (2, b"E\0")
FINE = rational((31, 1), (30, 1), (0, 1))


@pytest.mark.parametrize(
    "gps",
    [
        {2: FINE, 4: FINE},
        {1: NORTH, 2: rational((91, 1), (0, 1), (0, 1)), 3: EAST, 4: FINE},
        {1: NORTH, 2: rational((0, 0), (0, 0), (0, 0)), 3: EAST, 4: FINE},
        {1: NORTH, 2: (2, b"not a number\0"), 3: EAST, 4: FINE},
        {1: NORTH, 2: FINE},
    ],
    ids=["no letters", "beyond the pole", "zero denominator", "text", "half"],
)
def test_unusable_coordinates_are_no_coordinates(gps: Entries) -> None:
    assert read(after_start(PLAIN, app1(raw_exif({}, gps=gps)))).gps is None


def test_the_same_coordinates_with_all_their_fields_are_read() -> None:
    gps = {1: NORTH, 2: FINE, 3: EAST, 4: FINE}
    found = read(after_start(PLAIN, app1(raw_exif({}, gps=gps)))).gps
    assert found is not None
    assert (found.latitude, found.longitude) == (31.5, 31.5)


@pytest.mark.parametrize(
    "value", ["0000:00:00 00:00:00", "    :  :     :  :  ", "2023:13:40 10:00:00", "", "yesterday"]
)
def test_an_unset_or_impossible_time_is_no_time(value: str) -> None:
    assert with_exif(detail={Base.DateTimeOriginal: value}).captured_at is None


def test_times_are_read_in_the_spellings_in_use() -> None:
    for spelled in ("2023:10:17 18:59:03", "2023-10-17T18:59:03.25", "2023/10/17 18:59:03"):
        assert read_time(spelled) == WallTime(at="2023-10-17T18:59:03")
    zoned = WallTime(at="2023-10-17T18:59:03", zone="-05:30")
    assert read_time("2023-10-17T18:59:03-0530") == zoned
    assert zone("Z") == "+00:00"
    assert zone("-5:00") == "-05:00"
    assert zone("+99:00") is None


@pytest.mark.parametrize(
    ("spelled", "at", "offset"),
    [
        ("2023:10:17 15:59:00Z", "2023-10-17T15:59:00", "+00:00"),
        ("2017:05:16 01:48:24 PM", "2017-05-16T13:48:24", None),
        ("2017:05:16 12:10:00 AM", "2017-05-16T00:10:00", None),
        ("1993:08:14   :  :  ", "1993-08-14", None),
        ("2023-10-17", "2023-10-17", None),
        ("2010: 7: 2  9: 5: 3", "2010-07-02T09:05:03", None),
        ("Tue, 17 Oct 2023 18:59:00 +0300", "2023-10-17T18:59:00", "+03:00"),
        ("Tue Oct 17 18:59:00 2023", "2023-10-17T18:59:00", None),
    ],
)
def test_a_time_is_read_whole(spelled: str, at: str, offset: str | None) -> None:
    assert read_time(spelled) == WallTime(at=at, zone=offset)


@pytest.mark.parametrize(
    "spelled",
    [
        "2023:10:17 24:08:19",
        "2023:02:30 10:00:00",
        "2023:10:17 18:59:00 DST",
        "2017:05:16 18:00 PM",
    ],
)
def test_a_time_of_which_a_part_is_not_understood_is_not_read(spelled: str) -> None:
    assert read_time(spelled) is None
    told = examine(encode(SMALL, exif=exif(detail={Base.DateTimeOriginal: spelled}))).findings
    [finding] = [one for one in told if one.check == "captured"]
    assert finding.raw == spelled and finding.outcome is Outcome.INCONCLUSIVE
    assert "not understood" in finding.summary.template


@pytest.mark.parametrize(
    ("raw", "read_as"),
    [
        ("Björn".encode(), "Björn"),
        ("Björn".encode("latin-1"), "Björn"),
        ("بغداد".encode(), "بغداد"),
        (b"Canon\0rest of the buffer", "Canon"),
        (b"   \0", None),
    ],
)
def test_exif_words_are_read_in_the_encodings_in_use(raw: bytes, read_as: str | None) -> None:
    assert text(raw.decode("latin-1")) == read_as


@pytest.mark.parametrize(
    ("raw", "little_endian"),
    [
        (b"ASCII\0\0\0Steps: 20", True),
        (b"UNICODE\0" + "Steps: 20".encode("utf-16-le"), True),
        (b"UNICODE\0" + "Steps: 20".encode("utf-16-be"), True),
        (b"UNICODE\0" + "Steps: 20".encode("utf-16"), False),
        (bytes(8) + b"Steps: 20", False),
        (b"Steps: 20", False),
    ],
)
def test_a_user_comment_is_read_whatever_its_code(raw: bytes, little_endian: bool) -> None:
    assert comment(raw, little_endian) == "Steps: 20"


def test_exif_comes_before_xmp_and_iptc() -> None:
    data = encode(
        SMALL,
        exif=exif({Base.Artist: "from EXIF"}),
        xmp=xmp("<dc:creator><rdf:Seq><rdf:li>from XMP</rdf:li></rdf:Seq></dc:creator>"),
    )
    assert read(after_start(data, iptc((2, 80, b"from IPTC")))).creator == "from EXIF"


def test_iptc_words_are_read_in_utf8_and_latin1() -> None:
    plain = encode(SMALL)
    latin = iptc((2, 120, "Café".encode("latin-1")), (2, 80, b"One"), (2, 80, b"Two"))
    marked = iptc((1, 90, b"\x1b%G"), (2, 120, "Café".encode()))
    assert read(after_start(plain, latin)).caption == "Café"
    assert read(after_start(plain, latin)).creator == "One, Two"
    assert read(after_start(plain, marked)).caption == "Café"


def test_xmp_gives_time_place_and_the_default_caption() -> None:
    metadata = with_xmp(
        "<exif:DateTimeOriginal>2022-03-01T10:11:12+02:00</exif:DateTimeOriginal>"
        "<exif:GPSLatitude>50,27.0N</exif:GPSLatitude>"
        "<exif:GPSLongitude>30,31.5E</exif:GPSLongitude>"
        '<dc:description><rdf:Alt><rdf:li xml:lang="uk">Київ</rdf:li>'
        '<rdf:li xml:lang="x-default">Kyiv</rdf:li></rdf:Alt></dc:description>'
    )
    assert (metadata.captured_at, metadata.captured_zone) == ("2022-03-01T10:11:12", "+02:00")
    assert metadata.gps is not None
    assert (metadata.gps.latitude, metadata.gps.longitude) == pytest.approx((50.45, 30.525))
    assert metadata.caption == "Kyiv"


def test_the_creation_date_of_a_document_is_no_capture_time() -> None:
    assert with_xmp("<xmp:CreateDate>2022-03-01T10:11:12</xmp:CreateDate>").captured_at is None


def test_png_text_is_read() -> None:
    data = png_with({"Software": "gnome-screenshot", "Author": "A", "Description": "B"}, SMALL)
    metadata = read(data)
    assert (metadata.software, metadata.creator, metadata.caption) == ("gnome-screenshot", "A", "B")


def test_words_are_cut_to_a_bound_and_freed_of_control_characters() -> None:
    main = {Base.Make: "x" * 60_000, Base.ImageDescription: "a\x1b[31m\x08b" + "y" * 50_000}
    metadata = with_exif("PNG", main=main)
    assert metadata.make is not None
    assert metadata.caption is not None
    assert len(metadata.make) <= 200
    assert len(metadata.caption) <= 4000
    assert metadata.caption.startswith("a[31mb")


def test_an_entity_in_xmp_is_not_expanded() -> None:
    packet = b"""<!DOCTYPE x [<!ENTITY a "boom">]><x:xmpmeta xmlns:x="adobe:ns:meta/"
        xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>&a;</dc:creator></x:xmpmeta>"""
    assert read_xmp(packet) == {"dc:creator": ["&a;"]}


def test_deeply_nested_xmp_is_read_without_recursion() -> None:
    depth = 4_000
    packet = b"<RDF>" + b"<a>" * depth + b"deep" + b"</a>" * depth + b"</RDF>"
    assert read_xmp(packet) == {}  # no honest structure lies so deep


def test_one_broken_entry_does_not_hide_those_before_it() -> None:
    block = bytearray(raw_exif({0x010F: (2, b"Canon\0"), 0x0110: (2, b"EOS 5D\0")}))
    at = block.index(b"\x10\x01\x02\0")
    block[at + 4 : at + 8] = b"\xff\xff\xff\x7f"
    assert read(after_start(PLAIN, app1(bytes(block)))) == Metadata(make="Canon")


def test_a_broken_entry_does_not_hide_those_behind_it() -> None:
    block = bytearray(raw_exif({0x010F: (2, b"Canon\0"), 0x0131: (2, b"Firmware 1\0")}))
    at = block.index(b"\x0f\x01\x02\0")
    block[at + 8 : at + 12] = b"\xff\xff\xff\x7f"
    assert read(after_start(PLAIN, app1(bytes(block)))) == Metadata(software="Firmware 1")


def test_a_wrong_mark_does_not_hide_the_camera_and_the_place() -> None:
    gps = {1: NORTH, 2: FINE, 3: EAST, 4: FINE}
    block = raw_exif({0x010F: (2, b"Canon\0")}, gps=gps).replace(b"II*", b"IIB", 1)
    found = read(after_start(PLAIN, app1(block)))
    assert (found.make, found.gps) == ("Canon", Gps(latitude=31.5, longitude=31.5))


def test_a_damaged_packed_text_is_read_as_far_as_it_goes() -> None:
    packed = bytearray(zlib.compress(random.Random(1).randbytes(900).hex().encode()))
    packed[len(packed) * 3 // 4 :] = bytes(len(packed) // 4)
    body = b"Author\0\0" + bytes(packed)
    chunk = len(body).to_bytes(4, "big") + b"zTXt" + body + bytes(4)
    data = encode(SMALL, "PNG")
    at = data.rindex(b"IEND") - 4
    creator = read(data[:at] + chunk + data[at:]).creator
    assert creator
    assert random.Random(1).randbytes(900).hex().startswith(creator.rstrip("…")[:1000])


# --- arbitrary bytes in every field ---------------------------------------------------------


def bounded(metadata: Metadata) -> bool:
    words = (metadata.make, metadata.model, metadata.lens, metadata.software)
    long_words = (metadata.caption, metadata.creator)
    return all(len(word or "") <= 200 for word in words) and all(
        len(word or "") <= 4000 for word in long_words
    )


values = st.tuples(st.sampled_from([1, 2, 3, 4, 5, 7, 9, 10]), st.binary(max_size=48))


def entries(*tags: int) -> st.SearchStrategy[Entries]:
    return st.dictionaries(st.sampled_from(tags), values, max_size=6)


@settings(max_examples=50, deadline=None, derandomize=True)
@given(
    entries(0x010E, 0x010F, 0x0110, 0x0112, 0x0131, 0x013B, 0x9286),
    entries(0x9003, 0x9011, 0x9286, 0xA434),
    entries(1, 2, 3, 4, 5, 6, 29),
)
def test_arbitrary_bytes_of_any_type_in_exif_fields_never_raise(
    main: Entries, detail: Entries, gps: Entries
) -> None:
    examination = examine(after_start(PLAIN, app1(raw_exif(main, detail, gps))))
    assert bounded(examination.metadata)
    assert not any(finding.outcome is Outcome.FAILED for finding in examination.findings)


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.binary(max_size=400))
def test_arbitrary_exif_blocks_never_raise(block: bytes) -> None:
    for body in (block, b"II*\0\x08\0\0\0" + block, b"MM\0*\0\0\0\x08" + block):
        specimen = Specimen(after_start(PLAIN, app1(b"Exif\0\0" + body)))
        assert bounded(specimen.readings.metadata)
        assert specimen.generator is None


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.binary(max_size=300))
def test_arbitrary_xmp_and_iptc_never_raise(body: bytes) -> None:
    read_xmp(body)
    read_xmp(b"<x:xmpmeta xmlns:x='y'>" + body + b"</x:xmpmeta>")
    read_iptc(body)
    read_iptc(b"\x1c\x02\x78" + body)


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.text(max_size=80), st.sampled_from(["Software", "Author", "Comment", "parameters"]))
def test_arbitrary_png_text_never_raises(value: str, keyword: str) -> None:
    value = value.replace("\0", "").encode("utf-8", "ignore").decode()
    specimen = Specimen(png_with({keyword: value}, SMALL))
    assert bounded(specimen.readings.metadata)
    assert specimen.generator is None or specimen.generator.evidence
