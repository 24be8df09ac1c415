"""ZIP archives: what is in them, and one file of them at a time, within bounds.

Python's `zipfile` reads the list. Files are unpacked here: it inflates bzip2 and LZMA without
bound, a few bytes to gigabytes, before anybody can count them.
Sources: PKWARE's APPNOTE 6.3.10; the LZMA specification for the five bytes of its properties.
"""

from __future__ import annotations

import bz2
import lzma
import os
import struct
import zipfile
import zlib
from collections.abc import Iterator, Sequence

from verify.lab.wire import MOST_MEMBERS, Member

_MOST_DIRECTORY = 8 << 20  # bytes of the list
_CHUNK = 1 << 18
_HEADER = 30  # bytes before a file, at least
_MOST_DICTIONARY = 1 << 28  # bytes that LZMA holds in memory; 7-Zip takes 2**26 at most here
_BROKEN = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, UnicodeDecodeError, EOFError,
    OSError, ValueError, NotImplementedError,
)  # fmt: skip


class ArchiveError(Exception):
    """Why an archive, or a file of it, cannot be read: `damaged`, `packed`, `empty`, `too many`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def members(file: int) -> tuple[Member, ...]:
    """What an archive lists, in its order. file: a descriptor. Raises ArchiveError."""
    try:
        with zipfile.ZipFile(_Read(file)) as archive:
            listed = archive.infolist()
            if not listed:
                raise ArchiveError("empty")
            if len(listed) > MOST_MEMBERS:
                raise ArchiveError("too many")
            return tuple(_member(info) for info in listed)
    except _BROKEN as error:
        raise ArchiveError("damaged") from error


def parts(file: int, member: Member) -> Iterator[bytes]:
    """What a file of the archive unpacks to, piece by piece: never more than it is listed with.

    Raises ArchiveError, at the end where the sum does not fit.
    """
    try:
        yield from _checked(_unpacked(file, member), member)
    except _BROKEN as error:
        raise ArchiveError("damaged") from error


def sharing(members: Sequence[Member]) -> set[int]:
    """The numbers of those whose bytes begin within those of another: one packed body, listed
    often, unpacks to any sum."""
    found, end = set(), 0
    for number in sorted(range(len(members)), key=lambda number: members[number].at):
        if members[number].at < end:
            found.add(number)
        end = max(end, members[number].at + _HEADER + members[number].packed)
    return found


class _Read:
    """A file that `zipfile` may read, and of which nobody reads much at once: it reads the whole
    list so, however the archive says where it lies, and would fill the memory with it."""

    def __init__(self, file: int) -> None:
        self._file, self._at = file, 0
        self._size = os.lseek(file, 0, os.SEEK_END)

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        self._at = offset + (0, self._at, self._size)[whence]
        if self._at < 0:
            raise OSError  # as files do: `zipfile` looks so for what small archives lack
        return self._at

    def tell(self) -> int:
        return self._at

    def seekable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        count = self._size - self._at if size < 0 else min(size, self._size - self._at)
        if count > _MOST_DIRECTORY:
            raise ArchiveError("too many")
        content = os.pread(self._file, max(0, count), self._at)
        self._at += len(content)
        return content

    def close(self) -> None:
        pass


def _member(info: zipfile.ZipInfo) -> Member:
    if info.header_offset < 0:  # the end says that the list lies where it does not
        raise zipfile.BadZipFile
    return Member(
        name=info.filename.encode("utf-8", "replace").decode("utf-8"),
        at=info.header_offset,
        packed=info.compress_size,
        size=info.file_size,
        method=info.compress_type,
        sum=info.CRC,
        encrypted=bool(info.flag_bits & 1),
        mode=info.external_attr >> 16,
    )


def _checked(pieces: Iterator[bytes], member: Member) -> Iterator[bytes]:
    left, seen = member.size, 0
    for piece in pieces:
        piece = piece[:left]
        left, seen = left - len(piece), zlib.crc32(piece, seen)
        yield piece
        if not left:
            break
    if left or seen != member.sum:
        raise ArchiveError("damaged")


def _unpacked(file: int, member: Member) -> Iterator[bytes]:
    header = os.pread(file, 30, member.at)
    if len(header) < 30 or header[:4] != b"PK\3\4":
        raise ArchiveError("damaged")
    name, extra = struct.unpack_from("<HH", header, 26)
    start = member.at + 30 + name + extra
    end = start + member.packed
    match member.method:
        case _ if not member.size:
            return
        case 0:
            yield from _read(file, start, end)
        case 8:
            yield from _inflated(_read(file, start, end))
        case 12:
            yield from _bounded(bz2.BZ2Decompressor(), _read(file, start, end))
        case 14:
            head = os.pread(file, 9, start)
            yield from _bounded(_lzma(head), _read(file, start + 9, end))
        case _:
            raise ArchiveError("packed")


def _read(file: int, start: int, end: int) -> Iterator[bytes]:
    while start < end and (chunk := os.pread(file, min(_CHUNK, end - start), start)):
        start += len(chunk)
        yield chunk


def _inflated(chunks: Iterator[bytes]) -> Iterator[bytes]:
    unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
    for chunk in chunks:
        while chunk and not unpacker.eof:
            yield unpacker.decompress(chunk, _CHUNK)
            chunk = unpacker.unconsumed_tail
    while rest := unpacker.decompress(b"", _CHUNK):
        yield rest


def _bounded(
    unpacker: bz2.BZ2Decompressor | lzma.LZMADecompressor, chunks: Iterator[bytes]
) -> Iterator[bytes]:
    for chunk in chunks:
        while not unpacker.eof:
            piece = unpacker.decompress(chunk, _CHUNK)
            chunk = b""
            if piece:
                yield piece
            if unpacker.needs_input:
                break


def _lzma(head: bytes) -> lzma.LZMADecompressor:
    """By the head that ZIP puts before the data: version, size 5, and LZMA's own properties."""
    if len(head) < 9 or struct.unpack_from("<H", head, 2)[0] != 5:
        raise ArchiveError("damaged")
    rest, lc = divmod(head[4], 9)
    pb, lp = divmod(rest, 5)
    (dictionary,) = struct.unpack_from("<I", head, 5)
    if dictionary > _MOST_DICTIONARY:
        raise ArchiveError("packed")
    chosen = {"id": lzma.FILTER_LZMA1, "lc": lc, "lp": lp, "pb": pb, "dict_size": dictionary}
    return lzma.LZMADecompressor(lzma.FORMAT_RAW, filters=[chosen])
