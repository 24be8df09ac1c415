"""What a video says about itself, without a frame of it being decoded."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.lab.specimens import box, clip
from verify.lab.containers import read_blocks
from verify.lab.examine import examine
from verify.lab.imaging import Specimen
from verify.lab.sniffing import sniff
from verify.records import Examination, Generator, Gps, Metadata, Outcome

PHONE = {
    "com.apple.quicktime.make": "Apple",
    "com.apple.quicktime.model": "iPhone 12",
    "com.apple.quicktime.software": "16.1",
    "com.apple.quicktime.creationdate": "2023-10-17T18:59:03+0300",
    "com.apple.quicktime.location.ISO6709": "+33.3406+044.4009+034.000/",
}
SECONDS = int((datetime(2023, 10, 17, 15, 59, 3) - datetime(1904, 1, 1)).total_seconds())


def with_user_data(boxes: bytes) -> bytes:
    """An MP4 file with these boxes as its user data."""
    return box(b"ftyp", b"isom" + bytes(4) + b"mp42") + box(b"moov", box(b"udta", boxes))


def outcomes(examination: Examination, check: str) -> list[Outcome]:
    return [one.outcome for one in examination.findings if one.check == check]


def test_camera_time_and_place_of_a_phones_video_are_read() -> None:
    examination = examine(clip(PHONE, {}, SECONDS), filename="IMG_1.MOV")
    assert examination.metadata == Metadata(
        make="Apple",
        model="iPhone 12",
        software="16.1",
        captured_at="2023-10-17T18:59:03",
        captured_zone="+03:00",
        gps=Gps(latitude=33.3406, longitude=44.4009, altitude=34.0),
    )
    assert outcomes(examination, "decoding") == [Outcome.FAILED], "it has no pictures"
    assert outcomes(examination, "place") == [Outcome.NOTED]
    assert outcomes(examination, "times") == []


def test_the_older_user_data_give_the_place_and_the_header_the_time() -> None:
    examination = examine(clip({}, {b"\xa9xyz": "-33.8688+151.2093/"}, SECONDS))
    assert examination.metadata.gps == Gps(latitude=-33.8688, longitude=151.2093)
    [created] = [one for one in examination.findings if one.check == "times"]
    assert created.raw == "2023-10-17T15:59:03"


def test_a_header_that_counts_from_1970_is_not_read_as_of_the_fifties() -> None:
    unix = int(datetime(2023, 10, 17, 15, 59, tzinfo=UTC).timestamp())
    [created] = [one for one in examine(clip({}, {}, unix)).findings if one.check == "times"]
    assert created.raw == "2023-10-17T15:59:00"


@pytest.mark.parametrize("written", ["+3320.436+04424.054/", "+332026.2+0442403.2+34/"])
def test_minutes_and_seconds_of_a_position_are_read(written: str) -> None:
    gps = examine(clip({}, {b"\xa9xyz": written})).metadata.gps
    assert gps is not None
    assert (round(gps.latitude, 4), round(gps.longitude, 4)) == (33.3406, 44.4009)


def test_chinas_label_in_a_film_is_read() -> None:
    told = examine(clip({"AIGC": '{"Label":"1","ContentProducer":"x"}'}, {})).findings
    [label] = [one for one in told if one.check == "generator"]
    assert label.outcome is Outcome.FLAGGED


def test_the_position_of_3gpp_is_read() -> None:
    body = bytes(4) + b"\x15\xc7" + b"Damascus\0" + b"\0"
    body += b"".join(int(part * 65536).to_bytes(4, "big") for part in (36.2765, 33.5138, 690.0))
    gps = examine(with_user_data(box(b"loci", body + b"earth\0\0"))).metadata.gps
    assert gps is not None
    assert (round(gps.latitude, 3), round(gps.longitude, 3)) == (33.514, 36.276)
    assert gps.altitude == 690.0


def test_what_a_downloader_leaves_is_told_with_the_address() -> None:
    address = "https://www.youtube.com/watch?v=aqz-KE-bpKQ"
    words = {b"\xa9nam": "Explosion in Homs", b"\xa9ART": "Local News", b"\xa9cmt": address}
    listed = b"".join(
        box(kind, box(b"data", bytes([0, 0, 0, 1]) + bytes(4) + word.encode()))
        for kind, word in words.items()
    )
    handler = box(b"hdlr", bytes(8) + b"mdirappl" + bytes(10))
    data = with_user_data(box(b"meta", bytes(4) + handler + box(b"ilst", listed)))
    told = [one for one in examine(data).findings if one.check == "people"]
    assert {value for one in told for value in one.summary.values.values()} == {
        "Local News",
        "Explosion in Homs",
        address,
    }


def test_a_generators_graph_in_a_film_is_its_mark() -> None:
    graph = '{"last_node_id": 3, "nodes": []}'
    assert examine(clip({"workflow": graph}, {})).generator == Generator(
        name="ComfyUI", evidence=f"QuickTime workflow: {graph}"
    )


@pytest.mark.parametrize(
    ("brands", "tracks", "kind"),
    [
        (b"isom\0\0\0\0mp42", (b"soun",), "audio/mp4"),
        (b"isom\0\0\0\0mp42", (b"vide", b"soun"), "video/mp4"),
        (b"qt  \0\0\0\0qt  ", (b"soun",), "audio/mp4"),
        (b"zzzz\0\0\0\0yyyy", (b"vide",), "video/mp4"),
        (b"zzzz\0\0\0\0yyyy", (), "application/octet-stream"),
        (b"3gp5\0\0\0\0isom", (b"vide",), "video/3gpp"),
        (b"crx \0\0\0\0crx isom", (b"vide",), "image/x-canon-cr3"),
        (b"avci\0\0\0\0mif1avci", (), "image/avci"),
        (b"miaf\0\0\0\0mif1heic", (), "image/heic"),
        (b"", (b"vide",), "video/quicktime"),
    ],
)
def test_a_kind_is_what_the_brands_and_the_tracks_say(
    brands: bytes, tracks: tuple[bytes, ...], kind: str
) -> None:
    handlers = (box(b"hdlr", bytes(8) + track + bytes(12)) for track in tracks)
    movie = box(b"moov", b"".join(box(b"trak", box(b"mdia", one)) for one in handlers))
    assert sniff((box(b"ftyp", brands) if brands else b"") + movie) == kind


def test_a_video_that_says_nothing_is_not_flagged() -> None:
    examination = examine(clip({}, {}))
    assert examination.metadata == Metadata()
    assert Outcome.FLAGGED not in {one.outcome for one in examination.findings}


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.dictionaries(st.sampled_from(sorted(PHONE)), st.text(max_size=60)), st.data())
def test_any_words_and_any_damage_are_read(keys: dict[str, str], data: st.DataObject) -> None:
    keys = {name: word.encode("utf-8", "ignore").decode() for name, word in keys.items()}
    whole = bytearray(clip(keys, {b"\xa9xyz": "+1+2/"}, 1 << 31))
    for _ in range(data.draw(st.integers(0, 6))):
        whole[data.draw(st.integers(8, len(whole) - 1))] = data.draw(st.integers(0, 255))
    cut = bytes(whole[: data.draw(st.integers(40, len(whole)))])
    examination = examine(cut)
    assert all(
        len(word) <= 256 << 10 for word in read_blocks(cut, "video/quicktime").movie.values()
    )
    failed = {one.check for one in examination.findings if one.outcome is Outcome.FAILED}
    assert failed <= {"decoding"}, "there are no pictures in it"
    assert Specimen(cut).readings.metadata == examination.metadata
