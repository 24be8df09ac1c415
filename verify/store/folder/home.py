"""The folder of one desk: who may read it, and who holds it."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

from filelock import FileLock, Timeout

from verify.errors import HomeTaken, NotFound, Unavailable
from verify.records import say
from verify.store.database.connection import Store
from verify.store.database.moving import Progress
from verify.store.database.refusals import refusal
from verify.store.folder.files import clear_dead, hold
from verify.store.folder.kinds import demand_ordinary
from verify.store.folder.vault import Vault


class Home:
    """A desk's folder: `desk.db`, `vault/` and the lock."""

    def __init__(
        self,
        folder: Path,
        *,
        reading: bool = False,
        as_it_is: bool = False,
        progress: Progress | None = None,
    ) -> None:
        """Take the folder; with `reading`, look into it beside another desk and change nothing,
        but to bring a home of an earlier version up to date, unless `as_it_is`. progress: is told
        how far that is.

        Raises Unavailable when another desk holds it or it cannot be used, NotFound when
        there is nothing to read.
        """
        self.folder = folder
        self._held: ExitStack | None = None
        database = folder / "desk.db"
        demand_ordinary(folder)
        if reading:
            if not database.is_file():
                raise NotFound(say("There is no desk in {folder} yet.", folder=str(folder)))
        else:
            self._held = _take(folder)
            clear_dead(working(folder))
        try:
            up_to_date = as_it_is or not reading
            self.store = (
                Store(database, reading=reading, progress=progress)
                if up_to_date
                else _up_to_date(folder, progress)
            )
            self.vault = Vault(folder / "vault", reading=reading)
        except BaseException:
            self._release()
            raise

    def close(self) -> None:
        """Close the database and let the next desk in."""
        self.store.close()
        self._release()

    def _release(self) -> None:
        if self._held is not None:
            self._held.close()


def _up_to_date(folder: Path, progress: Progress | None) -> Store:
    """The store to look into, with the tables of this version.

    A home of an earlier version is brought up to date where nobody works in it. Raises
    Unavailable where that cannot be.
    """
    store = Store(folder / "desk.db", reading=True)
    try:
        if not store.pending():
            return store
    except Unavailable:  # what is damaged or full is told where it is read
        return store
    store.close()
    try:
        with _take(folder):
            Store(folder / "desk.db", progress=progress).close()
    except Unavailable as error:
        raise Unavailable(
            say(
                "An earlier version of verify-desk made this desk, and it could not be brought up"
                " to date: {reason}",
                reason=error.sentence,
            )
        ) from error
    return Store(folder / "desk.db", reading=True)


def working(folder: Path) -> Path:
    """Where commands keep what is half made, of whichever process; a start clears it of what a
    kill left there. Raises Unavailable."""
    place = folder / "working"
    try:
        place.mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise refusal(error) or _cannot_be_used(folder) from error
    return place


def _take(folder: Path) -> ExitStack:
    """Hold a home for this process."""
    holder = folder / "desk.pid"
    held = ExitStack()
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.chmod(0o700)
        held.enter_context(_folder_held(folder))
        held.enter_context(FileLock(folder / "desk.lock", mode=0o600).acquire(timeout=0))
        _write_private(holder, str(os.getpid()))
    except (Timeout, BlockingIOError) as error:
        held.close()
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
        held.close()
        raise _cannot_be_used(folder) from error
    return held


@contextlib.contextmanager
def _folder_held(folder: Path) -> Iterator[None]:
    """Hold the folder itself: `desk.lock`, which former versions hold too, can be removed.

    Raises BlockingIOError while another process holds it.
    """
    handle = hold(folder)
    try:
        yield
    finally:
        if handle is not None:
            os.close(handle)


def _cannot_be_used(folder: Path) -> Unavailable:
    return Unavailable(say("The folder {folder} cannot be used for a desk.", folder=str(folder)))


def _write_private(path: Path, text: str) -> None:
    """Write a small file, mode 0600."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_NOFOLLOW | os.O_TRUNC
    with os.fdopen(os.open(path, flags, 0o600), "w") as file:
        file.write(text)
