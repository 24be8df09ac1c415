"""Which pictures of a film are described, so that they are found in other pictures.

The first of a shot, one that differs from the last such picture, or comes some seconds later; over
the whole film no more than are worth their place, one a shot before a second of any.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import cv2
import numpy as np
from msgspec.structs import replace
from PIL import Image

from verify.lab import hashing
from verify.lab.features import Grey, describe_grey
from verify.lab.shots import LEAST_QUALITY, Look, begins, distance
from verify.lab.wire import MAX_KEYS
from verify.records import Fingerprint, View, ViewKind

_ANOTHER = 48  # bits of PDQ from the last that is kept
_SOONER, _LATER = 1000, 4000  # milliseconds after it: if it is another; in any case
_LEAST_SIDE = 32  # pixels
_HELD = 2 * MAX_KEYS  # pictures in memory, before some are let go


@dataclass
class Keys:
    """The pictures that are to be described, so far, by their times in milliseconds."""

    _held: dict[int, tuple[tuple[Fingerprint, ...], Grey]] = field(default_factory=dict)

    def consider(
        self, at_ms: int, picture: Image.Image, pdq: Fingerprint, looks: Sequence[Look]
    ) -> None:
        """Hold this picture if it is one, and let others go where there are too many.

        picture: upright RGB. looks: at all pictures so far, in the order of their times.
        """
        if min(picture.size) < _LEAST_SIDE or (pdq.quality or 0) < LEAST_QUALITY:
            return
        cut = len(begins(looks[-2:])) == 2
        if self._held and not cut and not self._another(at_ms, pdq.hash):
            return
        fingerprints = (pdq, *hashing.fingerprints_beside_pdq(picture))
        grey = cv2.cvtColor(np.asarray(picture), cv2.COLOR_RGB2GRAY)
        self._held[at_ms] = fingerprints, grey
        if len(self._held) > _HELD:
            self._let_go(looks)

    def views(self, looks: Sequence[Look]) -> tuple[View, ...]:
        """Those that are kept, described, in the order of their times."""
        self._let_go(looks)
        return tuple(self._view(at_ms) for at_ms in sorted(self._held))

    def _another(self, at_ms: int, hash_: bytes) -> bool:
        nearest = min(self._held, key=lambda held: abs(held - at_ms))
        (pdq, *_), _ = self._held[nearest]
        apart, bits = abs(at_ms - nearest), distance(pdq.hash, hash_)
        return apart >= _LATER or (apart >= _SOONER and bits > _ANOTHER)

    def _let_go(self, looks: Sequence[Look]) -> None:
        if len(self._held) > MAX_KEYS:
            kept = worth(sorted(self._held), begins(looks), MAX_KEYS)
            self._held = {at_ms: self._held[at_ms] for at_ms in kept}

    def _view(self, at_ms: int) -> View:
        fingerprints, grey = self._held.pop(at_ms)  # they are many
        view = View(kind=ViewKind.FRAME, at_ms=at_ms, fingerprints=fingerprints)
        return replace(view, features=describe_grey(grey))


def worth(times: Sequence[int], shots: Sequence[int], most: int) -> list[int]:
    """At most `most` of these times: the first of each shot, then those farthest from others.

    times, shots: in milliseconds, in order; where shots begin.
    """
    at = np.array(times, np.int64)
    shot = np.searchsorted(np.array(shots, np.int64), at, side="right")
    first = np.concatenate([[True], shot[1:] != shot[:-1]])
    apart = np.full(len(at), np.iinfo(np.int64).max)
    kept: list[int] = []
    while len(kept) < min(most, len(at)):
        left = first if first.any() else np.ones(len(at), bool)
        chosen = int(np.where(left, apart, -1).argmax())
        kept.append(int(at[chosen]))
        first[chosen] = False
        apart = np.minimum(apart, np.abs(at - at[chosen]))
        apart[chosen] = -1
    return sorted(kept)
