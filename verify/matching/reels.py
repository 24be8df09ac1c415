"""What is known of a film, as arrays: the hashes of its samples, each at its time."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from verify.records import Footage, Sample

LEAST_QUALITY = 20
"""Of PDQ. Frames below it are dark or plain, and all alike."""

_BYTES = 32
_AT_ITS_END = 1.0  # seconds

Bits = NDArray[np.uint8]


@dataclass(frozen=True)
class Reel:
    """A film's samples, in the order of their times.

    at: (n,) seconds. quality: (n,) PDQ's. bits: (n, k, 32), the hashes of k orientations: 8 of a
    film that is looked for, 1 of one that is kept. inner: (n, k, 32), the same of the picture
    within bars; all zero where there is none. shots: seconds at which each begins. seconds: its
    length.
    """

    at: NDArray[np.float64]
    quality: NDArray[np.int64]
    bits: Bits
    inner: Bits
    shots: NDArray[np.float64]
    seconds: float

    @classmethod
    def of(cls, footage: Footage) -> Reel:
        """The arrays of a record; samples of odd shape are left out."""
        samples = _whole(footage.samples)
        at = np.array([one.at_ms for one in samples], np.float64) / 1000
        last = float(at[-1]) if len(at) else 0.0
        seconds = max(float(footage.seconds), last)
        if footage.gaps and footage.gaps[-1][1] / 1000 >= seconds - _AT_ITS_END:
            seconds = max(last, footage.gaps[-1][0] / 1000)  # what is missing shows nothing
        return cls(
            at=at,
            quality=np.array([one.quality for one in samples], np.int64),
            bits=_hashes([one.pdq for one in samples]),
            inner=_hashes([one.inner for one in samples]),
            shots=np.array(footage.shots, np.float64) / 1000,
            seconds=seconds,
        )

    @classmethod
    def of_hash(cls, hash_: bytes | None) -> Reel:
        """A still as a film of one sample; None where it has no hash."""
        bits = np.frombuffer(hash_ or bytes(_BYTES), np.uint8).reshape(1, 1, _BYTES)
        return cls(
            at=np.zeros(1),
            quality=np.array([100 if hash_ else 0]),
            bits=bits,
            inner=np.zeros((1, 0, _BYTES), np.uint8),
            shots=np.zeros(1),
            seconds=0.0,
        )

    def __len__(self) -> int:
        return len(self.at)

    @property
    def telling(self) -> NDArray[np.bool_]:
        """(n,) which samples show enough to be found by."""
        telling: NDArray[np.bool_] = self.quality >= LEAST_QUALITY
        return telling

    @property
    def framed(self) -> NDArray[np.bool_]:
        """(n,) which samples have an inner picture."""
        return np.asarray(self.inner.any(axis=(1, 2)), np.bool_)

    def shot(self, at: float) -> tuple[float, float]:
        """When the shot that is seen at this time begins and ends, in seconds."""
        number = int(np.searchsorted(self.shots, at + 1e-6))
        begins = float(self.shots[number - 1]) if number else 0.0
        ends = float(self.shots[number]) if number < len(self.shots) else self.seconds
        return begins, ends


def _whole(samples: tuple[Sample, ...]) -> list[Sample]:
    """Those that hold as many hashes as the first."""
    if not samples:
        return []
    count = len(samples[0].pdq)
    return [
        one
        for one in samples
        if len(one.pdq) == count
        and len(one.inner) in (0, count)
        and all(len(each) == _BYTES for each in (*one.pdq, *one.inner))
    ]


def _hashes(entries: list[tuple[bytes, ...]]) -> Bits:
    count = max(map(len, entries), default=0)
    empty = bytes(_BYTES * count)
    packed = b"".join(b"".join(one) or empty for one in entries)
    return np.frombuffer(packed, np.uint8).reshape(len(entries), count, _BYTES)


def distances(one: Bits, other: Bits) -> NDArray[np.int64]:
    """Differing bits of hashes, (..., 32) against (..., 32), by broadcasting."""
    found: NDArray[np.int64] = np.bitwise_count(one ^ other).sum(axis=-1, dtype=np.int64)
    return found
