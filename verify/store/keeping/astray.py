"""What merges of earlier versions lost: cases in a circle, of which none stands, and what was
written into a case after it had become part of another."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from verify.records import Status
from verify.store.casework import sharing
from verify.store.database.connection import Store, now
from verify.store.folder.files import private_folder
from verify.store.keeping import custody

_COPY = "desk-before-merges-were-repaired-"
_WRITTEN = ("submission", "sighting", "claim", "note", "answer", "verdict")
_FIRMEST = (Status.CONCLUDED, Status.IN_REVIEW, Status.REOPENED, Status.OPEN)


def circles(store: Store) -> tuple[tuple[int, ...], ...]:
    """The cases that were merged into one another, so that none of them stands."""
    rows = store.rows('SELECT id, merged_into FROM "case" WHERE merged_into IS NOT NULL')
    into = {row["id"]: row["merged_into"] for row in rows}
    found = set()
    for start in into:
        way = [start]
        while (step := into.get(way[-1])) is not None and step not in way:
            way.append(step)
        if step is not None:
            found.add(tuple(sorted(way[way.index(step) :])))
    return tuple(sorted(found))


def astray(store: Store) -> tuple[int, ...]:
    """The cases that are part of another one and hold something all the same."""
    holds = " OR ".join(f"id IN (SELECT case_id FROM {table})" for table in _WRITTEN)
    rows = store.rows(
        f'SELECT id FROM "case" WHERE merged_into IS NOT NULL AND wiped_at IS NULL AND ({holds})'
        " ORDER BY id"
    )
    round_about = {case_id for circle in circles(store) for case_id in circle}
    return tuple(row["id"] for row in rows if row["id"] not in round_about)


def put_right(store: Store, person_id: int) -> list[tuple[int, int]]:
    """Let one case of each circle stand and hold what all held; bring together what lay astray.

    Gives pairs: a case, and the one that stands for it now. Inside a transaction.
    """
    pairs, strays = [], astray(store)
    for circle in circles(store):
        stands = _before(store, circle)
        parts = [case_id for case_id in circle if case_id != stands]
        sharing.change(store, stands, "merged_into", None)
        _keep_firmest(store, stands, circle)
        pairs += [(part, stands) for part in parts]
    pairs += [(part, sharing.merged_into(store, part)) for part in strays]
    for part, stands in pairs:
        sharing.gather(store, part, stands)
        custody.append(store, "merge repaired", person_id, case=stands, part=part)
    return pairs


def _before(store: Store, circle: tuple[int, ...]) -> int:
    """The case that stood before the merge that closed the circle: that one was never meant."""
    last = store.row(
        "SELECT json_extract(subject, '$.case') AS id FROM custody_event WHERE kind = 'merged'"
        f" AND id IN (SELECT max(id) FROM custody_event WHERE kind = 'merged' AND"
        f" json_extract(subject, '$.case') IN ({', '.join(map(str, circle))}))"
    )
    return int(last["id"]) if last else circle[0]


def _keep_firmest(store: Store, stands: int, circle: tuple[int, ...]) -> None:
    """What was set on any of the cases holds: hidden stays hidden, locked stays locked."""
    numbers = ", ".join(map(str, circle))
    rows = store.rows(f'SELECT * FROM "case" WHERE id IN ({numbers}) ORDER BY id <> {stands}, id')
    statuses = {Status(row["status"]) for row in rows}
    sharing.change(store, stands, "status", next(s for s in _FIRMEST if s in statuses))
    sharing.change(store, stands, "confidential", max(row["confidential"] for row in rows))
    for column in ("assignee_id", "due_at"):
        value = next((row[column] for row in rows if row[column] is not None), None)
        sharing.change(store, stands, column, value)


def copy(folder: Path) -> Path:
    """Copy the database of a home beside it, under a name that says why. Raises Unavailable."""
    target = folder / f"{_COPY}{now():%Y%m%dT%H%M%SZ}.db"
    with private_folder(folder / "vault" / "incoming") as unfinished:  # cleared at a start
        fresh = unfinished / "copy.db"
        with (
            closing(sqlite3.connect(f"{(folder / 'desk.db').as_uri()}?mode=ro", uri=True)) as now_,
            closing(sqlite3.connect(fresh)) as then,
        ):
            now_.backup(then)
        fresh.chmod(0o600)
        with fresh.open("rb") as file:
            os.fsync(file.fileno())
        fresh.rename(target)
    return target


def remove_copies(folder: Path) -> None:
    """Remove those copies: what is wiped must not stay in them. Raises OSError."""
    for path in folder.glob(f"{_COPY}*.db"):
        path.unlink()
