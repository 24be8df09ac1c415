"""What people answer to the items of the checklist."""

from __future__ import annotations

from verify.records import Answer, Person, Reply
from verify.store.database.connection import Store, moment, now, stamp


def add(
    store: Store,
    person: Person,
    case_id: int,
    item: str,
    reply: Reply,
    text: str,
    examination_id: int | None,
    *,
    proposed: bool = False,
) -> Answer:
    """Answer a checklist item; former answers stay in the record."""
    at = now()
    store.insert(
        "answer",
        case_id=case_id,
        item=item,
        reply=reply,
        text=text,
        person_id=person.id,
        at=stamp(at),
        examination_id=examination_id,
        proposed=proposed,
    )
    return Answer(
        item=item,
        reply=reply,
        text=text,
        by=person.name,
        at=at,
        examination_id=examination_id,
        proposed=proposed,
    )


def of_case(store: Store, case_id: int) -> tuple[Answer, ...]:
    """All answers given on a case, oldest first."""
    rows = store.rows(
        "SELECT a.*, p.name AS person_name FROM answer a JOIN person p ON p.id = a.person_id"
        " WHERE case_id = ? ORDER BY a.id",
        (case_id,),
    )
    return tuple(
        Answer(
            item=row["item"],
            reply=Reply(row["reply"]),
            text=row["text"],
            by=row["person_name"],
            at=moment(row["at"]),
            examination_id=row["examination_id"],
            proposed=bool(row["proposed"]),
        )
        for row in rows
    )
