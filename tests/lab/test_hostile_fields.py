"""Every parser against any bytes: none raises, none hands out text without bound or control.

`derandomize` makes each run the same, so that a failure here is one everywhere.
"""

from __future__ import annotations

import re
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.lab.specimens import after_start, app1, box, iptc, raw_exif, version_info, xmp
from tests.photographs import encode, photograph
from verify.distrust import check_examination
from verify.lab.containers import read_blocks
from verify.lab.containers.blocks import Blocks, resources
from verify.lab.examine import examine
from verify.lab.imaging import Specimen
from verify.lab.quantisation import encoder
from verify.lab.trailing import read_trailing
from verify.lab.wire import MAX_PREVIEWS
from verify.lab.written.captions import read_captions
from verify.lab.written.clock import fraction, read_time, zone
from verify.lab.written.coordinates import exif_gps, movie_gps, read_beside, xmp_gps
from verify.lab.written.dated import MOST, read_dates, satellite_time
from verify.lab.written.exif import Exif, read_exif
from verify.lab.written.fields import Fields
from verify.lab.written.iptc import read_iptc
from verify.lab.written.programs import read_programs
from verify.lab.written.salvage import salvage
from verify.lab.written.xmp import Xmp
from verify.language import Reader, html
from verify.records import Gps

PLAIN = encode(photograph("china").reduce(10))
ENGLISH = Reader("en", ZoneInfo("UTC"))
WORDS = '<script>alert(1)</script> & "quoted" \x1b[31m \u202eturned\u2066 ' + "x" * 6000
ONCE = settings(max_examples=60, deadline=None, derandomize=True)

numbers = st.one_of(
    st.integers(-(1 << 40), 1 << 40), st.floats(), st.text(max_size=12), st.binary(max_size=12)
)
values = st.one_of(numbers, st.tuples(numbers, numbers, numbers), st.none())


def tags(first: int, last: int) -> st.SearchStrategy[dict[int, Any]]:
    return st.dictionaries(st.integers(first, last), values, max_size=12)


def sound(gps: Gps | None) -> bool:
    return gps is None or (abs(gps.latitude) <= 90 and abs(gps.longitude) <= 180)


@ONCE
@given(tags(0, 31), st.dictionaries(st.sampled_from(sorted(
    f"exif:GPS{name}" for name in (
        "Latitude", "Longitude", "Altitude", "AltitudeRef", "TimeStamp", "ImgDirection",
        "HPositioningError", "MapDatum")
)), st.lists(st.text(max_size=30), max_size=2)), st.text(max_size=40))  # fmt: skip
def test_any_position_is_sound_or_none(
    gps: dict[int, Any], properties: dict[str, list[str]], location: str
) -> None:
    assert sound(exif_gps(Exif(gps=gps)))
    assert sound(xmp_gps(properties))
    assert sound(movie_gps(location))
    for exif in (Exif(gps=gps), Exif()):
        beside = read_beside(exif, properties)
        assert beside.direction is None or 0 <= beside.direction <= 360
        assert beside.error is None or 0 < beside.error < 1e6
    satellite_time(Fields(exif=Exif(gps=gps), xmp=properties))


@ONCE
@given(
    st.dictionaries(st.sampled_from([0x9003, 0x9004, 0x9010, 0x9011, 0x9291]), values),
    st.dictionaries(st.sampled_from([(2, 55), (2, 60), (2, 62), (2, 63)]), st.lists(st.text())),
    st.text(max_size=30),
)
def test_any_time_is_a_time_or_none(
    detail: dict[int, Any], records: dict[tuple[int, int], list[str]], written: str
) -> None:
    fields = Fields(
        exif=Exif(detail=detail),
        iptc=records,
        xmp=Xmp(
            {
                "xmp:CreateDate": [written],
                "xmpMM:History/stEvt:when": [written, "2023-01-02T03:04:05Z"],
            }
        ),
        movie={"created": written, "day": written},
        texts=[("Creation Time", written)] * 50,
    )
    dates = read_dates(fields)
    assert len(dates) <= MOST
    assert all(len(one.time.at) == 19 for one in dates)
    assert (time := read_time(written)) is None or len(time.at) in (10, 19)
    assert len(fraction(written)) <= 6
    assert zone(written) is None or len(str(zone(written))) == 6


@ONCE
@given(st.binary(max_size=300), st.integers(0, 320))
def test_any_directory_is_salvaged_within_its_block(block: bytes, at: int) -> None:
    for whole in (block, b"II*\0" + block, b"MM\0*" + block):
        found = salvage(whole, at)
        assert all(isinstance(tag, int) for tag in found)
        assert len(found) <= 500
        read_exif(whole)


@ONCE
@given(st.binary(max_size=200), st.integers(0, 400), st.integers(0, 5))
def test_any_bytes_behind_the_end_are_measured(rest: bytes, end: int, pictures: int) -> None:
    data = PLAIN + rest
    trailing = read_trailing(data, Blocks(end=len(PLAIN), pictures=pictures))
    assert trailing.bytes in (0, len(rest))
    assert read_trailing(rest, Blocks(end=min(end, len(rest)))).bytes <= len(rest)


@ONCE
@given(st.dictionaries(st.integers(0, 3), st.lists(st.integers(0, 70_000), max_size=64)))
def test_any_tables_are_of_an_encoder_or_none(tables: dict[int, list[int]]) -> None:
    found = encoder(tables)
    assert found is None or 1 <= found[1] <= 100


@ONCE
@given(st.lists(st.tuples(st.sampled_from(
    [b"iinf", b"iloc", b"iref", b"pitm", b"idat", b"infe", b"thmb", b"auxl", b"moov", b"stsz"]
), st.binary(max_size=40)), max_size=8))  # fmt: skip
def test_any_boxes_of_heic_are_walked(parts: list[tuple[bytes, bytes]]) -> None:
    inner = b"".join(box(kind, body) for kind, body in parts)
    for outer in (b"meta", b"moov"):
        data = box(b"ftyp", b"heic" + bytes(4)) + box(outer, bytes(4) + inner)
        assert read_blocks(data, "image/heic").pictures >= 1
        assert Specimen(data).previews == []


@settings(ONCE, max_examples=20)
@given(st.binary(max_size=200))
def test_any_photoshop_resources_are_walked(body: bytes) -> None:
    for block in (body, b"8BIM" + body, b"8BIM\x04\x04\0\0" + body):
        assert sum(len(content) for _, content in resources(block)) <= len(block)
    segment = (b"Photoshop 3.0\0" + body)[:60_000]
    size = (len(segment) + 2).to_bytes(2, "big")
    specimen = Specimen(after_start(PLAIN, b"\xff\xed" + size + segment))
    assert len(specimen.previews) <= MAX_PREVIEWS
    programs = read_programs(specimen.fields, specimen.readings)
    assert all(len(name) <= 200 for name in programs)


@ONCE
@given(st.binary(max_size=200))
def test_any_records_are_words_within_bounds(body: bytes) -> None:
    for found in (
        read_iptc(body),
        read_iptc(b"\x1c\2\x50" + body),
        read_iptc(b"\x1c\2\x19" + body),
    ):
        assert all(len(value) <= len(body) for words in found.values() for value in words)
        assert all(len(said.text) <= 400 for said in read_captions(Fields(iptc=found)).values())


def test_hostile_words_in_every_field_leave_as_bounded_and_harmless_text() -> None:
    words = WORDS.encode()[:1900]
    escaped = WORDS.replace("&", "&amp;").replace("<", "&lt;").replace("\x1b", "")[:1900]
    properties = "".join(
        f"<{name}>{escaped}</{name}>"
        for name in (
            "dc:description", "dc:creator", "dc:rights", "dc:subject", "photoshop:Credit",
            "photoshop:City", "photoshop:Country", "xmp:CreatorTool", "exif:GPSMapDatum",
            "Iptc4xmpExt:DigitalSourceType",
        )
    )  # fmt: skip
    records = [(2, number, words) for number in (5, 25, 40, 65, 80, 90, 101, 105, 110, 116, 118)]
    main = dict.fromkeys((11, 270, 271, 272, 305, 315, 33432), (2, words))
    detail = dict.fromkeys((37510, 42016, 42032, 42033, 42036, 42037), (2, words))
    data = PLAIN
    for segment in (
        iptc(*records),
        version_info(WORDS[:300]),
        app1(b"http://ns.adobe.com/xap/1.0/\0" + xmp(properties)),
        app1(raw_exif(main, detail)),
        b"\xff\xfe" + (len(words) + 2).to_bytes(2, "big") + words,
    ):
        data = after_start(data, segment)
    examination = examine(data, filename=WORDS[:200], declared_type=WORDS[:100])
    check_examination(examination)
    assert len(examination.findings) > 20
    for one in examination.findings:
        assert len(one.raw) <= 300
        assert not re.search(r"[\x00-\x08\x1b\x7f-\x9f]", one.raw)
        shown = html(one.summary, ENGLISH)
        assert len(shown) < 3000
        assert "<script" not in shown
        assert "\x1b" not in shown
        assert "\u202e" not in shown
