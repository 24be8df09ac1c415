"""What a film's streams say of themselves, and what shows when all of it is decoded."""

from __future__ import annotations

import io

import av
import numpy as np
import pytest
from PIL import Image

from tests.filmed import encoded, filmed, panned
from tests.photographs import photograph
from verify.lab import film_findings
from verify.lab.checks import film_dates, film_lengths, film_writer
from verify.lab.examine import watched
from verify.lab.film_counts import Count, counted
from verify.lab.imaging import Specimen
from verify.records import Outcome, WallTime

CHINA, FLOWER = (photograph(name).resize((160, 106)) for name in ("china", "flower"))


def made(pictures: float = 3, sound: float = 3, **tags: str) -> bytes:
    """A film of one picture with silence."""
    file = io.BytesIO()
    with av.open(file, "w", format="mp4") as container:
        stream, heard = container.add_stream("libx264", 10), container.add_stream("aac", 8000)
        stream.width, stream.height, stream.pix_fmt = *CHINA.size, "yuv420p"
        container.metadata.update(tags)
        shown = av.VideoFrame.from_ndarray(np.asarray(CHINA), "rgb24")
        for number in range(round(10 * pictures)):
            shown.pts = number
            container.mux(stream.encode(shown))
        container.mux(stream.encode())
        silence = av.AudioFrame.from_ndarray(np.zeros((1, 1000), np.float32), "fltp", "mono")
        silence.sample_rate = 8000
        for number in range(round(8 * sound)):
            silence.pts = number * 1000
            container.mux(heard.encode(silence))
        container.mux(heard.encode())
    return file.getvalue()


def test_who_wrote_a_film_is_noted() -> None:
    (found,) = film_writer.check(Specimen(made()))
    assert found.outcome is Outcome.NOTED
    names = str(found.summary.values["names"])
    assert "Lavf" in names
    assert "x264 - core" in names
    bare = filmed(CHINA, form="mpegts", codec="mpeg2video", seconds=0.2)
    assert list(film_writer.check(Specimen(bare))) == []


def test_two_times_of_making_are_noted() -> None:
    data = made(1, 1, creation_time="2024-05-09T00:00:00Z")
    assert list(film_dates.check(Specimen(data))) == []
    at = data.index(b"mdhd") + 8  # ISO 14496-12, 8.4.2: seconds since 1904
    written = int.from_bytes(data[at : at + 4], "big")
    earlier = (written - 5 * 86_400).to_bytes(4, "big")
    (found,) = film_dates.check(Specimen(data[:at] + earlier + data[at + 4 :]))
    assert found.summary.values == {
        "earlier": WallTime(at="2024-05-04T00:00:00", zone="+00:00"),
        "later": WallTime(at="2024-05-09T00:00:00", zone="+00:00"),
    }


@pytest.mark.parametrize(("sound", "told"), [(3.0, 0), (8.0, 1)])
def test_sound_that_lasts_longer_is_noted(sound: float, told: int) -> None:
    found = list(film_lengths.check(Specimen(made(3, sound))))
    assert [one.summary.values["sound"] for one in found] == ["0:08"] * told


def test_pictures_that_stand_are_noted() -> None:
    assert watched(filmed(CHINA, FLOWER, seconds=2)).findings == ()
    still = watched(made(7, 1)).findings
    assert [one.summary.values for one in still] == [{"begin": "0:00", "end": "0:06"}]


def test_a_film_that_ends_before_it_says_so_is_noted() -> None:
    data = filmed(*[CHINA, FLOWER] * 2, form="matroska", seconds=2)
    found, *_ = watched(data[: len(data) // 2]).findings
    assert found.summary.values["length"] == "0:08"
    assert list(film_findings.findings([], 10.0, 9.5)) == []


def test_pictures_that_only_repeat_are_counted() -> None:
    moving = panned(CHINA, seconds=8, size=(160, 106))
    assert watched(encoded(moving)).findings == ()
    twice = [one for one in moving for _ in range(2)]
    [found] = watched(encoded(twice)).findings
    assert found.summary.values["decoded"] == 160
    assert 40 < int(str(found.summary.values["repeated"])) <= 80


def test_pictures_that_are_damaged_are_missed() -> None:
    whole = Count(declared=300, decoded=298)
    assert list(counted(whole, still=False)) == []
    [found] = counted(Count(declared=300, decoded=200), still=False)
    assert found.summary.values == {"declared": 300, "decoded": 200}


def test_bars_over_nearly_all_of_a_film_are_noted() -> None:
    moving = panned(CHINA, FLOWER, seconds=6, size=(320, 180))
    plain = Image.new("RGB", (320, 400))
    within = [plain.copy() for _ in moving]
    for ground, one in zip(within, moving, strict=True):
        ground.paste(one, (0, 110))
    [found] = watched(encoded(within)).findings
    assert found.summary.values == {"share": 45}
    assert watched(encoded(moving)).findings == ()


def test_what_passes_before_the_camera_is_no_cut() -> None:
    ground = np.asarray(photograph("china").resize((320, 214)))
    street = [Image.fromarray(np.roll(ground, number % 5, axis=1)) for number in range(60)]
    covered = [*street[:28], *panned(FLOWER, seconds=0.6, size=(320, 214)), *street[34:]]
    assert watched(encoded(covered)).shots == (0,)
    other = panned(FLOWER, seconds=3, size=(320, 214))
    assert watched(encoded([*street[:30], *other, *street[30:]])).shots == (0, 3000, 6000)
