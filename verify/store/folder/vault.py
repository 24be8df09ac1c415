"""Originals by content address: written once, synced, never rewritten."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from verify.errors import Unavailable
from verify.records import say
from verify.regular import descriptor_of
from verify.store.database.refusals import refusal
from verify.store.folder.files import open_file, sync

_CHUNK = 1 << 20


@dataclass(frozen=True)
class Preserved:
    """A file in the vault. sha256: 64 hex digits; size: in bytes."""

    sha256: str
    size: int


class Vault:
    """A folder of originals, each named by its SHA-256 and by nothing else."""

    def __init__(self, folder: Path, *, reading: bool = False) -> None:
        """Make the folder when needed and clear what an interrupted write left behind."""
        self._folder = folder
        self.incoming = folder / "incoming"
        if reading:
            return
        for made in (folder, self.incoming):
            made.mkdir(mode=0o700, parents=True, exist_ok=True)
        for stray in self.incoming.iterdir():
            if stray.is_dir() and not stray.is_symlink():
                shutil.rmtree(stray, ignore_errors=True)
            else:
                stray.unlink()

    def path(self, sha256: str) -> Path:
        """Where the original with this digest lies, or would lie."""
        return self._folder / sha256[:2] / sha256

    def preserve(self, content: bytes | Path) -> Preserved:
        """Copy a file in: temporary file, sync, rename, sync of the folder.

        When this returns, a power cut no longer loses the file. Raises Unavailable.
        """
        try:
            # mkstemp makes the file 0600
            handle, name = tempfile.mkstemp(dir=self.incoming)
            try:
                kept = self._copy(content, handle)
                if self.intact(kept.sha256):
                    Path(name).unlink()  # an original that is there is never rewritten
                else:
                    Path(name).rename(self._place(kept.sha256))
            except BaseException:
                Path(name).unlink(missing_ok=True)
                raise
            sync(self.path(kept.sha256).parent)
        except OSError as error:
            cannot = say("The file could not be written to the vault; it is not preserved.")
            raise refusal(error) or Unavailable(cannot) from error
        return kept

    def _copy(self, content: bytes | Path, handle: int) -> Preserved:
        digest, size = hashlib.sha256(), 0
        with os.fdopen(handle, "wb") as target:
            for chunk in _chunks(content):
                digest.update(chunk)
                size += len(chunk)
                target.write(chunk)
            target.flush()
            os.fsync(target.fileno())
        return Preserved(digest.hexdigest(), size)

    def _place(self, sha256: str) -> Path:
        target = self.path(sha256)
        if not target.parent.is_dir():
            target.parent.mkdir(mode=0o700, exist_ok=True)
            sync(self._folder)
        return target

    def holds(self, sha256: str) -> bool:
        """Whether the original is there, whatever its bytes."""
        path = self.path(sha256)
        return path.is_file() and not path.is_symlink()

    def intact(self, sha256: str) -> bool:
        """Whether the original is there and still has its digest."""
        try:
            with open_file(self.path(sha256)) as file:
                return hashlib.file_digest(file, "sha256").hexdigest() == sha256
        except OSError:
            return False

    def original(self, sha256: str) -> Path:
        """Where the original lies, which is whole. Raises Unavailable."""
        if not self.intact(sha256):
            raise Unavailable(
                say("The original of this exhibit is missing or changed: take it from a backup.")
            )
        return self.path(sha256)

    def remove(self, sha256: str) -> None:
        """Take an original away for good; one that is gone is no matter. Raises OSError."""
        path = self.path(sha256)
        path.unlink(missing_ok=True)
        if path.parent.is_dir():
            sync(path.parent)

    def names(self, settled_seconds: int) -> set[str]:
        """The digests of the originals that have been there for so long."""
        since = time.time() - settled_seconds
        found = self._folder.glob("??/*")
        return {path.name for path in found if path.lstat().st_ctime <= since}


def sha256_of(content: bytes | Path) -> str:
    """The digest by which the vault would name a file. Raises OSError."""
    digest = hashlib.sha256()
    for chunk in _chunks(content):
        digest.update(chunk)
    return digest.hexdigest()


def _chunks(content: bytes | Path) -> Iterator[bytes]:
    if isinstance(content, bytes):
        yield content
        return
    with os.fdopen(descriptor_of(content), "rb") as file:
        while chunk := file.read(_CHUNK):
            yield chunk
