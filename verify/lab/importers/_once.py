"""Which numbers and names came before: an export may hold millions, mostly in their order."""

from __future__ import annotations

import hashlib
from array import array
from bisect import bisect_left

_LARGEST = (1 << 64) - 1


class Once:
    """Numbers of 64 bits; those that rise take eight bytes each."""

    def __init__(self) -> None:
        self._rising, self._strays = array("Q"), set[int]()

    def new(self, number: int) -> bool:
        """Whether it did not come before."""
        number &= _LARGEST
        rising = self._rising
        if not rising or number > rising[-1]:
            rising.append(number)
            return True
        at = bisect_left(rising, number)
        if rising[at] == number or number in self._strays:
            return False
        self._strays.add(number)
        return True

    def new_name(self, *parts: str) -> bool:
        """Whether these words did not come together before; each takes about sixty bytes."""
        digest = hashlib.sha256("\0".join(parts).encode("utf-8", "replace")).digest()
        number = int.from_bytes(digest[:8])
        if number in self._strays:
            return False
        self._strays.add(number)
        return True
