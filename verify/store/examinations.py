"""What the lab and the comparisons saw: examinations, findings, views and their fingerprints."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import msgspec

from verify.records import (
    Corners,
    Examination,
    Finding,
    View,
    ViewKind,
)
from verify.store.store import Row, Store, now, stamp


@dataclass(frozen=True)
class Examined:
    """An examination in the store."""

    id: int
    examination: Examination


def add(store: Store, exhibit_id: int, person_id: int, examination: Examination) -> int:
    """Record an examination, its findings, views and fingerprints. Inside a transaction."""
    at = now()
    bare = msgspec.structs.replace(examination, views=(), findings=())
    number = store.insert(
        "examination",
        exhibit_id=exhibit_id,
        lab_version=examination.lab_version,
        person_id=person_id,
        at=stamp(at),
        body=msgspec.json.encode(bare).decode(),
    )
    for finding in examination.findings:
        _add_finding(store, number, finding, at)
    if examination.views:  # what there is beside the whole may have been told otherwise before
        store.change(
            "DELETE FROM fingerprint WHERE view_id IN"
            " (SELECT id FROM view WHERE exhibit_id = ? AND kind != ?)",
            (exhibit_id, ViewKind.WHOLE),
        )
    for view in examination.views:
        _add_view(store, exhibit_id, view)
    return number


def _add_finding(
    store: Store,
    examination_id: int,
    finding: Finding,
    at: datetime,
    case_id: int | None = None,
    version: int | None = None,
) -> None:
    store.insert(
        "finding",
        examination_id=examination_id,
        case_id=case_id,
        comparisons_version=version,
        check_name=finding.check,
        pillar=finding.pillar,
        outcome=finding.outcome,
        body=msgspec.json.encode(finding).decode(),
        at=stamp(at),
    )


def _add_view(store: Store, exhibit_id: int, view: View) -> None:
    store.insert_once(
        "view",
        exhibit_id=exhibit_id,
        kind=view.kind,
        at_ms=view.at_ms,
        corners=_packed(view.corners),
    )
    view_id = id_of_view(store, exhibit_id, view)
    for print_ in view.fingerprints:
        store.insert_once(
            "fingerprint",
            view_id=view_id,
            algorithm=print_.algorithm,
            version=print_.version,
            hash=print_.hash,
            quality=print_.quality,
        )


def compared(
    store: Store, examination_id: int, case_id: int, findings: Iterable[Finding], version: int
) -> None:
    """Replace what the comparisons say in a case; what they said before is kept as superseded."""
    at = now()
    store.change(
        "UPDATE finding SET superseded_at = ?"
        " WHERE examination_id = ? AND case_id = ? AND superseded_at IS NULL",
        (stamp(at), examination_id, case_id),
    )
    for finding in findings:
        _add_finding(store, examination_id, finding, at, case_id, version)


def latest(store: Store, exhibit_id: int) -> Examined | None:
    """The latest examination of an exhibit with its own findings, views left out."""
    row = store.row(
        "SELECT * FROM examination WHERE exhibit_id = ? ORDER BY id DESC LIMIT 1", (exhibit_id,)
    )
    if row is None:
        return None
    bare = msgspec.json.decode(row["body"], type=Examination)
    own = _findings(
        store, "examination_id = ? AND case_id IS NULL AND superseded_at IS NULL", row["id"]
    )
    return Examined(row["id"], msgspec.structs.replace(bare, findings=own))


def added_since(store: Store, exhibit_id: int, at: datetime) -> bool:
    """Whether an exhibit was examined at or after a moment."""
    row = store.row(
        "SELECT 1 FROM examination WHERE exhibit_id = ? AND at >= ?", (exhibit_id, stamp(at))
    )
    return row is not None


def comparison_findings(store: Store, examination_id: int, case_id: int) -> tuple[Finding, ...]:
    """What the comparisons say now about an examination in a case."""
    return _findings(
        store,
        "examination_id = ? AND case_id = ? AND superseded_at IS NULL",
        examination_id,
        case_id,
    )


def _findings(store: Store, where: str, *values: int) -> tuple[Finding, ...]:
    rows = store.rows(f"SELECT body FROM finding WHERE {where} ORDER BY id", values)
    return tuple(msgspec.json.decode(row["body"], type=Finding) for row in rows)


def hashes(store: Store, algorithm: str, version: int, least_quality: int) -> list[Row]:
    """All fingerprints good enough to match on: rows of view_id and hash."""
    return store.rows(
        "SELECT view_id, hash FROM fingerprint"
        " WHERE algorithm = ? AND version = ? AND quality >= ? ORDER BY view_id",
        (algorithm, version, least_quality),
    )


def place_of_view(store: Store, view_id: int) -> tuple[int, Corners | None]:
    """The exhibit that a view is part of, and which part; None for the whole."""
    row = store.row("SELECT exhibit_id, corners FROM view WHERE id = ?", (view_id,))
    assert row is not None  # noqa: S101 - asked for a known view
    corners = row["corners"] and msgspec.json.decode(row["corners"], type=Corners)
    return int(row["exhibit_id"]), corners


def id_of_view(store: Store, exhibit_id: int, view: View) -> int | None:
    """The id of a view of an exhibit, if it is recorded."""
    row = store.row(
        "SELECT id FROM view WHERE exhibit_id = ? AND kind = ? AND at_ms IS ? AND corners IS ?",
        (exhibit_id, view.kind, view.at_ms, _packed(view.corners)),
    )
    return int(row["id"]) if row else None


def views_of(store: Store, exhibit_id: int) -> list[int]:
    """The ids of all views that an exhibit ever had, the whole picture's first."""
    rows = store.rows("SELECT id FROM view WHERE exhibit_id = ? ORDER BY id", (exhibit_id,))
    return [row["id"] for row in rows]


def whole_view(store: Store, exhibit_id: int) -> int | None:
    """The id of the view that is an exhibit's whole picture."""
    return id_of_view(store, exhibit_id, View(kind=ViewKind.WHOLE, fingerprints=()))


def _packed(corners: Corners | None) -> str | None:
    return msgspec.json.encode(corners).decode() if corners else None
