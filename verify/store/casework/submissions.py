"""Files as they arrived, each recorded once."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta

import msgspec

from verify.records import Person, Receipt, Submission
from verify.store.casework import sightings, visibility
from verify.store.database.connection import Row, Store, moment, stamp
from verify.store.folder.vault import Preserved
from verify.store.pictures import exhibits

_RECEIPT = (
    "SELECT s.*, e.sha256, e.size FROM submission s JOIN exhibit e ON e.id = s.exhibit_id WHERE "
)
A_MINUTE = timedelta(minutes=1)


def receipt(store: Store, bot_id: int, chat_id: int, message_id: int) -> Receipt | None:
    """What was already done for this message, if anything."""
    where = "bot_id = ? AND chat_id = ? AND message_id = ?"
    return _receipt(store.row(_RECEIPT + where, (bot_id, chat_id, message_id)))


def receipt_of(store: Store, submission_id: int) -> Receipt | None:
    """What was done for the message behind a submission."""
    return _receipt(store.row(f"{_RECEIPT}s.id = ?", (submission_id,)))


def _receipt(row: Row | None) -> Receipt | None:
    if row is None:
        return None
    return Receipt(
        case_id=row["case_id"],
        exhibit_id=row["exhibit_id"],
        submission_id=row["id"],
        sha256=row["sha256"],
        size=row["size"],
        received_at=moment(row["received_at"]),
        known=bool(row["known"]),
        repeated=True,
    )


def first_of_album(store: Store, submission: Submission) -> int:
    """The number of the first message of an album that came here."""
    row = store.row(
        "SELECT min(message_id) AS first FROM submission"
        " WHERE album = ? AND bot_id = ? AND chat_id = ?",
        (submission.album, submission.bot_id, submission.chat_id),
    )
    return (row and row["first"]) or submission.message_id


def add(
    store: Store,
    person: Person,
    submission: Submission,
    kept: Preserved,
    case_id: int | None = None,
) -> Receipt:
    """Record a preserved file: its exhibit, its case, its sighting. Inside a transaction.

    case_id: where it goes; without, to its album, to a case that has these bytes, or a new one.
    """
    at = stamp(submission.received_at)
    fresh = store.insert_once("exhibit", sha256=kept.sha256, size=kept.size, received_at=at)
    row = store.row("SELECT id FROM exhibit WHERE sha256 = ?", (kept.sha256,))
    assert row is not None  # noqa: S101 - just added
    case_id = case_id or _case(store, person, submission, row["id"], at)
    number = store.insert(
        "submission",
        service=submission.service,
        bot_id=submission.bot_id,
        chat_id=submission.chat_id,
        message_id=submission.message_id,
        person_id=person.id,
        case_id=case_id,
        exhibit_id=row["id"],
        album=submission.album,
        received_at=at,
        # the store writes "?" for half of a surrogate pair, which msgspec would refuse
        body=json.dumps(msgspec.to_builtins(submission), ensure_ascii=False),
        known=fresh is None,
    )
    sightings.add(store, number, case_id, row["id"], submission)
    return Receipt(
        case_id=case_id,
        exhibit_id=row["id"],
        submission_id=number,
        sha256=kept.sha256,
        size=kept.size,
        received_at=submission.received_at,
        known=fresh is None,
    )


def _case(store: Store, person: Person, submission: Submission, exhibit_id: int, at: str) -> int:
    """The case of the album's siblings, else one that has these bytes and that this person may
    see, else a new one."""
    row = None
    if submission.album:
        row = store.row(
            "SELECT case_id FROM submission WHERE album = ? AND bot_id = ? AND chat_id = ?",
            (submission.album, submission.bot_id, submission.chat_id),
        )
    if row and visibility.sees(store, person, row["case_id"]):
        return int(row["case_id"])
    held_by = exhibits.cases_of(store, person, exhibit_id)
    if held_by:
        return held_by[0]
    return _open(store, person, at)


def open_case(store: Store, person: Person, at: datetime, *, confidential: bool = False) -> int:
    """A case in which nothing is yet. Inside a transaction. confidential: this person's alone."""
    case_id = _open(store, person, stamp(at), confidential=int(confidential))
    if confidential:
        store.insert("case_member", case_id=case_id, person_id=person.id)
    return case_id


def _open(store: Store, person: Person, at: str, **more: int) -> int:
    [last] = store.rows('SELECT max(0, coalesce(max(id), 0)) AS id FROM "case"')
    # the shelves of the archive are numbered below zero, and SQLite would go on from there
    return store.insert("case", id=last["id"] + 1, opened_at=at, opened_by=person.id, **more)


@dataclass(frozen=True)
class Lately:
    """What one person sent through chats. files: the times of the last minute's, oldest first.

    bytes: of the last day.
    """

    files: tuple[datetime, ...]
    bytes: int


def lately(store: Store, person_id: int, at: datetime) -> Lately:
    """What a person sent within a minute and within a day before a moment.

    What is dated later came while the clock was ahead: it counts for nothing.
    """
    since = (
        "FROM submission s WHERE s.person_id = ? AND s.received_at > ? AND s.received_at <= ?"
        " AND s.bot_id <> 0"
    )
    # no bot brings what the command line imports or what is taken out of a file
    minute = store.rows(
        f"SELECT s.received_at {since} ORDER BY s.received_at",
        (person_id, stamp(at - A_MINUTE), stamp(at)),
    )
    day = store.row(
        "SELECT coalesce(sum((SELECT size FROM exhibit WHERE id = s.exhibit_id)), 0) " + since,
        (person_id, stamp(at - timedelta(days=1)), stamp(at)),
    )
    return Lately(tuple(moment(row[0]) for row in minute), int(day[0]) if day else 0)
