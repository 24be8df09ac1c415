"""Sizes and rates that are written beside a film's pictures, against those that they have."""

from __future__ import annotations

import io
from collections.abc import Callable
from zoneinfo import ZoneInfo

import av
import numpy as np
import pytest

from tests.filmed import filmed
from tests.photographs import photograph
from verify.lab.checks import film_declared
from verify.lab.imaging import Specimen
from verify.language import Reader, plain

FILM = filmed(photograph("china").resize((160, 106)), seconds=6)


def told(data: bytes) -> list[str]:
    reader = Reader("en", ZoneInfo("UTC"))
    return [plain(one.summary, reader) for one in film_declared.check(Specimen(data))]


def played(times: Callable[[int], int]) -> bytes:
    """The same coded pictures, each shown at another time. times: of a picture by its number, in
    hundredths of the time that it stood."""
    made = io.BytesIO()
    with av.open(io.BytesIO(FILM)) as film, av.open(made, "w", format="mp4") as container:
        stream = container.add_stream_from_template(film.streams.video[0])
        stream.time_base = film.streams.video[0].time_base
        for packet in film.demux(video=0):
            if packet.dts is None or packet.pts is None or packet.time_base is None:
                continue
            unit = round(1 / (10 * packet.time_base))  # between two pictures
            packet.pts, packet.dts = (
                times(one // unit) * unit // 100 for one in (packet.pts, packet.dts)
            )
            packet.stream = stream
            container.mux(packet)
    return made.getvalue()


def test_a_film_as_it_was_encoded_has_what_is_declared() -> None:
    assert told(FILM) == []
    assert told(filmed(photograph("china").resize((160, 106)), form="matroska", seconds=6)) == []


@pytest.mark.parametrize(("times", "rate"), [(40, "25"), (800, "1.25")])
def test_a_film_that_plays_faster_or_slower_than_its_pictures_say_is_noted(
    times: int, rate: str
) -> None:
    (line,) = told(played(lambda number: number * times))
    assert line == (f"The pictures' own data name 10 pictures a second; the file plays {rate}.")


def test_a_rate_that_varies_and_one_twice_as_high_are_not() -> None:
    assert told(played(lambda number: number * 160 + 60 * (number % 3 == 1))) == []
    assert told(played(lambda number: number * 50)) == []


def test_a_size_that_the_pictures_do_not_have_is_noted() -> None:
    data = bytearray(FILM)
    at = data.index(b"avc1", data.index(b"stsd")) + 28  # ISO 14496-12, 12.1.3
    data[at : at + 4] = np.array([720, 576], ">u2").tobytes()
    (line,) = told(bytes(data))
    assert line == "The file says that its pictures have 720 × 576 pixels; they have 160 × 106."
    data[at : at + 4] = np.array([106, 160], ">u2").tobytes()  # turned
    assert told(bytes(data)) == []
    data[at : at + 4] = np.array([160, 112], ">u2").tobytes()  # padded
    assert told(bytes(data)) == []
