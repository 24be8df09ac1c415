"""What films of other screens show is seen as plain screens show it."""

from __future__ import annotations

import io
from typing import Any

import av
import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from tests.photographs import photograph
from verify.lab import hashing
from verify.lab.examine import frames
from verify.lab.shots import distance

COFFEE = photograph("coffee").resize((320, 212))
# ITU-R BT.2087-0: sRGB's colours in those of BT.2020
_TO_2020 = np.array([[0.6274, 0.3293, 0.0433], [0.0691, 0.9195, 0.0114], [0.0164, 0.0880, 0.8956]])


def frame(data: bytes, at_ms: int) -> Image.Image:
    (still,) = frames(data, (at_ms,), 320)
    return Image.frombytes("RGB", (still.pixels.width, still.pixels.height), still.pixels.rgb)


def pq(light: NDArray[Any]) -> NDArray[Any]:
    """BT.2100-2, table 4. light: in cd/m2."""
    power = (light / 10_000) ** 0.1593017578125
    return np.asarray(((0.8359375 + 18.8515625 * power) / (1 + 18.6875 * power)) ** 78.84375)


def hlg(light: NDArray[Any]) -> NDArray[Any]:
    """BT.2100-2, table 5, for a screen of 1,000 cd/m2."""
    scene = (light / 1000) ** (1 / 1.2)
    curved = 0.17883277 * np.log(np.maximum(12 * scene - 0.28466892, 1e-9)) + 0.55991073
    return np.where(scene <= 1 / 12, np.sqrt(3 * scene), curved)


def of_high_range(photo: Image.Image, name: str) -> bytes:
    """A film of one picture whose white is at 203 cd/m2, in ten bits."""
    linear = (np.asarray(photo) / 255) ** 2.2
    signal = {"smpte2084": pq, "arib-std-b67": hlg}[name](203 * linear @ _TO_2020.T)
    rgb = av.VideoFrame.from_ndarray(np.rint(signal * 65535).astype(np.uint16), "rgb48le")
    file = io.BytesIO()
    told = f"log-level=none:colorprim=bt2020:transfer={name}:colormatrix=bt2020nc"
    with av.open(file, "w", format="mp4") as container:
        stream = container.add_stream("libx265", 10, options={"x265-params": told})
        stream.width, stream.height, stream.pix_fmt = *photo.size, "yuv420p10le"
        codec = stream.codec_context
        codec.color_trc = {"smpte2084": 16, "arib-std-b67": 18}[name]
        codec.color_primaries = codec.colorspace = 9
        container.mux(stream.encode(rgb.reformat(format="yuv420p10le", dst_colorspace=9)))
        container.mux(stream.encode())
    return file.getvalue()


@pytest.mark.parametrize("name", ["smpte2084", "arib-std-b67"])
def test_a_film_of_high_range_looks_like_its_plain_copy(name: str) -> None:
    shown = frame(of_high_range(COFFEE, name), 0)
    assert distance(hashing.pdq(shown).hash, hashing.pdq(COFFEE).hash) <= 12
    difference = np.abs(np.asarray(shown).astype(int) - np.asarray(COFFEE)).mean()
    assert difference < 8  # untouched it is 36 and 21


def interlaced(photo: Image.Image) -> bytes:
    """A transport stream of a pan, each second line of it taken later."""
    wide, file = np.asarray(photo.resize((400, 240))), io.BytesIO()
    with av.open(file, "w", format="mpegts") as container:
        stream = container.add_stream("mpeg2video", 25, options={"flags": "+ildct+ilme"})
        stream.width, stream.height, stream.pix_fmt, stream.bit_rate = (
            320,
            240,
            "yuv420p",
            4_000_000,
        )
        for number in range(8):
            shown = wide[:, number * 8 : number * 8 + 320].copy()
            shown[1::2] = wide[1::2, number * 8 + 4 : number * 8 + 324]
            container.mux(stream.encode(av.VideoFrame.from_ndarray(shown, "rgb24")))
        container.mux(stream.encode())
    return file.getvalue()


def combing(shown: Image.Image) -> float:
    """How much more a line differs from the next than from the next but one."""
    grey = np.asarray(shown.convert("L")).astype(int)
    return float(np.abs(grey[1:-1] - grey[2:]).mean() / np.abs(grey[:-2] - grey[2:]).mean())


def test_what_moves_is_not_combed() -> None:
    data = interlaced(photograph("china"))
    shown = frame(data, 160)
    assert combing(shown) < 0.8  # both fields together: 1.2
