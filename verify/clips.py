"""Decoded pictures and sounds, as the lab hands them on, made into a clip and into sound files.

What a chat or a page plays is encoded here, from pixels and samples: no byte that was received is
in it. Nothing is decoded here.
"""

from __future__ import annotations

import io
import wave
from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL import Image

RATE, CLIP_SECONDS = 5, 20
"""Pictures a second, of a clip; and how long the longest is."""
_MILLISECOND = Fraction(1, 1000)
_AUDIO_FRAME = 1024  # samples
_SEI = 6  # of H.264, in which x264 writes its name and settings


def mp4(pictures: Sequence[Image.Image]) -> bytes:
    """A film without sound, of at least one picture; all are RGB and of one size, which is even."""
    import av
    import numpy as np

    file = io.BytesIO()
    with av.open(file, "w", format="mp4") as container:
        stream = container.add_stream("libx264", RATE, {"preset": "veryfast", "crf": "24"})
        stream.width, stream.height = pictures[0].size
        stream.pix_fmt = "yuv420p"
        stream.codec_context.thread_count = 1
        for picture in pictures:
            frame = av.VideoFrame.from_ndarray(np.asarray(picture), "rgb24")
            container.mux(stream.encode(frame))
        container.mux(stream.encode())
    return file.getvalue()


def film(pictures: Iterable[tuple[int, Image.Image]], samples: bytes = b"", rate: int = 0) -> bytes:
    """A film of pictures in RGB, each with when it begins, in milliseconds; b"" of none.

    All are of one size, of which an odd row or column is left out. samples, rate: its sound, as for
    `ogg`; b"" for none. No program is named in it, and with which settings it was encoded.
    """
    import av
    import numpy as np
    from av.bitstream import BitStreamFilterContext
    from av.codec.context import Flags

    file, sound = io.BytesIO(), None
    with av.open(file, "w", format="mp4", container_options={"fflags": "bitexact"}) as container:
        stream = container.add_stream("libx264", 30, {"preset": "veryfast", "crf": "20"})
        stream.pix_fmt = "yuv420p"
        stream.codec_context.thread_count = 1
        stream.codec_context.time_base = _MILLISECOND
        if samples:
            sound = container.add_stream("aac", rate=rate, layout="mono")
            sound.codec_context.flags |= Flags.bitexact
        plain = BitStreamFilterContext(f"filter_units=remove_types={_SEI}", stream)
        first = True
        for at_ms, picture in pictures:
            even = picture.width // 2 * 2, picture.height // 2 * 2
            if first:
                stream.width, stream.height = even
                first = False
            frame = av.VideoFrame.from_ndarray(np.asarray(picture.crop((0, 0, *even))), "rgb24")
            frame.pts, frame.time_base = at_ms, _MILLISECOND
            for packet in stream.encode(frame):
                container.mux(plain.filter(packet))
        if first:
            return b""
        for packet in stream.encode():
            container.mux(plain.filter(packet))
        container.mux(plain.filter(None))
        if sound:
            whole = np.frombuffer(samples, "<i2")
            for begins in range(0, len(whole), _AUDIO_FRAME):
                piece = av.AudioFrame.from_ndarray(
                    whole[None, begins : begins + _AUDIO_FRAME], "s16", "mono"
                )
                piece.sample_rate, piece.pts = rate, begins
                container.mux(sound.encode(piece))
            container.mux(sound.encode(None))
    return file.getvalue()


def ogg(samples: bytes, rate: int) -> bytes:
    """A voice message. samples: mono, 16 bits each, little-endian. rate: a second, as Opus has."""
    import av
    import numpy as np

    file = io.BytesIO()
    with av.open(file, "w", format="ogg") as container:
        stream = container.add_stream("libopus", rate=rate, layout="mono")
        stream.bit_rate = 32_000
        frame = av.AudioFrame.from_ndarray(np.frombuffer(samples, "<i2")[None], "s16", "mono")
        frame.sample_rate = rate
        container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return file.getvalue()


def wav(samples: bytes, rate: int) -> bytes:
    """The same, as plain samples."""
    file = io.BytesIO()
    with wave.open(file, "wb") as written:
        written.setnchannels(1)
        written.setsampwidth(2)
        written.setframerate(rate)
        written.writeframes(samples)
    return file.getvalue()
