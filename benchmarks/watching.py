"""What watching a film in 1080p costs: processor time a minute of film, and what decoding is of it.

    python -m benchmarks.watching FILM... [--seconds 45]

Each film is enlarged to 1920 x 1080 at 30 frames a second, given the grain that a camera leaves,
encoded as H.264 and watched as the lab does. How long finding takes is measured by
`benchmarks/footage_growth.py`.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from itertools import islice
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import av
import cv2
import numpy as np
from av.video.frame import VideoFrame

from verify.lab import streams
from verify.lab.reading_at import ReadAt
from verify.lab.streams import Allowance
from verify.lab.watching import watch

_SIZE, _RATE, _GRAIN = (1920, 1080), 30, 4
_MP4 = "video/mp4"


def main() -> None:
    asked = _arguments()
    cv2.setNumThreads(1)
    with tempfile.TemporaryDirectory() as scratch:
        for number, path in enumerate(asked.films):
            made = Path(scratch, f"{number}.mp4")
            _enlarge(path, made, asked.seconds)
            _measure(path.name, made)


def _enlarge(path: Path, made: Path, seconds: int) -> None:
    """Write the beginning of a film in 1080p."""
    rng = np.random.default_rng(11)
    with av.open(path) as film, av.open(made, "w") as out:
        stream = out.add_stream("libx264", rate=_RATE)
        stream.width, stream.height = _SIZE
        stream.pix_fmt, stream.options = "yuv420p", {"preset": "veryfast", "crf": "23"}
        frames = islice(film.decode(video=0), seconds * _RATE)
        for number, frame in enumerate(frames):
            pixels = frame.reformat(*_SIZE, format="rgb24").to_ndarray().astype(np.int16)
            pixels += rng.integers(-_GRAIN, _GRAIN + 1, (*pixels.shape[:2], 1), np.int16)
            grained = VideoFrame.from_ndarray(np.clip(pixels, 0, 255).astype(np.uint8), "rgb24")
            grained.pts = number
            out.mux(stream.encode(grained))
        out.mux(stream.encode(None))


def _measure(name: str, path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        began = time.process_time()
        _decode(descriptor)
        decoded = time.process_time()
        seen = watch(ReadAt(descriptor), _MP4)
        watched = time.process_time()
    finally:
        os.close(descriptor)
    minutes = seen.seconds / 60
    print(
        f"{name}: {seen.seconds:.0f} s, {len(seen.keys)} key frames; a minute takes"
        f" {(watched - decoded) / minutes:.1f} s to watch, decoding alone"
        f" {(decoded - began) / minutes:.1f}"
    )


def _decode(descriptor: int) -> None:
    with streams.opened(ReadAt(descriptor), _MP4) as container:
        stream = streams.pictures(container)
        stream.codec_context.options |= {"skip_loop_filter": "noref"}
        for _ in streams.frames(container, stream, Allowance(float("inf"))):
            pass


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("films", type=Path, nargs="+", metavar="FILM")
    parser.add_argument("--seconds", type=int, default=45, help="of each film, at most")
    return parser.parse_args()


if __name__ == "__main__":
    main()
