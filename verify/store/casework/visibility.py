"""Which cases a person may see: all but the confidential ones of others, and wiped ones."""

from __future__ import annotations

from collections.abc import Iterable

from verify.records import Person
from verify.store.database.connection import LISTED, Store, listed

_SEEN = (
    "(c.wiped_at IS NULL AND ({at_console} OR c.confidential = 0 OR EXISTS"
    " (SELECT 1 FROM case_member cm WHERE cm.case_id = c.id AND cm.person_id = {person})))"
)

VISIBLE = _SEEN.format(at_console="?", person="?")
"""A condition on the table "case" named c; `eyes` gives its two values."""

VISIBLE_TO_MEMBER = f"(p.role IS NOT NULL AND {_SEEN.format(at_console='0', person='p.id')})"
"""Whether a case is visible to each row of the table person, named p, in a chat with them alone."""


def eyes(person: Person) -> tuple[bool, int]:
    """The values for `VISIBLE`."""
    return person.at_console, 0 if person.among_others else person.id


def sees(store: Store, person: Person, case_id: int) -> bool:
    """Whether this person may see that case."""
    row = store.row(
        f'SELECT 1 FROM "case" c WHERE c.id = ? AND {VISIBLE}',
        (case_id, *eyes(person)),
    )
    return row is not None


def closed(store: Store, person: Person) -> list[int]:
    """The confidential cases that this person may not see, latest first."""
    rows = store.rows(
        'SELECT c.id FROM "case" c WHERE c.confidential AND c.id > 0 AND c.wiped_at IS NULL'
        f" AND c.merged_into IS NULL AND NOT {VISIBLE} ORDER BY c.id DESC",
        eyes(person),
    )
    return [row["id"] for row in rows]


def whom_to_ask(store: Store, person: Person, case_ids: Iterable[int]) -> set[str]:
    """A member of each of these cases that this person may not see: its assignee, else who was
    there first; "" for one without members."""
    rows = store.rows(
        'SELECT c.id, p.name FROM "case" c LEFT JOIN case_member m ON m.case_id = c.id'
        " LEFT JOIN person p ON p.id = m.person_id AND p.role IS NOT NULL"
        f" WHERE c.id IN {LISTED} AND NOT {VISIBLE}"
        " ORDER BY p.id IS NULL, p.id = c.assignee_id DESC, m.rowid",
        (listed(case_ids), *eyes(person)),
    )
    return {*{row["id"]: row["name"] or "" for row in reversed(rows)}.values()}
