"""The views of exhibits, and the fingerprints by which each is found again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import msgspec

from verify.records import Corners, Fingerprint, View, ViewKind
from verify.store.database.connection import LISTED, Row, Store, listed


@dataclass(frozen=True)
class Known:
    """A view in the store, bare, and the exhibit that it is of."""

    id: int
    exhibit_id: int
    view: View


def keep(store: Store, exhibit_id: int, seen: Iterable[View]) -> None:
    """Record the views of an exhibit and how each is found. Inside a transaction.

    What was seen in its picture before and is no more keeps its number, which matches name, but
    is found no longer. Where nothing was seen, as in a file that failed, all stays.
    """
    seen = tuple(seen)
    if seen:
        _replace(store, exhibit_id, seen, "kind <> 'whole'")


def keep_frames(store: Store, exhibit_id: int, frames: Iterable[View]) -> None:
    """The same of the frames of what moves, and of nothing else. Inside a transaction."""
    frames = tuple(frames)
    if frames:
        _replace(store, exhibit_id, frames, "kind = 'frame'")


def _replace(store: Store, exhibit_id: int, seen: tuple[View, ...], these: str) -> None:
    for table in ("fingerprint", "features"):
        store.change(
            f"DELETE FROM {table} WHERE view_id IN"
            f" (SELECT id FROM view WHERE exhibit_id = ? AND {these})",
            (exhibit_id,),
        )
    for view in seen:
        view_id = named(store, exhibit_id, view)
        for print_ in view.fingerprints:
            store.insert_once(
                "fingerprint",
                view_id=view_id,
                algorithm=print_.algorithm,
                version=print_.version,
                hash=print_.hash,
                quality=print_.quality,
            )


def named(store: Store, exhibit_id: int, view: View) -> int | None:
    """The id of a view of an exhibit, recorded if it was not. Inside a transaction."""
    store.insert_once(
        "view",
        exhibit_id=exhibit_id,
        kind=view.kind,
        at_ms=view.at_ms,
        corners=_packed(view.corners),
        number=view.number,
    )
    return id_of(store, exhibit_id, view)


def hashes(store: Store, algorithm: str, version: int, least_quality: int) -> list[Row]:
    """All fingerprints good enough to match on: rows of view_id and hash."""
    return store.rows(
        "SELECT view_id, hash FROM fingerprint"
        " WHERE algorithm = ? AND version = ? AND quality >= ? ORDER BY view_id",
        (algorithm, version, least_quality),
    )


def known(store: Store, view_ids: Iterable[int]) -> dict[int, Known]:
    """Views by their ids, however many, in one query."""
    rows = store.rows(f"SELECT * FROM view WHERE id IN {LISTED}", (listed(view_ids),))
    return {row["id"]: Known(row["id"], row["exhibit_id"], read(row)) for row in rows}


def of_exhibits_in_cases(store: Store, view_ids: Iterable[int]) -> set[int]:
    """Those of these views whose exhibits stand in a case that people opened."""
    rows = store.rows(
        f"SELECT id FROM view WHERE id IN {LISTED} AND EXISTS (SELECT 1 FROM submission s"
        " WHERE s.exhibit_id = view.exhibit_id AND s.case_id > 0)",
        (listed(view_ids),),
    )
    return {row["id"] for row in rows}


def id_of(store: Store, exhibit_id: int, view: View) -> int | None:
    """The id of a view of an exhibit, if it is recorded."""
    row = store.row(
        "SELECT id FROM view WHERE exhibit_id = ? AND kind = ? AND at_ms IS ? AND corners IS ?"
        " AND number IS ?",
        (exhibit_id, view.kind, view.at_ms, _packed(view.corners), view.number),
    )
    return int(row["id"]) if row else None


def ids_of(store: Store, *exhibit_ids: int) -> list[int]:
    """The ids of all views that exhibits ever had, the whole picture's first."""
    rows = store.rows(
        f"SELECT id FROM view WHERE exhibit_id IN {LISTED} ORDER BY id", (listed(exhibit_ids),)
    )
    return [row["id"] for row in rows]


def seen_in(store: Store, exhibit_ids: Iterable[int]) -> set[int]:
    """Those of these exhibits that have views."""
    rows = store.rows(
        f"SELECT DISTINCT exhibit_id FROM view WHERE exhibit_id IN {LISTED}",
        (listed(exhibit_ids),),
    )
    return {row["exhibit_id"] for row in rows}


def wholes(store: Store) -> dict[int, int]:
    """The view that is an exhibit's whole picture, for each exhibit that has one."""
    rows = store.rows("SELECT exhibit_id, id FROM view WHERE kind = ?", (ViewKind.WHOLE,))
    return {row["exhibit_id"]: row["id"] for row in rows}


def frame_ids(store: Store, exhibit_id: int) -> set[int]:
    """The ids of all frames that an exhibit ever had."""
    rows = store.rows(
        "SELECT id FROM view WHERE exhibit_id = ? AND kind = ?", (exhibit_id, ViewKind.FRAME)
    )
    return {row["id"] for row in rows}


def of_films(store: Store) -> dict[int, int]:
    """The frames of films of which there is footage: for each the film's exhibit."""
    rows = store.rows(
        "SELECT v.id, v.exhibit_id FROM view v JOIN footage f ON f.exhibit_id = v.exhibit_id"
        " WHERE v.kind = ?",
        (ViewKind.FRAME,),
    )
    return {row["id"]: row["exhibit_id"] for row in rows}


def frame_times(store: Store, exhibit_id: int) -> list[int]:
    """When the frames of a film are shown by which features find it, in milliseconds, in order."""
    rows = store.rows(
        "SELECT v.at_ms FROM view v JOIN features f ON f.view_id = v.id"
        " WHERE v.exhibit_id = ? AND v.kind = ? ORDER BY v.at_ms",
        (exhibit_id, ViewKind.FRAME),
    )
    return [row["at_ms"] for row in rows]


def hash_of(store: Store, view_id: int) -> bytes | None:
    """PDQ of a view, if it is kept."""
    row = store.row(
        "SELECT hash FROM fingerprint WHERE view_id = ? AND algorithm = 'pdq'", (view_id,)
    )
    return row["hash"] if row else None


def of_exhibit(store: Store, exhibit_id: int) -> tuple[View, ...]:
    """The views by which an exhibit is found now, with their fingerprints as they are kept."""
    rows = store.rows(
        "SELECT v.*, f.algorithm, f.version, f.hash, f.quality FROM view v"
        " JOIN fingerprint f ON f.view_id = v.id WHERE v.exhibit_id = ? ORDER BY v.id, f.id",
        (exhibit_id,),
    )
    found: dict[View, list[Fingerprint]] = {}
    for row in rows:
        found.setdefault(read(row), []).append(
            Fingerprint(row["algorithm"], row["version"], row["hash"], row["quality"])
        )
    return tuple(
        msgspec.structs.replace(view, fingerprints=tuple(prints)) for view, prints in found.items()
    )


def read(row: Row, prefix: str = "") -> View:
    """A view from a row that has its columns, each behind the prefix."""
    return _view(*(row[f"{prefix}{name}"] for name in ("kind", "at_ms", "corners", "number")))


@lru_cache(maxsize=1000)
def _view(kind: str, at_ms: int | None, corners: str | None, number: int | None) -> View:
    """A view, most of which are whole pictures."""
    return View(
        kind=ViewKind(kind),
        at_ms=at_ms,
        corners=msgspec.json.decode(corners, type=Corners) if corners else None,
        number=number,
    )


def _packed(corners: Corners | None) -> str | None:
    return msgspec.json.encode(corners).decode() if corners else None
