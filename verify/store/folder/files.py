"""Files that appear whole or not at all, and are read only where they are files."""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
import stat
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from io import BufferedReader
from pathlib import Path

from verify.errors import BadInput, Unavailable
from verify.records import say
from verify.store.database.refusals import refusal

_PREFIX = ".verify-desk-"


@contextmanager
def private_folder(parent: Path) -> Iterator[Path]:
    """A folder for work in progress, gone afterwards; a refusing disk becomes Unavailable.

    Those beside it whose process is dead are cleared, those of a living one are left alone. Raises
    BadInput where there is no such parent.
    """
    if not parent.is_dir():
        raise BadInput(say("There is no {file}.", file=str(parent)))
    try:
        clear_dead(parent)
        folder = Path(tempfile.mkdtemp(dir=parent, prefix=_PREFIX))
        held = hold(folder)
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)
            if held is not None:
                os.close(held)
    except (OSError, sqlite3.Error) as error:
        cannot = Unavailable(say("The disk refused; nothing was kept of the attempt."))
        raise refusal(error) or cannot from error


def clear_dead(parent: Path) -> None:
    """Remove the folders for work in progress whose process was killed."""
    with contextlib.suppress(OSError):
        for folder in parent.glob(f"{_PREFIX}*"):
            if not folder.is_symlink() and folder.is_dir() and not alive(folder):
                shutil.rmtree(folder, ignore_errors=True)


def alive(folder: Path) -> bool:
    """Whether the process works that made a folder for work in progress; True if unknown."""
    try:
        held = hold(folder)
    except OSError:
        return True
    if held is None:
        return True
    os.close(held)
    return False


def hold(folder: Path) -> int | None:
    """Hold a folder until this process ends. None where the system cannot; raises OSError where
    another holds it."""
    try:
        import fcntl
    except ImportError:  # Windows: what is in use cannot be removed there
        return None
    handle = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(handle)
        raise
    except OSError:  # a file system without locks
        os.close(handle)
        return None
    return handle


def put_in_place(path: Path, target: Path) -> None:
    """Give a finished file or folder its name, once all of it is on disk. Raises OSError."""
    for one in (*sorted(path.rglob("*"), reverse=True), path) if path.is_dir() else (path,):
        sync(one)
    path.rename(target)
    sync(target.parent)


def write_folder(target: Path, files: Mapping[str, bytes]) -> None:
    """Write a new folder with these files: all of it or nothing. Raises BadInput, Unavailable."""
    if target.exists() or target.is_symlink():
        raise BadInput(say("{file} is there already.", file=str(target)))
    if not target.absolute().parent.is_dir():
        raise BadInput(say("There is no {file}.", file=str(target.parent)))
    with private_folder(target.absolute().parent) as beside:
        whole = beside / target.name
        whole.mkdir()
        for name, content in files.items():
            (whole / name).write_bytes(content)
        put_in_place(whole, target)


def write_joined(target: Path, parts: Iterable[tuple[Path, bytes]]) -> None:
    """Write a file of others one behind the other, each with what follows it. Raises OSError."""
    with target.open("wb") as whole:
        for part, behind in parts:
            with open_file(part) as held:
                shutil.copyfileobj(held, whole)
            whole.write(behind)


def write_new(target: Path, content: bytes) -> None:
    """Write a new private file: all of it or nothing. Does nothing where it is there already, byte
    for byte. Raises BadInput where another is, Unavailable."""
    demand_new(target, content)
    with private_folder(target.absolute().parent) as beside:
        whole = beside / "file"
        whole.touch(0o600)
        whole.write_bytes(content)
        if not target.exists():
            put_in_place(whole, target)


def demand_new(target: Path, content: bytes = b"") -> None:
    """Raise BadInput where something else than a file with this content has that name."""
    if target.is_symlink() or (
        target.exists() and not (target.is_file() and content and target.read_bytes() == content)
    ):
        raise BadInput(say("{file} exists already. Name a new file.", file=str(target)))


def sync(path: Path) -> None:
    """Have a file, or which names a folder holds, on disk. Raises OSError."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def open_file(path: Path) -> BufferedReader:
    """Open a file to read. Raises OSError where there is anything else: no link is followed, and
    nobody waits for a pipe."""
    handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise OSError("no ordinary file")
    return os.fdopen(handle, "rb")


def replace_file(path: Path, chunks: Iterable[bytes]) -> None:
    """Write a private file and put it in place once it is on disk. Raises OSError."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
    try:
        with os.fdopen(handle, "wb") as file:
            for chunk in chunks:
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def clear_unfinished(path: Path) -> None:
    """Remove what interrupted writes of this file left behind."""
    for stray in path.parent.glob(f".{path.name}-*"):
        stray.unlink(missing_ok=True)
