"""What was asked of a case's source, and what they allowed."""

from __future__ import annotations

from verify.records import Consent, ConsentEvent, Use
from verify.store.database.connection import Row, Store, moment, now, stamp

_CONSENT = (
    "SELECT c.*, p.name AS person_name FROM consent c JOIN person p ON p.id = c.person_id WHERE "
)


def add(
    store: Store,
    person_id: int,
    case_id: int,
    event: ConsentEvent,
    use: Use,
    *,
    named: bool | None,
    until: str,
    key: str,
) -> int | None:
    """Write an event down; gives its id, None when the key was used before."""
    return store.insert_once(
        "consent",
        case_id=case_id,
        event=event,
        use=use,
        named=None if named is None else int(named),
        until=until,
        person_id=person_id,
        at=stamp(now()),
        key=key or None,
    )


def of_case(store: Store, case_id: int) -> tuple[Consent, ...]:
    """The events of a case, oldest first."""
    rows = store.rows(_CONSENT + "c.case_id = ? ORDER BY c.id", (case_id,))
    return tuple(map(_consent, rows))


def _consent(row: Row) -> Consent:
    return Consent(
        id=row["id"],
        case_id=row["case_id"],
        event=ConsentEvent(row["event"]),
        use=Use(row["use"]),
        by=row["person_name"],
        at=moment(row["at"]),
        named=None if row["named"] is None else bool(row["named"]),
        until=row["until"],
    )
