"""A Merkle tree over the hashes of custody events (RFC 9162, 2.1).

By it one event is shown to be in a record that was stamped, without the other events.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence


class Tree:
    """A tree over hashes in hexadecimal, in their order; there is at least one."""

    def __init__(self, hashes: Sequence[str]) -> None:
        level = [hashlib.sha256(b"\0" + bytes.fromhex(one)).digest() for one in hashes]
        self._levels = [level]
        while len(level) > 1:
            pairs = zip(level[::2], level[1::2], strict=False)
            above = [hashlib.sha256(b"\1" + left + right).digest() for left, right in pairs]
            level = above + level[len(level) - len(level) % 2 :]  # an odd one out goes up as it is
            self._levels.append(level)

    @property
    def root(self) -> str:
        return self._levels[-1][0].hex()

    def path(self, at: int) -> list[str]:
        """What leads from the leaf with this number, from 0, up to the root."""
        path = []
        for level in self._levels:
            if at ^ 1 < len(level):
                path.append(level[at ^ 1].hex())
            at >>= 1
        return path
