"""Takes the files out of a ZIP archive, one at a time, within bounds.

Nothing of an archive names a path here: each file is written under one name of our own, and is
gone when the next one is asked for. Python's `zipfile` reads the archive, piece by piece.
"""

from __future__ import annotations

import io
import os
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from verify.errors import BadInput
from verify.records import ByteSize, Sentence, say
from verify.regular import descriptor_of
from verify.store.files import private_folder

MOST_ENTRIES = 10_000
MOST_BYTES = 8 << 30  # of one archive, unpacked
MOST_RATIO = 100  # unpacked to packed; photographs hardly shrink
_SMALL = 1 << 20  # so many bytes more are never called a bomb
_MOST_DIRECTORY = 8 << 20  # bytes of the list of entries
_CHUNK = 1 << 16
_ARCHIVES = {".zip", ".7z", ".rar", ".tar", ".gz", ".tgz", ".bz2", ".xz", ".zst", ".jar", ".cab"}
_LEFT_ALONE = ("__MACOSX",)


@dataclass(frozen=True)
class Entry:
    """A file in an archive: its name there, and where it lies now; or why it was left out."""

    name: str
    path: Path | None = None
    left_out: Sentence | None = None


def is_archive(path: Path) -> bool:
    """Whether a file is a ZIP archive by its name and its beginning."""
    if path.suffix.lower() != ".zip":
        return False
    try:
        with os.fdopen(descriptor_of(path), "rb") as file:
            return file.read(4) in (b"PK\3\4", b"PK\5\6")
    except OSError:
        return False


def entries(archive: Path, parent: Path) -> Iterator[Entry]:
    """Every file of an archive, unpacked into a folder below `parent` while it is looked at.

    Folders and hidden files are passed over. Raises BadInput when the archive as a whole is
    refused or damaged, Unavailable when the disk refuses.
    """
    with private_folder(parent) as folder:
        try:
            with _ShortReads(io.FileIO(archive)) as file, zipfile.ZipFile(file) as opened:
                listed = opened.infolist()
                if len(listed) > MOST_ENTRIES:
                    raise _too_many()
                budget = _Budget(min(MOST_BYTES, MOST_RATIO * archive.stat().st_size + _SMALL))
                for info in listed:
                    if not _passed_over(info):
                        yield _unpacked(opened, info, folder / "entry", budget)
        except (zipfile.BadZipFile, UnicodeDecodeError, struct.error, EOFError) as error:
            raise BadInput(say("This archive is damaged.")) from error


@dataclass
class _Budget:
    """How many bytes may still be unpacked."""

    left: int

    def take(self, count: int) -> None:
        self.left -= count
        if self.left < 0:
            raise BadInput(
                say(
                    "This archive unpacks to more than {ratio} times its size, or to more than"
                    " {limit}. The rest of it was not opened.",
                    ratio=MOST_RATIO,
                    limit=ByteSize(count=MOST_BYTES),
                )
            )


def _too_many() -> BadInput:
    return BadInput(
        say("This archive lists more than {limit} files. It was not opened.", limit=MOST_ENTRIES)
    )


class _ShortReads(io.BufferedReader):
    """A file of which nobody reads much at once: `zipfile` reads the whole list of entries so,
    however the archive says where it lies, and would fill the memory with it."""

    def read(self, size: int | None = -1) -> bytes:
        """As always. Raises BadInput when that is more than a list of so many entries takes."""
        if size is None or size < 0:
            size = os.fstat(self.fileno()).st_size - self.tell()
        if size > _MOST_DIRECTORY:
            raise _too_many()
        return super().read(size)


def _passed_over(info: zipfile.ZipInfo) -> bool:
    parts = PurePosixPath(info.filename.replace("\\", "/")).parts
    return info.is_dir() or any(
        part in _LEFT_ALONE or (part.startswith(".") and part != "..") for part in parts
    )


def _unpacked(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, target: Path, budget: _Budget
) -> Entry:
    if refused := _refused(info):
        return Entry(info.filename, left_out=refused)
    try:
        with archive.open(info) as packed, target.open("wb") as file:
            unpacked = 0
            while chunk := packed.read(_CHUNK):
                unpacked += len(chunk)
                budget.take(len(chunk))
                if unpacked > MOST_RATIO * info.compress_size + _SMALL:
                    return Entry(info.filename, left_out=_bomb())
                file.write(chunk)
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError):
        return Entry(info.filename, left_out=say("It is damaged in the archive."))
    except (NotImplementedError, RuntimeError, OSError) as error:
        if isinstance(error, OSError) and error.errno:  # our disk's; LZMA and bzip2 set none
            raise
        return Entry(info.filename, left_out=say("It is packed in a way that cannot be read."))
    return Entry(info.filename, target)


def _refused(info: zipfile.ZipInfo) -> Sentence | None:
    """Why an entry is not even looked at."""
    path = PurePosixPath(info.filename.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or (path.parts[:1] and path.parts[0].endswith(":")):
        return say("Its name leads out of the archive.")
    if info.flag_bits & 1:
        return say("It is encrypted: unpack it with its password first.")
    kind = stat.S_IFMT(info.external_attr >> 16)
    if kind not in (0, stat.S_IFREG):
        return say("It is a link or a device, not a file.")
    if path.suffix.lower() in _ARCHIVES:
        return say("It is an archive within the archive: unpack it first.")
    return None


def _bomb() -> Sentence:
    return say("It unpacks to more than {ratio} times its size.", ratio=MOST_RATIO)
