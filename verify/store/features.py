"""Local features of pictures: derived from originals, removable, made again by `reindex`."""

from __future__ import annotations

import mmap
from collections.abc import Iterable, Iterator
from pathlib import Path

from verify.errors import Unavailable
from verify.records import Features, say
from verify.store import files
from verify.store.refusals import refusal
from verify.store.store import Row, Store


def keep(store: Store, exhibit_id: int, features: Features) -> None:
    """Keep the features of an exhibit's whole picture. Inside a transaction."""
    store.change("DELETE FROM features WHERE exhibit_id = ?", (exhibit_id,))
    store.insert(
        "features",
        exhibit_id=exhibit_id,
        version=features.version,
        width=features.width,
        height=features.height,
        points=features.points,
        descriptors=features.descriptors,
        thumbnail=features.thumbnail,
    )


def of(store: Store, exhibit_id: int) -> Features | None:
    """The features of an exhibit, without the frame."""
    row = store.row("SELECT * FROM features WHERE exhibit_id = ?", (exhibit_id,))
    return _features(row) if row else None


def exhibits_with(store: Store, version: int) -> list[int]:
    """The exhibits that have features of this version, in order."""
    rows = store.rows(
        "SELECT exhibit_id FROM features WHERE version = ? ORDER BY exhibit_id", (version,)
    )
    return [row["exhibit_id"] for row in rows]


def save_index(path: Path, chunks: Iterable[bytes]) -> None:
    """Save an index beside the features, whole or not at all."""
    files.replace_file(path, chunks)


def drop_index(path: Path, *, keep: bool) -> None:
    """Remove the indexes that other versions saved and, unless `keep`, this one.

    Raises Unavailable.
    """
    try:
        for saved in path.parent.glob("local-features-*.index"):
            if not (keep and saved == path):
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


def copies(store: Store) -> Iterator[Row]:
    """Pairs of exhibits that matched: exhibit_id, earlier_exhibit_id, method and regions."""
    yield from store.rows(
        "SELECT v.exhibit_id, w.exhibit_id AS earlier_exhibit_id, m.method, m.region,"
        " m.earlier_region FROM match m JOIN view v ON v.id = m.view_id"
        " JOIN view w ON w.id = m.earlier_view_id"
        " WHERE coalesce((SELECT same FROM judgement WHERE match_id = m.id"
        " ORDER BY id DESC LIMIT 1), 1) = 1"
    )


def _features(row: Row) -> Features:
    return Features(
        version=row["version"],
        width=row["width"],
        height=row["height"],
        points=row["points"],
        descriptors=row["descriptors"],
        thumbnail=row["thumbnail"],
    )
