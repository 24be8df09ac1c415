"""What those who watch a case are told, once, while they may see it."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from verify.records import Notice, Role, Sentence
from verify.store.casework.visibility import VISIBLE_TO_MEMBER
from verify.store.database.connection import LISTED, Store, listed, now, stamp
from verify.store.keeping import custody


def tell_watchers(
    store: Store, case_id: int, sentence: Sentence, but: int, *, deciders: bool = False
) -> int:
    """Leave a notice for everybody who watches a case and may see it, `but` who did it; gives for
    how many.

    deciders: tell the editors and owners too, whether they watch or not.
    """
    return store.change(
        "INSERT INTO notice (person_id, case_id, sentence, at)"
        ' SELECT p.id, c.id, ?, ? FROM person p JOIN "case" c ON c.id = ? WHERE p.id <> ?'
        " AND (EXISTS (SELECT 1 FROM watcher w WHERE w.case_id = c.id AND w.person_id = p.id)"
        f" OR (? AND p.role IN ('owner', 'editor'))) AND {VISIBLE_TO_MEMBER}",
        (msgspec.json.encode(sentence).decode(), stamp(now()), case_id, but, deciders),
    )


def tell_people(store: Store, case_id: int, sentence: Sentence) -> int:
    """Leave a notice for the people of a case who may see it: who opened it, has it, watches it,
    is a member of it, or concluded it; gives for how many."""
    people = (
        'SELECT opened_by FROM "case" WHERE id = c.id UNION SELECT c.assignee_id'
        " UNION SELECT person_id FROM watcher WHERE case_id = c.id"
        " UNION SELECT person_id FROM case_member WHERE case_id = c.id"
        " UNION SELECT person_id FROM verdict WHERE case_id = c.id"
        " UNION SELECT decided_by FROM verdict WHERE case_id = c.id"
    )
    return store.change(
        "INSERT INTO notice (person_id, case_id, sentence, at)"
        ' SELECT p.id, c.id, ?, ? FROM person p JOIN "case" c ON c.id = ?'
        f" WHERE p.id IN ({people}) AND {VISIBLE_TO_MEMBER}",
        (msgspec.json.encode(sentence).decode(), stamp(now()), case_id),
    )


def tell_members(store: Store, case_id: int, sentence: Sentence) -> None:
    """Leave a notice for every member of a case, whether they watch it or not."""
    store.change(
        "INSERT INTO notice (person_id, case_id, sentence, at)"
        " SELECT person_id, case_id, ?, ? FROM case_member WHERE case_id = ?",
        (msgspec.json.encode(sentence).decode(), stamp(now()), case_id),
    )


def changed(
    store: Store, person_id: int, case_id: int, kind: str, news: Sentence, **subject: str | int
) -> None:
    """Put a change of a case on record, and tell those who watch it."""
    custody.append(store, kind, person_id, case=case_id, **subject)
    tell_watchers(store, case_id, news, person_id)


def waiting(store: Store, service: str, limit: int) -> list[Notice]:
    """Notices for who may still see the case and was not told yet, oldest first."""
    rows = store.rows(
        "SELECT n.*, p.service, p.external_id, p.language, p.role FROM notice n"
        ' JOIN person p ON p.id = n.person_id JOIN "case" c ON c.id = n.case_id'
        f" WHERE n.sent_at IS NULL AND p.service = ? AND {VISIBLE_TO_MEMBER}"
        " ORDER BY n.id LIMIT ?",
        (service, limit),
    )
    return [
        Notice(
            id=row["id"],
            person_id=row["person_id"],
            service=row["service"],
            external_id=row["external_id"],
            language=row["language"],
            case_id=row["case_id"],
            sentence=msgspec.json.decode(row["sentence"], type=Sentence),
            role=Role(row["role"]),
        )
        for row in rows
    ]


def told(store: Store, notice_ids: Iterable[int]) -> None:
    """Mark notices as told."""
    store.change(
        f"UPDATE notice SET sent_at = ? WHERE id IN {LISTED}", (stamp(now()), listed(notice_ids))
    )
