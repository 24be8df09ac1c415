"""A file behind a descriptor, read where it is wanted: never whole in memory."""

from __future__ import annotations

import io
import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer


Readable = io.RawIOBase | io.BytesIO


class ReadAt(io.RawIOBase):
    """Reads by place, wherever the descriptor's own stands, which others share."""

    def __init__(self, descriptor: int) -> None:
        """descriptor: of a regular file, open to read; it is not closed with this."""
        self._descriptor, self._at = descriptor, 0
        self._size = os.lseek(descriptor, 0, os.SEEK_END)  # behind the walls nothing is looked up

    def readable(self) -> bool:
        """It is."""
        return True

    def seekable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        """Read from the present place on; 0 at the end."""
        into = memoryview(buffer).cast("B")
        found = os.pread(self._descriptor, len(into), self._at)
        into[: len(found)] = found
        self._at += len(found)
        return len(found)

    def seek(self, offset: int, whence: int = os.SEEK_SET, /) -> int:
        """Go elsewhere, also beyond the end. Raises ValueError before the beginning."""
        base = {os.SEEK_SET: 0, os.SEEK_CUR: self._at, os.SEEK_END: self._size}[whence]
        if base + offset < 0:
            raise ValueError("before the beginning")
        self._at = base + offset
        return self._at
