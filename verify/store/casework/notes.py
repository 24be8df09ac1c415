"""What people note in a case."""

from __future__ import annotations

from verify.records import Note, Person
from verify.store.database.connection import Row, Store, moment, now, stamp
from verify.store.search import full_text

_NOTE = "SELECT n.*, p.name AS person_name FROM note n JOIN person p ON p.id = n.person_id WHERE "


def add(
    store: Store, person: Person, case_id: int, text: str, key: str, exhibit_id: int | None = None
) -> Note | None:
    """Add a note. None when the key was used before."""
    at = now()
    number = store.insert_once(
        "note",
        case_id=case_id,
        exhibit_id=exhibit_id,
        text=text,
        person_id=person.id,
        at=stamp(at),
        key=key or None,
    )
    if number is None:
        return None
    full_text.index(store, "note", number, case_id, text, at)
    return Note(id=number, case_id=case_id, exhibit_id=exhibit_id, text=text, by=person.name, at=at)


def note(store: Store, note_id: int) -> Note | None:
    """One note, also one that was taken back."""
    row = store.row(_NOTE + "n.id = ?", (note_id,))
    return _note(row) if row else None


def with_key(store: Store, key: str) -> Note | None:
    """The note that was added under this key."""
    row = store.row(_NOTE + "n.key = ?", (key,))
    return _note(row) if row else None


def of_case(store: Store, case_id: int) -> tuple[Note, ...]:
    """The notes of a case that nobody took back, oldest first."""
    rows = store.rows(_NOTE + "n.case_id = ? AND withdrawn_at IS NULL ORDER BY n.id", (case_id,))
    return tuple(_note(row) for row in rows)


def withdraw(store: Store, person_id: int, note_id: int) -> bool:
    """Take one's own note back. False when it is not one's own, or was taken back before."""
    changed = store.change(
        "UPDATE note SET withdrawn_at = ? WHERE id = ? AND person_id = ? AND withdrawn_at IS NULL",
        (stamp(now()), note_id, person_id),
    )
    if changed:
        full_text.forget(store, "note", note_id)
    return bool(changed)


def _note(row: Row) -> Note:
    return Note(
        id=row["id"],
        case_id=row["case_id"],
        exhibit_id=row["exhibit_id"],
        text=row["text"],
        by=row["person_name"],
        at=moment(row["at"]),
    )
