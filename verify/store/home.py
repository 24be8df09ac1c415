"""The folder of one desk: who may read it, and who holds it."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from filelock import FileLock, Timeout

from verify.errors import HomeTaken, NotFound, Unavailable
from verify.records import say
from verify.store.store import Store
from verify.store.vault import Vault


class Home:
    """A desk's folder: `desk.db`, `vault/` and the lock."""

    def __init__(self, folder: Path, *, reading: bool = False) -> None:
        """Take the folder; with `reading`, look into it beside another desk and change nothing.

        Raises Unavailable when another desk holds it or it cannot be used, NotFound when
        there is nothing to read.
        """
        self.folder = folder
        self._lock: FileLock | None = None
        database = folder / "desk.db"
        if reading:
            if not database.is_file():
                raise NotFound(say("There is no desk in {folder} yet.", folder=str(folder)))
        else:
            self._lock = _take(folder)
        try:
            self.store = Store(database, reading=reading)
            self.vault = Vault(folder / "vault", reading=reading)
        except BaseException:
            self._release()
            raise

    def close(self) -> None:
        """Close the database and let the next desk in."""
        self.store.close()
        self._release()

    def _release(self) -> None:
        if self._lock is not None:
            self._lock.release()


def _take(folder: Path) -> FileLock:
    holder = folder / "desk.pid"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.chmod(0o700)
        lock = FileLock(folder / "desk.lock", mode=0o600)
        lock.acquire(timeout=0)
        _write_private(holder, str(os.getpid()))
        _write_private(folder / "desk.db", "")
    except Timeout as error:
        number = ""
        with contextlib.suppress(OSError, UnicodeDecodeError):
            number = holder.read_text().strip()
        raise HomeTaken(
            say(
                "Another verify-desk (process {number}) is using {folder}. Stop it first.",
                number=number,
                folder=str(folder),
            )
        ) from error
    except OSError as error:
        raise Unavailable(
            say("The folder {folder} cannot be used for a desk.", folder=str(folder))
        ) from error
    return lock


def _write_private(path: Path, text: str) -> None:
    """Write a small file; an empty text only makes sure that it is there. Mode 0600."""
    flags = os.O_WRONLY | os.O_CREAT | (os.O_TRUNC if text else 0)
    with os.fdopen(os.open(path, flags, 0o600), "w") as file:
        file.write(text)
