"""What a film's streams say of themselves, and what shows when all of it is decoded."""

from __future__ import annotations

import io

import av
import numpy as np
import pytest

from tests.filmed import filmed
from tests.photographs import photograph
from verify.lab import film_findings
from verify.lab.checks import film_dates, film_lengths, film_writer
from verify.lab.examine import watched
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
