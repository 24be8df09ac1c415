"""Count how often frames of films that have nothing to do with each other look alike to PDQ.

    python -m benchmarks.false_frames FOLDER

Every folder in it is a source, whose films show one place or were made by one camera or channel.
Frames stand half a second apart, as those of a film that is watched; each is compared with all
frames of other sources in all eight orientations, and beside that with those of other films of its
own source, which are told apart: what one camera sees from one place is alike by no chance.
"""

from __future__ import annotations

import argparse
from itertools import combinations
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

from verify.lab import hashing
from verify.matching.reels import distances

_EVERY = 0.5  # seconds, as in lab/watching.py
_QUALITY = 20  # of PDQ: below that a frame is not asked for
_SIDE = 640  # pixels
_NEAR = 64
_MOST = 1200  # frames of one film

Bits = NDArray[np.uint8]  # (frames, 8, 32)


def frames(path: Path) -> Bits:
    """The hashes of a film's frames in eight orientations."""
    found: list[bytes] = []
    with av.open(str(path)) as container:
        following = 0.0
        for frame in container.decode(video=0):
            if frame.time is None or frame.time < following:
                continue
            following = frame.time + _EVERY
            scale = min(1.0, _SIDE / max(frame.width, frame.height))
            width, height = (max(32, round(one * scale)) for one in (frame.width, frame.height))
            picture = frame.reformat(width=width, height=height, format="rgb24").to_image()
            pdq = hashing.pdq(picture)
            if (pdq.quality or 0) >= _QUALITY and pdq.orientations:
                found.append(b"".join(pdq.orientations))
            if len(found) == _MOST:
                break
    return np.frombuffer(b"".join(found), np.uint8).reshape(-1, 8, 32)


def near(one: Bits, other: Bits) -> NDArray[np.int64]:
    """Of all pairs of frames, how many are 0, 1, 2 ... bits apart at the nearest orientation; the
    last counts all that are farther."""
    counts = np.zeros(_NEAR + 2, np.int64)
    for hashes in one:
        apart = distances(hashes[:, None], other[None, :, 0]).min(axis=0)
        counts += np.bincount(np.minimum(apart, _NEAR + 1), minlength=_NEAR + 2)
    return counts


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", type=Path)
    asked = parser.parse_args()
    films: list[tuple[str, Bits]] = []
    for path in sorted(one for one in asked.folder.rglob("*") if one.is_file()):
        try:
            films.append((path.relative_to(asked.folder).parts[0], frames(path)))
        except (av.FFmpegError, IndexError, ValueError) as error:
            print(f"left out: {path.name} ({type(error).__name__})")
    apart, alike = np.zeros((2, _NEAR + 2), np.int64)
    for (place, one), (other_place, other) in combinations(films, 2):
        if len(one) and len(other):
            counts = near(one, other)
            if place == other_place:
                alike += counts
            else:
                apart += counts
    total = sum(len(one) for _, one in films)
    print(f"{len(films)} films of {len({place for place, _ in films})} sources, {total} frames")
    for name, counts in (("other sources", apart), ("other films of one source", alike)):
        print(f"{name}: {counts.sum():,} pairs; within 31 bits {counts[:32].sum():,}, within 47 "
              f"{counts[:48].sum():,}, within 63 {counts[:64].sum():,}")  # fmt: skip


if __name__ == "__main__":
    main()
