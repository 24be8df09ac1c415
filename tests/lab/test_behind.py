"""What stands behind a picture: films, gain maps, makers' data; and what is hidden there."""

from __future__ import annotations

import io
import struct
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.lab.specimens import after_start, app1, box
from tests.photographs import encode, photograph
from verify.lab.containers.blocks import Blocks
from verify.lab.examine import examine
from verify.lab.trailing import MAX_PARTS, read_parts
from verify.records import Examination, Finding, Outcome, Part

SMALL = photograph("flower").reduce(8)
PLAIN = encode(SMALL)
# Version 0: created, changed, 600 units a second, 900 units; the rest is no matter here.
HEADER = box(b"mvhd", struct.pack(">IIIII", 0, 0, 0, 600, 900) + bytes(80))
FILM = box(b"ftyp", b"isom" + bytes(4)) + box(b"mdat", bytes(500)) + box(b"moov", HEADER)
XMP = (
    b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-'
    b'ns#"><r:Description r:about="" xmlns:g="http://ns.google.com/photos/1.0/camera/" '
    b'g:MotionPhoto="1"/></r:RDF></x:xmpmeta>'
)
MOTION = after_start(PLAIN, app1(b"http://ns.adobe.com/xap/1.0/\0" + XMP)) + FILM
GAIN = after_start(PLAIN, b"\xff\xe2\0\x20urn:iso:ts:21496:-1\0".ljust(34, b"\0"))
ENTRIES = struct.pack("<HHHIIHHII", 1, 0xB001, 4, 1, 2, 0, 0, 0, 0)
TWO = after_start(PLAIN, b"\xff\xe2\0\x28MPF\0II*\0\x08\0\0\0" + ENTRIES.ljust(26, b"\0"))


def archive() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as packed:
        packed.writestr("notes.txt", "the names")
    return file.getvalue()


def samsung(*parts: tuple[bytes, bytes]) -> bytes:
    """Parts and their directory, as Samsung's phones write them."""
    written, entries = b"", b""
    for kind, (name, body) in enumerate(parts, start=0x0A01):
        part = struct.pack("<HHI", 0, kind, len(name)) + name + body
        written += part
        entries += struct.pack("<HHII", 0, kind, len(written), len(part))
    head = b"SEFH" + struct.pack("<II", 107, len(parts)) + entries
    return written + head + struct.pack("<I", len(head)) + b"SEFT"


def told(seen: Examination) -> list[Finding]:
    return [one for one in seen.findings if one.read_from == "end of file"]


def kinds(parts: tuple[Part, ...]) -> list[str]:
    return [part.kind for part in parts]


@pytest.mark.parametrize(
    ("data", "start"),
    [
        (MOTION, len(MOTION) - len(FILM)),
        (PLAIN + bytes(300) + FILM, len(PLAIN) + 300),
        (TWO + GAIN + bytes(16) + FILM, len(TWO) + len(GAIN) + 16),
        (encode(SMALL, "HEIF") + box(b"mpvd", FILM), len(encode(SMALL, "HEIF")) + 8),
        (encode(SMALL, "HEIF") + FILM, len(encode(SMALL, "HEIF"))),
        (encode(SMALL, "PNG") + FILM, len(encode(SMALL, "PNG"))),
    ],
    ids=["google", "padded", "gain map", "mpvd", "behind HEIC", "behind PNG"],
)
def test_a_film_behind_a_picture_is_told_and_not_flagged(data: bytes, start: int) -> None:
    seen = examine(data)
    [film] = [part for part in seen.parts if part.kind == "video/mp4"]
    assert (film.at, film.size, film.seconds) == (start, len(FILM), 1.5)
    assert [one.outcome for one in told(seen)].count(Outcome.FLAGGED) == 0
    assert [one for one in told(seen) if "motion photo" in one.summary.template]
    assert seen.width == SMALL.width


def test_what_makers_put_behind_the_film_is_their_own() -> None:
    huawei = examine(PLAIN + FILM + b"v3_f31:0            LIVE_24610000000   ")
    assert [(part.kind, part.maker) for part in huawei.parts] == [
        ("video/mp4", ""),
        ("text/plain", "Huawei"),
    ]
    parts = samsung((b"Image_UTC_Data", b"1697558343000"), (b"MotionPhoto_Data", FILM))
    phone = examine(PLAIN + parts)
    assert [(part.kind, part.name) for part in phone.parts] == [
        ("text/plain", "Image_UTC_Data"),
        ("video/mp4", "MotionPhoto_Data"),
    ]
    assert phone.parts[1].size == len(FILM)
    templates = [one.summary.template for one in told(phone)]
    assert not [one for one in templates if "look like" in one]
    assert {one.outcome for one in told(phone)} == {Outcome.NOTED}


def test_honest_trailers_are_not_flagged_and_padding_is_nothing() -> None:
    mechanic = examine(PLAIN + b"\1\2\3" * 40 + struct.pack(">I", 120) + b"cbipcbbl")
    assert [part.maker for part in mechanic.parts] == ["Photo Mechanic"]
    assert [one.outcome for one in told(mechanic)] == [Outcome.NOTED]
    assert examine(PLAIN + b"\0\xff\r\n " * 50).parts == ()


def test_a_gain_map_belongs_to_the_picture() -> None:
    seen = examine(TWO + GAIN)
    [part] = seen.parts
    assert (part.at, part.size, part.gain_map, part.belongs) == (len(TWO), len(GAIN), True, True)
    assert (seen.trailing.bytes, seen.trailing.kind) == (0, "")
    assert ["gain map" in one.summary.template for one in told(seen)] == [True]


@pytest.mark.parametrize(
    ("hidden", "kind"),
    [
        (archive(), "application/zip"),
        (b"Rar!\x1a\7\1\0" + bytes(80), "application/vnd.rar"),
        (b"%PDF-1.7\n1 0 obj\n%%EOF", "application/pdf"),
    ],
)
@pytest.mark.parametrize("before", [TWO + GAIN, MOTION], ids=["MPF", "motion"])
def test_a_file_behind_what_belongs_there_is_flagged(
    before: bytes, hidden: bytes, kind: str
) -> None:
    seen = examine(before + hidden)
    assert seen.parts[-1] == Part(kind, len(before), len(hidden))
    assert seen.trailing.kind == kind
    assert [one.outcome for one in seen.findings if one.check == "kind"].count(Outcome.FLAGGED) == 1


def test_text_and_an_archive_are_told_apart() -> None:
    words = b"meet at the bridge at nine o'clock"
    seen = examine(TWO + GAIN + words + archive() + FILM)
    assert kinds(seen.parts) == ["image/jpeg", "text/plain", "application/zip", "video/mp4"]
    assert seen.parts[1].size == len(words)


def test_a_film_that_is_cut_off_is_still_one() -> None:
    seen = examine(PLAIN + FILM[:100])
    assert [(part.kind, part.size, part.seconds) for part in seen.parts] == [
        ("video/mp4", 100, None)
    ]


@settings(max_examples=60, deadline=None, derandomize=True)
@given(
    st.lists(st.sampled_from([FILM, PLAIN, archive(), b"\0\0\0 ftyp", b"\xff\xd8\xff\xe0", b"ab"]))
)
def test_any_row_of_parts_stays_within_the_file(rest: list[bytes]) -> None:
    data = b"".join(rest)
    last = 0
    parts = read_parts(data, Blocks(end=0))
    for part in parts:
        assert last <= part.at < part.at + part.size <= len(data)
        last = part.at + part.size
    assert len(parts) <= MAX_PARTS


def test_a_quicktime_film_without_a_brand_is_a_film() -> None:
    film = box(b"wide", b"") + box(b"mdat", bytes(500)) + box(b"moov", HEADER)
    [part] = examine(PLAIN + film).parts
    assert (part.kind, part.size, part.seconds) == ("video/quicktime", len(film), 1.5)


@pytest.mark.parametrize("semantic", [b"GainMap", b"Depth"])
def test_a_picture_is_the_gain_map_that_the_first_announces(semantic: bytes) -> None:
    item = b'<c:Item xmlns:c="c" xmlns:Item="i" Item:Semantic="' + semantic + b'"/>'
    packet = XMP.replace(b"</r:RDF>", item + b"</r:RDF>")
    first = after_start(PLAIN, app1(b"http://ns.adobe.com/xap/1.0/\0" + packet))
    [part] = examine(first + PLAIN).parts
    assert part.gain_map == (semantic == b"GainMap")


def test_samsungs_time_stands_behind_the_picture_in_utc() -> None:
    body = samsung((b"Image_UTC_Data", b"1697561940000"))
    picture = encode(SMALL, "HEIF")
    for data in (PLAIN + body, picture + box(b"sefd", body)):
        seen = examine(data)
        [date] = seen.dates
        assert (date.what, date.at, date.zone) == ("created", "2023-10-17T16:59:00", "+00:00")
        assert [part.name for part in seen.parts] == ["Image_UTC_Data"]


def test_what_a_cut_picture_lacks_is_not_what_follows_it() -> None:
    seen = examine(encode(photograph("flower"), "HEIF")[:9000])
    assert seen.parts == ()
    assert "ends before it does" in seen.findings[0].summary.template
