"""Landmarks of a sound: two peaks near each other, which nothing else has as they lie.

Source: Wang, "An Industrial-Strength Audio Search Algorithm", ISMIR 2003.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from verify.records import BINS, FINE, LOWEST_BIN, Sound

_FAN, _NEAREST, _FARTHEST = 6, 2, 64  # partners of a peak; frames to them
_SPREAD = 80  # bins to them, less
_MOST_BETWEEN = 400  # peaks between two partners

Hashes = NDArray[np.uint32]
Times = NDArray[np.int64]


@dataclass(frozen=True)
class Landmarks:
    """The landmarks of a sound, by time: (n,) each.

    hashes: 9 bits of the first peak's bin, 8 of the way to the second in bins, 6 in frames.
    times: of the first peak, in frames.
    """

    hashes: Hashes
    times: Times


def landmarks(sound: Sound, speed: float = 1.0) -> Landmarks:
    """The landmarks of a sound as it would be if it ran `speed` times slower, and as much lower.

    So what plays an earlier sound 1.06 times as fast has its landmarks again at a speed of 1.06.
    """
    frames = np.rint(np.frombuffer(sound.times, "<u4") * speed).astype(np.int64)
    bins = np.rint(np.frombuffer(sound.tones, "<u2") / (FINE * speed)).astype(np.int64)
    inside = (bins >= LOWEST_BIN) & (bins < BINS - 1)
    frames, bins = frames[inside], bins[inside]
    order = np.lexsort((bins, frames))
    frames, bins = frames[order], bins[order]
    first, second = _partners(frames, bins)
    hashes = (bins[first] << 14) | ((bins[second] - bins[first] + _SPREAD) << 6)
    hashes |= frames[second] - frames[first] - 1
    order = np.argsort(frames[first], kind="stable")
    return Landmarks(hashes[order].astype(np.uint32), frames[first][order])


def _partners(frames: Times, bins: Times) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Each peak with the next few that follow it near enough. Both in order of time."""
    found = np.zeros(len(frames), int)
    firsts, seconds = [np.zeros(0, np.intp)], [np.zeros(0, np.intp)]
    for step in range(1, min(len(frames), _MOST_BETWEEN)):
        later = frames[step:] - frames[:-step]
        if later.min() > _FARTHEST:
            break
        near = (later >= _NEAREST) & (later <= _FARTHEST) & (found[:-step] < _FAN)
        near &= np.abs(bins[step:] - bins[:-step]) < _SPREAD
        chosen = np.flatnonzero(near)
        found[chosen] += 1
        firsts.append(chosen)
        seconds.append(chosen + step)
    return np.concatenate(firsts), np.concatenate(seconds)


def reach(hashes: Hashes) -> Times:
    """How many frames after the first peak the second lies."""
    return (hashes & 0x3F).astype(np.int64) + 1


def band(hashes: Hashes) -> Times:
    """In which band of 125 Hz the first peak lies."""
    return (hashes >> 18).astype(np.int64)
