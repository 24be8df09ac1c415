"""Cases: one of them, and the lists of them."""

from __future__ import annotations

from collections.abc import Iterable

from verify.records import CaseFilter, CaseLine, Person, Priority, Rating, Status
from verify.store.casework.members import accounts
from verify.store.casework.visibility import VISIBLE, eyes
from verify.store.database.connection import LISTED, Row, Store, listed, moment


def case(store: Store, case_id: int) -> Row | None:
    """A case, who opened it and whose it is."""
    return store.row(
        "SELECT c.*, p.name AS person_name, coalesce(a.name, '') AS assignee"
        ' FROM "case" c JOIN person p ON p.id = c.opened_by'
        " LEFT JOIN person a ON a.id = c.assignee_id WHERE c.id = ?",
        (case_id,),
    )


_OF_PEOPLE = (
    f"(c.opened_by IN {LISTED} OR c.assignee_id IN {LISTED} OR c.id IN ("
    f"SELECT case_id FROM note WHERE person_id IN {LISTED} AND withdrawn_at IS NULL"
    f" UNION ALL SELECT case_id FROM claim WHERE recorded_by IN {LISTED}"
    f" UNION ALL SELECT case_id FROM answer WHERE person_id IN {LISTED}"
    f" UNION ALL SELECT case_id FROM verdict WHERE person_id IN {LISTED}"
    f" UNION ALL SELECT case_id FROM submission WHERE person_id IN {LISTED}))"
)


def titles(store: Store, case_ids: Iterable[int]) -> dict[int, str]:
    """What each of these cases is about: its latest claim, or its file's name."""
    rows = store.rows(
        "SELECT c.id, coalesce((SELECT text FROM claim WHERE case_id = c.id ORDER BY id DESC LIMIT"
        " 1), (SELECT json_extract(body, '$.filename') FROM submission WHERE case_id = c.id"
        f""" ORDER BY id LIMIT 1), '') AS title FROM "case" c WHERE c.id IN {LISTED}""",
        (listed(case_ids),),
    )
    return {row["id"]: row["title"] for row in rows}


def lines(
    store: Store, person: Person, offset: int, limit: int, wanted: CaseFilter
) -> list[CaseLine]:
    """Cases in a list, latest first. The title is the latest claim, or the file's name."""
    of = None if wanted.of_person is None else listed(accounts(store, wanted.of_person))
    rows = store.rows(
        "SELECT c.*, p.name AS assignee,"
        " (SELECT count(DISTINCT exhibit_id) FROM submission WHERE case_id = c.id) AS exhibits,"
        " (SELECT text FROM claim WHERE case_id = c.id ORDER BY id DESC LIMIT 1) AS claim,"
        " (SELECT json_extract(body, '$.filename') FROM submission WHERE case_id = c.id"
        "   ORDER BY id LIMIT 1) AS filename,"
        " (SELECT count(DISTINCT item) FROM answer WHERE case_id = c.id) AS answered,"
        " (SELECT rating FROM verdict WHERE case_id = c.id AND state = 'confirmed'"
        "   ORDER BY id DESC LIMIT 1) AS rating,"
        " (SELECT group_concat(name, ' ') FROM tag WHERE case_id = c.id) AS tags"
        ' FROM "case" c LEFT JOIN person p ON p.id = c.assignee_id'
        f" WHERE c.id > 0 AND c.merged_into IS NULL AND {VISIBLE}"
        f" AND (? IS NULL OR c.status = ?) AND (? IS NULL OR {_OF_PEOPLE})"
        " AND (? = '' OR EXISTS (SELECT 1 FROM tag t WHERE t.case_id = c.id AND t.name = ?))"
        " AND (? = 0 OR c.status <> 'concluded')"
        " ORDER BY c.id DESC LIMIT ? OFFSET ?",
        (
            *eyes(person),
            *(wanted.status, wanted.status),
            *[of] * (1 + _OF_PEOPLE.count("?")),
            *(wanted.tag, wanted.tag, wanted.unfinished, limit, offset),
        ),
    )
    return [_line(row) for row in rows]


def _line(row: Row) -> CaseLine:
    return CaseLine(
        id=row["id"],
        opened_at=moment(row["opened_at"]),
        exhibits=row["exhibits"],
        title=row["claim"] or row["filename"] or "",
        answered=row["answered"],
        rating=Rating(row["rating"]) if row["rating"] else None,
        status=Status(row["status"]),
        priority=Priority(row["priority"]),
        assignee=row["assignee"] or "",
        due_at=moment(row["due_at"]) if row["due_at"] else None,
        tags=tuple((row["tags"] or "").split()),
        confidential=bool(row["confidential"]),
    )
