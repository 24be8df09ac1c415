"""How the work on cases is shared: who, until when, which belong together."""

from __future__ import annotations

from collections.abc import Iterable

from verify.errors import Unavailable
from verify.records import Status, say
from verify.store.database.connection import LISTED, Store, listed, now, stamp
from verify.store.search import full_text

_MOVED_WITH_A_CASE = (
    "submission",
    "sighting",
    "claim",
    "consent",
    "stated_contradiction",
    "report",
    "bag",
    "note",
    "answer",
    "verdict",
    "bot_message",
    "open_case",
    "mark",
    "emblem",
)
_MOVED_WITH_AN_EXHIBIT = (
    "submission",
    "sighting",
    "claim",
    "verdict",
    "bot_message",
    "mark",
    "emblem",
)


def change(store: Store, case_id: int, column: str, value: object) -> None:
    """Set one column of a case, such as its status or due_at."""
    # the column is a literal of the caller's
    store.change(f'UPDATE "case" SET {column} = ? WHERE id = ?', (value, case_id))


def status(store: Store, case_id: int) -> Status:
    """Where the work on a case stands."""
    row = store.row('SELECT status FROM "case" WHERE id = ?', (case_id,))
    return Status(row["status"]) if row else Status.OPEN


def is_confidential(store: Store, case_id: int) -> bool:
    """Whether a case is its members' alone."""
    row = store.row('SELECT 1 FROM "case" WHERE id = ? AND confidential', (case_id,))
    return row is not None


def statuses(store: Store, case_ids: Iterable[int]) -> dict[int, Status]:
    """Where the work on cases stands."""
    rows = store.rows(f'SELECT id, status FROM "case" WHERE id IN {LISTED}', (listed(case_ids),))
    return {row["id"]: Status(row["status"]) for row in rows}


def add_to(store: Store, table: str, case_id: int, **value: int | str) -> bool:
    """Add a row to case_member, tag, watcher or related. False when it was there."""
    return store.insert_once(table, case_id=case_id, **value) is not None


def take_from(store: Store, table: str, case_id: int, column: str, value: int | str) -> bool:
    """Take a row from case_member, tag, watcher or related. False when it was not there."""
    return bool(
        store.change(
            f"DELETE FROM {table} WHERE case_id = ? AND {column} = ?",
            (case_id, value),
        )
    )


def is_in(store: Store, table: str, case_id: int, person_id: int) -> bool:
    """Whether a person is in case_member or watcher."""
    row = store.row(
        f"SELECT 1 FROM {table} WHERE case_id = ? AND person_id = ?",
        (case_id, person_id),
    )
    return row is not None


def others_work_in(store: Store, case_id: int, person_id: int) -> bool:
    """Whether a case is somebody else's, or others sent, wrote or changed something in it."""
    written = " UNION ALL ".join(
        f"SELECT {column} AS id FROM {table} WHERE case_id = ?1"
        for table, column in (
            ("submission", "person_id"),
            ("claim", "recorded_by"),
            ("note", "person_id"),
            ("answer", "person_id"),
            ("verdict", "person_id"),
        )
    )
    added = (
        "SELECT a.person_id AS id FROM sighting_added a JOIN sighting g ON g.id = a.sighting_id"
        " WHERE g.case_id = ?1"
    )
    done = (  # judged, tagged, set due, merged: what leaves no row with a name
        "SELECT person_id AS id FROM custody_event WHERE json_extract(subject, '$.case') = ?1"
        " AND kind NOT IN"
        " ('preserved', 'examined', 'exported', 'export failed', 'let in', 'shut out')"
    )
    row = store.row(
        'SELECT 1 FROM (SELECT assignee_id AS id FROM "case" WHERE id = ?1'
        f" UNION ALL {written} UNION ALL {added} UNION ALL {done})"
        " WHERE id <> ?2",
        (case_id, person_id),
    )
    return row is not None


def tags(store: Store, case_id: int) -> tuple[str, ...]:
    """The tags of a case, sorted."""
    rows = store.rows("SELECT name FROM tag WHERE case_id = ? ORDER BY name", (case_id,))
    return tuple(row["name"] for row in rows)


def people_of(store: Store, table: str, case_id: int) -> tuple[str, ...]:
    """The names in case_member or watcher."""
    rows = store.rows(
        f"SELECT p.name FROM {table} t JOIN person p ON p.id = t.person_id"
        " WHERE t.case_id = ? ORDER BY t.rowid",
        (case_id,),
    )
    return tuple(row["name"] for row in rows)


def related(store: Store, case_id: int) -> tuple[int, ...]:
    """The cases linked with this one."""
    rows = store.rows(
        "SELECT other_id AS id FROM related WHERE case_id = ?1"
        " UNION SELECT case_id FROM related WHERE other_id = ?1 ORDER BY 1",
        (case_id,),
    )
    return tuple(row["id"] for row in rows)


def unrelate(store: Store, case_id: int, other_id: int) -> bool:
    """Take a link between two cases away, whichever side made it. False when there was none."""
    return bool(
        store.change(
            "DELETE FROM related WHERE (case_id = ?1 AND other_id = ?2)"
            " OR (case_id = ?2 AND other_id = ?1)",
            (case_id, other_id),
        )
    )


def merge(store: Store, case_id: int, into: int) -> None:
    """Put all that a case holds into another one, which then stands for both."""
    gather(store, case_id, into)
    change(store, case_id, "merged_into", into)


def gather(store: Store, case_id: int, into: int) -> None:
    """Put all that a case holds into another one."""
    full_text.move(store, "note", "note WHERE case_id = ?", (case_id,), into)
    full_text.move(store, "claim", "claim WHERE case_id = ?", (case_id,), into)
    full_text.move(store, "sighting", "sighting WHERE case_id = ?", (case_id,), into)
    for table in _MOVED_WITH_A_CASE:
        store.change(
            f"UPDATE {table} SET case_id = ? WHERE case_id = ?",
            (into, case_id),
        )
    store.change("UPDATE finding SET case_id = ? WHERE case_id = ?", (into, case_id))
    for table, column in (("tag", "name"), ("watcher", "person_id"), ("case_member", "person_id")):
        store.change(
            f"INSERT OR IGNORE INTO {table} (case_id, {column})"
            f" SELECT ?, {column} FROM {table} WHERE case_id = ?",
            (into, case_id),
        )
    for side in ("case_id", "other_id"):
        store.change(f"UPDATE OR IGNORE related SET {side} = ? WHERE {side} = ?", (into, case_id))
    store.change(
        "DELETE FROM related WHERE case_id = other_id OR ?1 IN (case_id, other_id)", (case_id,)
    )


def split_off(store: Store, case_id: int, person_id: int) -> int:
    """Open a new case that who may see the former one may see."""
    row = store.row('SELECT confidential FROM "case" WHERE id = ?', (case_id,))
    number = store.insert(
        "case",
        opened_at=stamp(now()),
        opened_by=person_id,
        confidential=row["confidential"] if row else 0,
    )
    store.change(
        "INSERT INTO case_member (case_id, person_id)"
        " SELECT ?, person_id FROM case_member WHERE case_id = ?",
        (number, case_id),
    )
    return number


def move_exhibit(store: Store, exhibit_id: int, case_id: int, into: int) -> None:
    """Put one exhibit, its sightings, its own claims and verdicts into another case."""
    own = (exhibit_id, case_id)
    full_text.move(store, "claim", "claim WHERE exhibit_id = ? AND case_id = ?", own, into)
    full_text.move(store, "sighting", "sighting WHERE exhibit_id = ? AND case_id = ?", own, into)
    for table in _MOVED_WITH_AN_EXHIBIT:
        store.change(
            f"UPDATE {table} SET case_id = ? WHERE case_id = ? AND exhibit_id = ?",
            (into, case_id, exhibit_id),
        )


def merged_into(store: Store, case_id: int) -> int:
    """The case that stands for this one now: itself, unless it was merged.

    Raises Unavailable where cases were merged in a circle, which the next start puts right.
    """
    rows = store.rows(
        'WITH RECURSIVE way (id, into_id) AS (SELECT id, merged_into FROM "case" WHERE id = ?'
        ' UNION SELECT c.id, c.merged_into FROM "case" c JOIN way w ON c.id = w.into_id)'
        " SELECT id, into_id FROM way",
        (case_id,),
    )
    ends = [row["id"] for row in rows if row["into_id"] is None]
    if rows and not ends:
        raise Unavailable(
            say(
                "Case {number} was merged in a circle and cannot be opened: start the desk once,"
                " it puts that right.",
                number=case_id,
            )
        )
    return ends[0] if ends else case_id
