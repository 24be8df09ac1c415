"""Local features of views: derived from originals, removable, made again by `reindex`."""

from __future__ import annotations

import mmap
from collections.abc import Iterable
from pathlib import Path

from msgspec.structs import replace

from verify.errors import Unavailable
from verify.records import Features, View, say
from verify.store.database.connection import Row, Store
from verify.store.database.refusals import refusal
from verify.store.folder import files
from verify.store.pictures import views


def keep(store: Store, exhibit_id: int, seen: Iterable[View]) -> None:
    """Keep the features of an exhibit's recorded views. Inside a transaction."""
    for view in seen:
        view_id = views.id_of(store, exhibit_id, view)
        if view.features is None or view_id is None:
            continue
        store.change("DELETE FROM features WHERE view_id = ?", (view_id,))
        store.insert(
            "features",
            view_id=view_id,
            version=view.features.version,
            width=view.features.width,
            height=view.features.height,
            points=view.features.points,
            descriptors=view.features.descriptors,
            thumbnail=view.features.thumbnail,
        )


def of(store: Store, view_id: int) -> Features | None:
    """The features of a view, without the frame."""
    row = store.row("SELECT * FROM features WHERE view_id = ?", (view_id,))
    return _features(row) if row else None


def of_exhibit(store: Store, exhibit_id: int) -> tuple[View, ...]:
    """The views by which an exhibit is found now, with fingerprints and features as they are
    kept."""
    seen = []
    for view in views.of_exhibit(store, exhibit_id):
        view_id = views.id_of(store, exhibit_id, view)
        seen.append(replace(view, features=of(store, view_id) if view_id is not None else None))
    return tuple(seen)


def has(store: Store, exhibit_id: int) -> bool:
    """Whether any view of an exhibit has features."""
    row = store.row(
        "SELECT 1 FROM features f JOIN view v ON v.id = f.view_id WHERE v.exhibit_id = ?",
        (exhibit_id,),
    )
    return row is not None


def described(store: Store, version: int) -> dict[int, int]:
    """The views that have features of this version, and which exhibit each is of, in order."""
    rows = store.rows(
        "SELECT v.id, v.exhibit_id FROM features f JOIN view v ON v.id = f.view_id"
        " WHERE f.version = ? ORDER BY v.id",
        (version,),
    )
    return {row["id"]: row["exhibit_id"] for row in rows}


def save_index(path: Path, chunks: Iterable[bytes]) -> None:
    """Save an index beside the features, whole or not at all."""
    files.replace_file(path, chunks)


def save_mapped(path: Path, chunks: Iterable[bytes]) -> memoryview:
    """Save a file of many and give it back mapped. It gets a number of its own, for the one that
    is mapped cannot be replaced on every system; `mapped_index` finds the last."""
    last = _mapped(path)
    number = int(last.stem.rpartition("-")[2]) + 1 if last else 1
    anew = path.with_name(f"{path.stem}-many-{number:06}.index")
    files.replace_file(anew, chunks)
    return saved_index(anew)


def mapped_index(path: Path) -> memoryview:
    """The last that `save_mapped` saved, empty if there is none."""
    last = _mapped(path)
    return saved_index(last) if last else memoryview(b"")


def _mapped(path: Path) -> Path | None:
    return max(path.parent.glob(f"{path.stem}-many-*.index"), default=None)


def saved_files(path: Path) -> list[Path]:
    """The files that `save_index` and `save_mapped` left last."""
    return [one for one in (path, _mapped(path)) if one and one.is_file()]


def drop_index(path: Path, *, keep: bool) -> None:
    """Remove the indexes that other versions saved and, unless `keep`, these.

    Raises Unavailable.
    """
    kept = {path, _mapped(path)} if keep else set()
    try:
        for saved in path.parent.glob("local-features-*.index"):
            if saved not in kept:
                saved.unlink(missing_ok=True)
    except OSError as error:
        cannot = Unavailable(say("The saved index of local features cannot be removed."))
        raise refusal(error) or cannot from error


def saved_index(path: Path) -> memoryview:
    """What was saved, empty if nothing; mapped, since it may be larger than what memory is free."""
    try:
        with files.open_file(path) as file:
            return memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
    except (OSError, ValueError):  # none, or empty
        return memoryview(b"")


def _features(row: Row) -> Features:
    return Features(
        version=row["version"],
        width=row["width"],
        height=row["height"],
        points=row["points"],
        descriptors=row["descriptors"],
        thumbnail=row["thumbnail"],
    )
