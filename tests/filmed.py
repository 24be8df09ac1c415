"""Photographs made into real films, shot after shot."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator

import av
import numpy as np
from PIL import Image

RATE = 10  # pictures a second


def filmed(
    *shots: Image.Image, form: str = "mp4", codec: str = "libx264", seconds: float = 1
) -> bytes:
    """Each photograph for some seconds, at ten pictures a second, moving a little."""
    width, height = (side // 2 * 2 for side in shots[0].size)

    def frames() -> Iterator[Image.Image]:
        for shot in shots:
            picture = np.asarray(shot.convert("RGB").resize((width, height)))
            for number in range(round(RATE * seconds)):
                yield Image.fromarray(np.roll(picture, number % 3, axis=1))

    return encoded(frames(), form=form, codec=codec)


def encoded(frames: Iterable[Image.Image], *, form: str = "mp4", codec: str = "libx264") -> bytes:
    """Pictures of one size as a film, ten a second."""
    file = io.BytesIO()
    with av.open(file, "w", format=form) as container:
        stream = container.add_stream(codec, RATE)
        for number, frame in enumerate(frames):
            if not number:
                stream.width, stream.height = frame.size
                stream.pix_fmt = "yuv420p"
            container.mux(stream.encode(av.VideoFrame.from_ndarray(np.asarray(frame), "rgb24")))
        container.mux(stream.encode())
    return file.getvalue()


def panned(
    *shots: Image.Image, seconds: float = 4, size: tuple[int, int] = (320, 240)
) -> list[Image.Image]:
    """A camera that moves across each photograph, some seconds each: the frames, RGB."""
    width, height = size
    frames = []
    for shot in shots:
        ground = shot.convert("RGB").resize((width * 2, height * 5 // 4))
        count = round(RATE * seconds)
        for number in range(count):
            left, top = (round(number / count * room) for room in (width, height // 4))
            frames.append(ground.crop((left, top, left + width, top + height)))
    return frames
