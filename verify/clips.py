"""Decoded pictures and sounds, as the lab hands them on, made into a clip and into sound files.

What a chat or a page plays is encoded here, from pixels and samples: no byte that was received is
in it. Nothing is decoded here.
"""

from __future__ import annotations

import io
import wave
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL import Image

RATE, CLIP_SECONDS = 5, 20
"""Pictures a second, of a clip; and how long the longest is."""


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
