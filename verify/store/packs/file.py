"""A pack as a file: signed by Ed25519, plain data in compressed blocks: docs/packs.md.

Nothing in it is believed before the signature over all of it was checked, and nothing afterwards
that is not within bounds.
"""

from __future__ import annotations

import hashlib
import os
import struct
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import IO, NamedTuple, TypeVar

import msgspec

from verify.distrust import ImplausibleError
from verify.errors import BadInput
from verify.records import PackEntry, PackHeader, SharedEntry, say
from verify.regular import descriptor_of
from verify.store.folder.files import demand_new, private_folder, put_in_place
from verify.store.keeping import age, signing
from verify.store.packs.bounds import MOST_ENTRIES, check_entry, check_header, check_shared

MAGIC = b"VDPACK01"
_AGE = b"age-encryption.org/v1\n"
_PURPOSE = b"verify-desk pack 1\n"
_KEY, _SIGNATURE = 32, 64
_SIGNED_FROM = len(MAGIC) + _KEY + _SIGNATURE
_LENGTH = struct.Struct("<I")
_MOST_BLOCK = 1 << 20  # bytes, compressed or not: a film of sixteen frames has 160,000
_MOST_BYTES = 1 << 34
_CHUNK = 1 << 20

T = TypeVar("T", PackHeader, PackEntry, SharedEntry)


class Read(NamedTuple):
    """An entry as it was read, and by which it is withdrawn: the SHA-256 of its block."""

    entry: PackEntry | SharedEntry
    digest: str


class Opened:
    """A pack whose signature was found right. key: the fingerprint of the publisher's key, as
    `verify-desk signer` shows it. digest: SHA-256 of what is signed."""

    def __init__(self, file: IO[bytes], name: str) -> None:
        self._file, self._name = file, name
        head = file.read(_SIGNED_FROM)
        if len(head) < _SIGNED_FROM or not head.startswith(MAGIC):
            raise BadInput(say("{file} is no pack of this format.", file=name))
        public = signing.pem_of_raw(head[len(MAGIC) : len(MAGIC) + _KEY])
        made = hashlib.sha256()
        self._size = _SIGNED_FROM
        while piece := file.read(_CHUNK):
            made.update(piece)
            self._size += len(piece)
            if self._size > _MOST_BYTES:
                raise self._broken()
        signature = head[-_SIGNATURE:]
        if public is None or not signing.signed(public, _PURPOSE + made.digest(), signature):
            raise BadInput(
                say("{file} was cut off or changed: its signature does not fit it.", file=name)
            )
        self.digest, self.key = made.hexdigest(), signing.fingerprint(public)
        self._file.seek(_SIGNED_FROM)
        self._read = hashlib.sha256()
        self.header = self._decoded(self._block(), PackHeader)

    def entries(self) -> Iterator[Read]:
        """What it holds, once. Raises BadInput where it is not what it should be."""
        count = 0
        while self._file.tell() < self._size:
            count += 1
            if count > MOST_ENTRIES:
                raise self._broken()
            block = self._block()
            yield Read(self._entry(block), hashlib.sha256(block).hexdigest())
        if self._read.hexdigest() != self.digest:  # changed meanwhile
            raise self._broken()

    @property
    def progress(self) -> tuple[int, int]:
        """How many bytes of how many were read."""
        return self._file.tell(), self._size

    def _entry(self, block: bytes) -> PackEntry | SharedEntry:
        if self.header.unpublished:
            return self._decoded(block, SharedEntry)
        return self._decoded(block, PackEntry)

    def _block(self) -> bytes:
        size = self._piece(_LENGTH.size)
        length = _LENGTH.unpack(size)[0]
        if not 0 < length <= _MOST_BLOCK:
            raise self._broken()
        return self._piece(length)

    def _piece(self, size: int) -> bytes:
        piece = self._file.read(size)
        if len(piece) < size:
            raise self._broken()
        self._read.update(piece)
        return piece

    def _decoded(self, block: bytes, kind: type[T]) -> T:
        try:
            unpacking = zlib.decompressobj()
            plain = unpacking.decompress(block, _MOST_BLOCK)
            if not unpacking.eof or unpacking.unused_data:
                raise self._broken()
            found = msgspec.msgpack.decode(plain, type=kind)
            _check(found)
        except (zlib.error, msgspec.DecodeError, ImplausibleError, RecursionError) as error:
            raise self._broken() from error
        return found

    def _broken(self) -> BadInput:
        return BadInput(
            say(
                "{file} is signed, but holds what no pack may hold: nothing of it was taken.",
                file=self._name,
            )
        )


@contextmanager
def opened(path: Path, name: str, secret: str = "", within: Path | None = None) -> Iterator[Opened]:
    """Open a pack and check its signature.

    name: as people named it. secret: an age key, for one that is encrypted, which is decrypted to a
    file of its own below `within` meanwhile. Raises BadInput.
    """
    with _read(path, name) as file:
        encrypted = file.read(len(_AGE)) == _AGE
        file.seek(0)
        if not encrypted:
            yield Opened(file, name)
            return
    if not secret or within is None:
        raise BadInput(say("{file} is encrypted: open it with the key it was made for.", file=name))
    with private_folder(within) as folder:
        plain = folder / "pack"
        plain.touch(0o600)
        age.decrypt_to(path, plain, secret)
        with _read(plain, name) as file:
            yield Opened(file, name)


def _read(path: Path, name: str) -> IO[bytes]:
    try:
        return os.fdopen(descriptor_of(path), "rb")
    except OSError as error:
        raise BadInput(say("{file} cannot be read.", file=name)) from error


def write(target: Path, key: bytes, header: PackHeader, blocks: Iterable[bytes]) -> str:
    """Write and sign a new pack: all of it or nothing; gives its digest.

    blocks: as `block` makes them. key: as `signing.read` gives it. Raises BadInput, Unavailable.
    """
    demand_new(target)
    with private_folder(target.absolute().parent) as beside:
        whole = beside / "file"
        whole.touch(0o600)
        made = hashlib.sha256()
        with whole.open("wb") as file:
            file.write(MAGIC + signing.raw_public(key) + bytes(_SIGNATURE))
            for one in chain((block(header),), blocks):
                for part in (_LENGTH.pack(len(one)), one):
                    made.update(part)
                    file.write(part)
            file.seek(_SIGNED_FROM - _SIGNATURE)
            file.write(signing.signature(key, _PURPOSE + made.digest()))
        put_in_place(whole, target)
    return made.hexdigest()


def block(value: PackHeader | PackEntry | SharedEntry) -> bytes:
    """A header or an entry as it stands in a pack. Raises ImplausibleError."""
    _check(value)
    return zlib.compress(msgspec.msgpack.encode(value), 9)


def _check(value: PackHeader | PackEntry | SharedEntry) -> None:
    match value:
        case PackHeader():
            check_header(value)
        case PackEntry():
            check_entry(value)
        case SharedEntry():
            check_shared(value)
