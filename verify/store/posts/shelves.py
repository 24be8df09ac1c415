"""Shelves: what each import put into the archive, kept like a case that nobody opened."""

from __future__ import annotations

from collections.abc import Iterable

from verify.records import Person
from verify.store.casework.visibility import VISIBLE, eyes
from verify.store.database.connection import LISTED, Store, listed, now, stamp


def case_of(shelf_id: int) -> int:
    """The number under which a shelf stands among the cases; no case that people open has one."""
    return -shelf_id


def begin(store: Store, person_id: int, what: str, *, confidential: bool) -> int:
    """A shelf for an import, or the one of the same files whose import did not end. Inside a
    transaction.

    what: a digest of the files' path, which may name people. confidential: whether only who
    imports it may see what is on it.
    """
    row = store.row(
        "SELECT id FROM shelf WHERE what = ? AND person_id = ? AND ended_at IS NULL"
        " AND undone_at IS NULL",
        (what, person_id),
    )
    if row:
        return int(row["id"])
    at = stamp(now())
    number = store.insert("shelf", person_id=person_id, what=what, begun_at=at)
    store.insert(
        "case",
        id=case_of(number),
        opened_at=at,
        opened_by=person_id,
        confidential=int(confidential),
    )
    if confidential:
        store.insert("case_member", case_id=case_of(number), person_id=person_id)
    return number


def open_up(store: Store, submission_id: int, shelf_id: int) -> bool:
    """Let what a confidential import brought before stand on the shelf of an open one that brings
    it too; whether that was so. Inside a transaction."""
    if confidential(store, shelf_id):
        return False
    row = store.row("SELECT case_id FROM submission WHERE id = ?", (submission_id,))
    if row and row["case_id"] < 0 and _confidential(store, row["case_id"]):
        for table, column in (("submission", "id"), ("sighting", "submission_id")):
            store.change(
                f"UPDATE {table} SET case_id = ? WHERE {column} = ?",
                (case_of(shelf_id), submission_id),
            )
        return True
    return False


def confidential(store: Store, shelf_id: int) -> bool:
    """Whether only who imported it may see what is on a shelf."""
    return _confidential(store, case_of(shelf_id))


def _confidential(store: Store, case_id: int) -> bool:
    row = store.row('SELECT confidential FROM "case" WHERE id = ?', (case_id,))
    return bool(row and row["confidential"])


def end(store: Store, shelf_id: int) -> None:
    """Note that all of an import is on its shelf. Inside a transaction."""
    store.change("UPDATE shelf SET ended_at = ? WHERE id = ?", (stamp(now()), shelf_id))


def end_of(store: Store, what: str) -> None:
    """The same of those that go on, by a digest of what they bring. Inside a transaction."""
    store.change(
        "UPDATE shelf SET ended_at = ? WHERE what = ? AND ended_at IS NULL", (stamp(now()), what)
    )


def stands(store: Store, shelf_id: int) -> bool:
    """Whether there is such an import, and it was not undone."""
    sql = "SELECT 1 FROM shelf WHERE id = ? AND undone_at IS NULL"
    return store.row(sql, (shelf_id,)) is not None


def undone(store: Store, shelf_id: int) -> None:
    """Note that an import is to be taken out, and give what other imports brought as well to the
    latest of them; to one that everybody may see before one that is confidential. Inside a
    transaction."""
    at = stamp(now())
    store.change("UPDATE shelf SET undone_at = ?, what = '' WHERE id = ?", (at, shelf_id))
    others = store.rows(
        "SELECT s.id, -coalesce(max(iif(c.confidential, NULL, o.shelf_id)), max(o.shelf_id))"
        " AS into_id FROM submission s JOIN post_media m ON m.submission_id = s.id"
        " JOIN post_shelf o ON o.post_id = m.post_id AND o.shelf_id <> ?"
        ' JOIN "case" c ON c.id = -o.shelf_id'
        " WHERE s.case_id = ? GROUP BY s.id",
        (shelf_id, case_of(shelf_id)),
    )
    for table, column in (("submission", "id"), ("sighting", "submission_id")):
        store.change_each(
            f"UPDATE {table} SET case_id = ? WHERE {column} = ?",
            [(row["into_id"], row["id"]) for row in others],
        )


def shared(store: Store, person: Person, shelf_id: int) -> tuple[int, tuple[int, ...]]:
    """How many posts of an import others brought too, as far as a person may see these, and which
    others."""
    both = (
        "FROM post_shelf h JOIN post_shelf o ON o.post_id = h.post_id AND o.shelf_id <> h.shelf_id"
        f' JOIN "case" c ON c.id = -o.shelf_id WHERE h.shelf_id = ? AND {VISIBLE}'
    )
    told = (shelf_id, *eyes(person))
    [row] = store.rows(f"SELECT count(DISTINCT h.post_id) AS posts {both}", told)
    others = store.rows(f"SELECT DISTINCT o.shelf_id {both} ORDER BY 1", told)
    return row["posts"], tuple(one["shelf_id"] for one in others)


def holding(store: Store, exhibit_ids: Iterable[int]) -> set[int]:
    """Those exhibits that are in the archive alone, and in no case that people opened."""
    rows = store.rows(
        "SELECT exhibit_id FROM submission"
        f" WHERE exhibit_id IN {LISTED} GROUP BY exhibit_id HAVING max(case_id) < 0",
        (listed(exhibit_ids),),
    )
    return {row["exhibit_id"] for row in rows}
