"""What an edit list leaves out, plays twice or delays, in films that were muxed for real."""

from __future__ import annotations

import io
from fractions import Fraction
from functools import cache

import av
import pytest

from tests.filmed import filmed
from tests.lab.test_film_findings import made
from tests.photographs import photograph
from verify.lab.checks import film_edits
from verify.lab.containers.edits import Edit, Track, tracks
from verify.lab.imaging import Specimen
from verify.records import Finding

CHINA, FLOWER = (photograph(name).resize((160, 106)) for name in ("china", "flower"))


@cache
def film() -> bytes:
    return filmed(CHINA, FLOWER, CHINA, seconds=3)


def shifted(seconds: int, form: str = "mp4") -> bytes:
    """The film in another file, so much earlier or later; what lies before its beginning is hidden
    by an edit list, as where somebody shortens it without encoding."""
    file = io.BytesIO()
    with (
        av.open(io.BytesIO(film()), "r") as source,
        av.open(file, "w", format=form, options={"avoid_negative_ts": "disabled"}) as container,
    ):
        stream = container.add_stream_from_template(source.streams.video[0])
        for packet in source.demux(source.streams.video[0]):
            if packet.dts is None or packet.pts is None:
                continue
            by = int(seconds / Fraction(packet.time_base or 1))
            packet.pts, packet.dts, packet.stream = packet.pts + by, packet.dts + by, stream
            container.mux(packet)
    return file.getvalue()


def noted(data: bytes) -> list[Finding]:
    return list(film_edits.check(Specimen(data)))


@pytest.mark.parametrize("form", ["mp4", "mov"])
def test_what_a_list_leaves_out_is_noted_with_its_times(form: str) -> None:
    [found] = noted(shifted(-2, form))
    assert found.summary.values["first"].values["begins"] == "0:00"  # type: ignore[union-attr]
    assert found.summary.values["first"].values["ends"] == "0:02"  # type: ignore[union-attr]


def test_a_track_that_begins_late_is_noted() -> None:
    [found] = noted(shifted(3))
    assert found.summary.values["seconds"] == 3.0


@pytest.mark.parametrize("data", [film(), made(3, 3), made(7, 2), filmed(CHINA, form="mov")])
def test_films_as_encoders_write_them_have_nothing_to_note(data: bytes) -> None:
    assert tracks(data)
    assert noted(data) == []


def test_what_is_played_twice_or_lies_between_is_told() -> None:
    played = (Edit(4.0, 0.0), Edit(3.0, 2.0), Edit(2.0, 8.0))
    lines = [one.values["first"] for one in film_edits._told(Track("video", 10.0, played))]
    times = [(one.values["begins"], one.values["ends"]) for one in lines]  # type: ignore[union-attr]
    assert times == [("0:05", "0:08"), ("0:02", "0:04")]


@pytest.mark.parametrize("length", range(0, 3000, 97))
def test_a_file_that_breaks_off_is_no_fault(length: int) -> None:
    data = shifted(-2)
    at = data.index(b"moov")
    noted(data[: at + length])
