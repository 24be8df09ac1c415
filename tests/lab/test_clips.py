"""What a video says about itself, without a frame of it being decoded."""

from __future__ import annotations

from datetime import datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.lab.specimens import clip
from verify.lab.containers import read_blocks
from verify.lab.examine import examine
from verify.lab.imaging import Specimen
from verify.records import Examination, Gps, Metadata, Outcome

PHONE = {
    "com.apple.quicktime.make": "Apple",
    "com.apple.quicktime.model": "iPhone 12",
    "com.apple.quicktime.software": "16.1",
    "com.apple.quicktime.creationdate": "2023-10-17T18:59:03+0300",
    "com.apple.quicktime.location.ISO6709": "+33.3406+044.4009+034.000/",
}
SECONDS = int((datetime(2023, 10, 17, 15, 59, 3) - datetime(1904, 1, 1)).total_seconds())


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
    assert outcomes(examination, "kind") == [Outcome.NOT_APPLICABLE]
    assert outcomes(examination, "place") == [Outcome.NOTED]
    assert outcomes(examination, "times") == []


def test_the_older_user_data_give_the_place_and_the_header_the_time() -> None:
    examination = examine(clip({}, {b"\xa9xyz": "-33.8688+151.2093/"}, SECONDS))
    assert examination.metadata.gps == Gps(latitude=-33.8688, longitude=151.2093)
    [created] = [one for one in examination.findings if one.check == "times"]
    assert created.raw == "2023-10-17T15:59:03 +00:00"


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
    assert all(len(word) <= 2000 for word in read_blocks(cut, "video/quicktime").movie.values())
    assert not any(one.outcome is Outcome.FAILED for one in examination.findings)
    assert Specimen(cut).readings.metadata == examination.metadata
