"""What the lab and the comparisons saw: examinations and their findings."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import msgspec

from verify.records import Examination, Finding
from verify.store.database.connection import Store, now, stamp
from verify.store.pictures import views


@dataclass(frozen=True)
class Examined:
    """An examination in the store."""

    id: int
    examination: Examination


def add(store: Store, exhibit_id: int, person_id: int, examination: Examination) -> int:
    """Record an examination, its findings and views. Inside a transaction."""
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
    views.keep(store, exhibit_id, examination.views)
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
