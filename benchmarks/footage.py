"""The clips that a folder of films gives, a film at a time, their frames in mapped files.

Sixteen seconds at 480 pixels are over 100 MB: what is asked is of dozens of clips, and no process
holds more than one of them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import av
import numpy as np
from av.video.frame import VideoFrame

from benchmarks.film_edits import RATE, Source
from benchmarks.lettering import Picture

HALVES = ("tuning", "measuring")
_CLIP = round(16.0 * RATE)  # frames at most
_SHORTEST = round(2.4 * RATE)
_SIDE = 480
_MOST = 12_000  # frames of a film, as they are in it


@dataclass(frozen=True)
class Clip:
    """A part of a source. place: the source, whose other parts show the same place. half: of the
    sources, which it is in. frames: RATE a second, in a file."""

    place: str
    half: str
    frames: Path

    def source(self, number: int) -> Source:
        """The same, to be edited; a frame is read when it is asked for."""
        return Source(number, np.load(self.frames, mmap_mode="r"))


def clips(folder: Path, most: int, scratch: Path) -> Iterator[Clip]:
    """Parts of the films of a folder, at most so many of each; frames are kept in `scratch`."""
    for number, path in enumerate(sorted(one for one in folder.rglob("*") if one.is_file())):
        place = path.relative_to(folder).parts[0]
        half = HALVES[hashlib.sha256(place.encode()).digest()[0] % 2]
        try:
            for begins, frames in _parts(path, most):
                file = scratch / f"{number}-{begins}.npy"
                np.save(file, frames)
                yield Clip(place, half, file)
        except Exception as error:  # a folder holds other things too
            print(f"left out: {path.name} ({type(error).__name__})")


def _parts(path: Path, most: int) -> Iterator[tuple[int, list[Picture]]]:
    """Each part that is taken of a film: which frame it begins with, and all of them."""
    times = np.array([frame.time for frame in _decoded(path)])
    shown = np.searchsorted(
        times - times[0], np.arange(0, times[-1] - times[0], 1 / RATE), side="right"
    )
    starts = range(0, max(1, len(shown) - _SHORTEST), _CLIP)
    parts = [(begins, shown[begins : begins + _CLIP] - 1) for begins in starts]
    wanted = parts[:: max(1, -(-len(parts) // most))]
    decoded = enumerate(_decoded(path))
    at, frame = next(decoded)
    for begins, numbers in wanted:
        frames: list[Picture] = []
        for number in numbers.tolist():
            if at == number and frames:
                frames.append(frames[-1])  # it is shown twice
                continue
            while at < number:
                at, frame = next(decoded)
            frames.append(_small(frame))
        if len(frames) >= _SHORTEST:
            yield begins, frames


def _decoded(path: Path) -> Iterator[VideoFrame]:
    with av.open(str(path)) as container:
        for number, frame in enumerate(container.decode(video=0)):
            if frame.time is not None:
                yield frame
            if number > _MOST:
                return


def _small(frame: VideoFrame) -> Picture:
    """At most `_SIDE` pixels long, RGB."""
    scale = min(1.0, _SIDE / max(frame.width, frame.height))
    width, height = (round(side * scale) // 2 * 2 for side in (frame.width, frame.height))
    return frame.reformat(width=width, height=height, format="rgb24").to_ndarray()
