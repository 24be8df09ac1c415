"""The reports that were made of a case, and to whom each was given."""

from __future__ import annotations

from verify.records import MadeReport, Person
from verify.store.database.connection import Row, Store, moment, now, stamp

_MADE = "SELECT r.*, p.name AS person_name FROM report r JOIN person p ON p.id = r.person_id WHERE "


def add(store: Store, person: Person, made: MadeReport) -> bool:
    """Keep that a report was made; False where its very bytes are known. Inside a transaction."""
    return (
        store.insert_once(
            "report",
            case_id=made.case_id,
            version=made.version,
            profile=made.profile,
            language=made.language,
            format=made.format,
            head=made.head,
            sha256=made.sha256,
            person_id=person.id,
            at=stamp(now()),
        )
        is not None
    )


def give(store: Store, person: Person, report_id: int, name: str) -> bool:
    """Keep to whom a report was given; False where that was known."""
    return (
        store.insert_once(
            "report_given", report_id=report_id, name=name, person_id=person.id, at=stamp(now())
        )
        is not None
    )


def of_case(store: Store, case_id: int) -> tuple[MadeReport, ...]:
    """The reports of a case, latest first."""
    rows = store.rows(f"{_MADE} r.case_id = ? ORDER BY r.id DESC", (case_id,))
    return tuple(_made(store, row) for row in rows)


def with_bytes(store: Store, sha256: str) -> MadeReport | None:
    """The report with these bytes."""
    row = store.row(f"{_MADE} r.sha256 = ?", (sha256,))
    return _made(store, row) if row else None


def _made(store: Store, row: Row) -> MadeReport:
    given = store.rows(
        "SELECT name FROM report_given WHERE report_id = ? ORDER BY rowid", (row["id"],)
    )
    return MadeReport(
        id=row["id"],
        case_id=row["case_id"],
        version=row["version"],
        profile=row["profile"],
        language=row["language"],
        format=row["format"],
        head=row["head"],
        sha256=row["sha256"],
        by=row["person_name"],
        at=moment(row["at"]),
        given=tuple(one["name"] for one in given),
    )
