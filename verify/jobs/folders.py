"""The files that a place stands for: the one that is named, or those below a folder."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from verify.jobs.place import Place


def files_in(place: Place) -> Iterator[tuple[Path, Path]]:
    """The file that is named, or those below the folder, sorted: where each is, and its name for
    the reader. Leaves out hidden files, links and what is no file in folders. A folder that cannot
    be read comes as itself. Raises BadInput."""
    path, given = place.path(), Path(os.fsdecode(place.given))
    if path.is_dir():
        for found in files_below(path):
            yield found, given / found.relative_to(path)
    else:
        yield path, given


def files_below(path: Path) -> Iterator[Path]:
    """The files below a folder, sorted; as `files_in`."""
    unreadable: list[Path] = []
    walk = os.walk(path, onerror=lambda error: unreadable.append(Path(error.filename)))
    for folder, folders, names in walk:
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for file in (Path(folder, name) for name in sorted(names)):
            if file.is_file() and not file.is_symlink() and not file.name.startswith("."):
                yield file
    yield from unreadable
