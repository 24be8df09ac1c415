"""Photographs made into real films, shot after shot."""

from __future__ import annotations

import io

import av
import numpy as np
from PIL import Image


def filmed(
    *shots: Image.Image, form: str = "mp4", codec: str = "libx264", seconds: float = 1
) -> bytes:
    """Each photograph for some seconds, at ten pictures a second, moving a little."""
    file = io.BytesIO()
    width, height = (side // 2 * 2 for side in shots[0].size)
    with av.open(file, "w", format=form) as container:
        stream = container.add_stream(codec, 10)
        stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
        for shot in shots:
            picture = np.asarray(shot.convert("RGB").resize((width, height)))
            for number in range(round(10 * seconds)):
                moved = np.roll(picture, number % 3, axis=1)
                container.mux(stream.encode(av.VideoFrame.from_ndarray(moved, "rgb24")))
        container.mux(stream.encode())
    return file.getvalue()
