"""Sounds made and encoded for real, alone or under the pictures of a film."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import cast

import av
import numpy as np
from av.audio.stream import AudioStream
from numpy.typing import NDArray
from PIL import Image

RATE = 16000

Samples = NDArray[np.float32]


def street(seed: int, seconds: float = 12) -> Samples:
    """Something that never repeats: tones that come and go over a wide band, and noise."""
    rng, count = np.random.default_rng(seed), round(seconds * RATE)
    sound = rng.normal(0, 0.01, count)
    for begin in rng.uniform(0, seconds, round(14 * seconds)):
        lasts = round(rng.uniform(0.05, 0.4) * RATE)
        at = np.arange(lasts) / RATE
        tone = np.sin(2 * np.pi * rng.uniform(150, 3500) * at) * np.hanning(lasts)
        first = round(begin * RATE)
        room = min(lasts, count - first)
        sound[first : first + room] += rng.uniform(0.05, 0.3) * tone[:room]
    return (sound * 0.5).astype(np.float32)


def recorded(
    sound: Samples, form: str = "ogg", codec: str = "libopus", rate: int = 48000, bits: int = 0
) -> bytes:
    """A recording without pictures. bits: a second; 0 leaves it to the encoder."""
    file = io.BytesIO()
    with av.open(file, "w", format=form) as container:
        stream = cast("AudioStream", container.add_stream(codec, rate=rate, layout="mono"))
        if bits:
            stream.bit_rate = bits
        for frame in _frames(sound, stream):
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return file.getvalue()


def filmed_with(
    sound: Samples, *shots: Image.Image, codec: str = "aac", longer: float = 1
) -> bytes:
    """Each photograph for an equal part of the sound, at five pictures a second.

    longer: how many times as long as the sound the pictures last.
    """
    file = io.BytesIO()
    width, height = (side // 2 * 2 for side in shots[0].size)
    with av.open(file, "w", format="mp4") as container:
        video = container.add_stream("mpeg4", 5)
        video.width, video.height, video.pix_fmt = width, height, "yuv420p"
        audio = cast("AudioStream", container.add_stream(codec, rate=44100, layout="mono"))
        each = round(5 * longer * len(sound) / RATE / len(shots))
        for shot in shots:
            picture = np.asarray(shot.convert("RGB").resize((width, height)))
            for _ in range(each):
                container.mux(video.encode(av.VideoFrame.from_ndarray(picture, "rgb24")))
        for frame in _frames(sound, audio):
            container.mux(audio.encode(frame))
        container.mux(video.encode(None))
        container.mux(audio.encode(None))
    return file.getvalue()


def _frames(sound: Samples, stream: AudioStream) -> Iterator[av.AudioFrame]:
    """The sound as the encoder takes it."""
    whole = av.AudioFrame.from_ndarray(sound[None], format="flt", layout="mono")
    whole.sample_rate = RATE
    context = stream.codec_context
    size = context.frame_size or 1024
    resampler = av.AudioResampler(context.format.name, "mono", context.sample_rate)
    waiting, number = av.AudioFifo(), 0
    for piece in (*resampler.resample(whole), *resampler.resample(None)):
        piece.pts = None
        waiting.write(piece)
    while frame := waiting.read(size, partial=waiting.samples < size):
        frame.pts = number
        number += frame.samples
        yield frame
