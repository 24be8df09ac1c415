"""Films made to break in, or to keep a decoder busy: a sentence, or what can be had of them."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import closing
from fractions import Fraction

import av
import numpy as np
import pytest
from PIL import Image

from tests.photographs import encode, photograph
from verify.lab import hashing
from verify.lab.shots import distance
from verify.records import Examination, Outcome
from verify.sandbox import Sandbox

CHINA, FLOWER = (photograph(name).resize((160, 106)) for name in ("china", "flower"))


@pytest.fixture(scope="module")
def lab() -> Iterator[Sandbox]:
    with closing(Sandbox(1)) as sandbox:
        yield sandbox


def muxed(
    *pictures: Image.Image,
    times: tuple[int, ...],
    form: str = "mp4",
    streams: int = 1,
    codec: str = "libx264",
) -> bytes:
    """Pictures at these times, in milliseconds, in each of some streams."""
    file = io.BytesIO()
    with av.open(file, "w", format=form) as container:
        made = [container.add_stream(codec, 25) for _ in range(streams)]
        for stream in made:
            stream.width, stream.height, stream.pix_fmt = *pictures[0].size, "yuv420p"
            stream.codec_context.time_base = Fraction(1, 1000)
            stream.codec_context.options = {"preset": "ultrafast"} if codec == "libx264" else {}
        for stream in made:
            for picture, at in zip(pictures, times, strict=True):
                frame = av.VideoFrame.from_ndarray(np.asarray(picture), "rgb24")
                frame.pts, frame.time_base = at, Fraction(1, 1000)
                container.mux(stream.encode(frame))
            container.mux(stream.encode())
    return file.getvalue()


def of_jpegs(told: int, side: int) -> bytes:
    """A film of squares whose side the container tells."""
    file = io.BytesIO()
    with av.open(file, "w", format="avi") as container:
        stream = container.add_stream("mjpeg", 10)
        stream.width = stream.height = told
        stream.pix_fmt = "yuvj420p"
        for number in range(3):
            packet = av.Packet(encode(Image.new("RGB", (side, side))))
            packet.pts = packet.dts = number
            packet.time_base, packet.stream = Fraction(1, 10), stream
            container.mux(packet)
    return file.getvalue()


def sentence(examination: Examination) -> str:
    (failed,) = [one for one in examination.findings if one.outcome is Outcome.FAILED]
    return failed.summary.template


def silent_picture(form: str) -> bytes:
    """Sound and a cover, and nothing that plays."""
    file = io.BytesIO()
    with av.open(file, "w", format=form) as container:
        stream = container.add_stream("libopus" if form == "matroska" else "aac", 48_000)
        frame = av.AudioFrame.from_ndarray(np.zeros((1, 4800), np.float32), "fltp", "mono")
        frame.sample_rate = 48_000
        for number in range(10):
            frame.pts = number * 4800
            container.mux(stream.encode(frame))
        container.mux(stream.encode())
    return file.getvalue()


def test_a_film_without_a_picture_is_told_as_that(lab: Sandbox) -> None:
    data = silent_picture("matroska")
    assert "no moving picture" in sentence(lab.examine(data))
    assert lab.watch(data) is None


def test_of_many_streams_one_is_watched(lab: Sandbox) -> None:
    for count in (2, 120):
        data = muxed(CHINA, FLOWER, times=(0, 1000), streams=count)
        footage = lab.watch(data)
        if footage is None:
            assert count > 100
            assert "could not be decoded" in sentence(lab.examine(data))
        else:
            assert [sample.at_ms for sample in footage.samples] == [0, 1000]


def test_pictures_beyond_bounds_are_not_decoded(lab: Sandbox) -> None:
    data = of_jpegs(8192, 8192)
    assert "too large" in sentence(lab.examine(data))
    assert lab.watch(data) is None


def test_a_size_that_lies_is_not_believed(lab: Sandbox) -> None:
    assert lab.watch(of_jpegs(64, 8192)) is None
    assert lab.watch(of_jpegs(64, 64)) is not None


def test_a_thousand_pictures_a_second_are_hashed_twice_a_second(lab: Sandbox) -> None:
    pictures = [CHINA.resize((64, 42))] * 1500
    data = muxed(*pictures, times=tuple(range(1500)))
    footage = lab.watch(data)
    assert footage is not None
    assert [sample.at_ms for sample in footage.samples] == [0, 500, 1000]


def test_stamps_of_years_cost_what_comes_late(lab: Sandbox) -> None:
    year = 365 * 86_400_000
    data = muxed(CHINA, CHINA, FLOWER, times=(0, 500, year), form="matroska")
    footage = lab.watch(data)
    assert footage is not None
    assert [sample.at_ms for sample in footage.samples] == [0, 500]
    assert footage.seconds < 1 << 22


def test_a_cover_is_not_what_plays(lab: Sandbox) -> None:
    file = io.BytesIO()
    with av.open(file, "w", format="matroska") as container:
        cover = container.add_attachment("cover.jpg", "image/jpeg", encode(FLOWER))
        assert cover is not None
        stream = container.add_stream("libx264", 10)
        stream.width, stream.height, stream.pix_fmt = *CHINA.size, "yuv420p"
        frame = av.VideoFrame.from_ndarray(np.asarray(CHINA), "rgb24")
        container.mux(stream.encode(frame))
        container.mux(stream.encode())
    footage = lab.watch(file.getvalue())
    assert footage is not None
    (sample,) = footage.samples
    assert distance(sample.pdq[0], hashing.pdq(CHINA).hash) <= 31


@pytest.mark.parametrize(
    "text",
    [
        "ffconcat version 1.0\nfile '/etc/passwd'\n",
        "#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n",
        '<?xml version="1.0"?><MPD><BaseURL>file:///etc/passwd</BaseURL></MPD>',
    ],
    ids=["ffconcat", "HLS", "DASH"],
)
def test_a_list_of_files_under_a_films_brand_opens_none(lab: Sandbox, text: str) -> None:
    brand = b"\0\0\0\x18ftypisom\0\0\2\0isomiso2"
    for data in (text.encode(), brand + text.encode()):
        assert lab.watch(data) is None
        assert "root:" not in str(lab.examine(data))
