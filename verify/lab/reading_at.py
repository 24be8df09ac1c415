"""A file behind a descriptor, read where it is wanted: never whole in memory."""

from __future__ import annotations

import io
import os
from typing import TYPE_CHECKING, overload

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer


_LONGEST = 8 << 20  # bytes of a slice
_PAGE = 4 << 10  # bytes, kept from the last short reading: those who walk boxes read nearby


class ReadAt(io.RawIOBase):
    """Reads by place, wherever the descriptor's own stands, which others share.

    It can be sliced like bytes, but for a step; no slice is longer than eight MiB.
    """

    def __init__(self, descriptor: int) -> None:
        """descriptor: of a regular file, open to read; it is not closed with this."""
        self._descriptor, self._at = descriptor, 0
        self._size = os.lseek(descriptor, 0, os.SEEK_END)  # behind the walls nothing is looked up
        self._page, self._page_at = b"", 0

    def __len__(self) -> int:
        """In bytes."""
        return self._size

    @overload
    def __getitem__(self, place: int) -> int: ...

    @overload
    def __getitem__(self, place: slice) -> bytes: ...

    def __getitem__(self, place: int | slice) -> int | bytes:
        """Raises IndexError where there is no such byte."""
        if isinstance(place, int):
            return self[place : place + 1 if place != -1 else None][0]
        start, stop, _ = place.indices(self._size)
        return self._slice(start, max(0, min(stop - start, _LONGEST)))

    def whole(self, most: int) -> bytes:
        """All of it, or as much."""
        size = min(self._size, most)
        return b"".join(self[at : min(at + _LONGEST, size)] for at in range(0, size, _LONGEST))

    def readable(self) -> bool:
        """It is."""
        return True

    def seekable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        """Read from the present place on; 0 at the end."""
        into = memoryview(buffer).cast("B")
        found = os.pread(self._descriptor, min(len(into), _LONGEST), self._at)
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

    def _slice(self, start: int, size: int) -> bytes:
        within = start - self._page_at
        if not 0 <= within <= len(self._page) - size:
            found = self._read(start, max(size, _PAGE))
            if size >= _PAGE:
                return found
            self._page, self._page_at, within = found, start, 0
        return self._page[within : within + size]

    def _read(self, start: int, size: int) -> bytes:
        parts: list[bytes] = []
        while size and (part := os.pread(self._descriptor, size, start)):
            parts.append(part)
            start, size = start + len(part), size - len(part)
        return b"".join(parts)


Content = bytes | ReadAt
"""A file's bytes, in memory or not."""


def opened(content: Content) -> io.IOBase:
    """To be read as a file, from its beginning."""
    if isinstance(content, bytes):
        return io.BytesIO(content)
    content.seek(0)
    return content
