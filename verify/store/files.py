"""Files that appear whole or not at all."""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from verify.errors import Unavailable
from verify.records import say
from verify.store.refusals import refusal


@contextmanager
def private_folder(parent: Path) -> Iterator[Path]:
    """A folder for work in progress, gone afterwards; a refusing disk becomes Unavailable."""
    try:
        folder = Path(tempfile.mkdtemp(dir=parent, prefix=".verify-desk-"))
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)
    except (OSError, sqlite3.Error) as error:
        cannot = Unavailable(say("The disk refused; nothing was kept of the attempt."))
        raise refusal(error) or cannot from error


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
