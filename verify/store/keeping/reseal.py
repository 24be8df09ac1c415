"""Takes who is behind a case's files out of every row that stands already; custody stays.

What is taken out was encrypted before. The rows change in one transaction.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePath

import msgspec

from verify.records import DERIVED, SEALED, STAND_IN, Claim, Submission
from verify.store.casework import added, claims, sealed
from verify.store.chats import leftovers
from verify.store.chats.leftovers import Leftovers
from verify.store.database.connection import LISTED, Row, Store, listed, moment
from verify.store.keeping import custody
from verify.store.search import finding_words, full_text

Hide = Callable[[str], str]

# Where people wrote words in a case, and what full text calls them.
_WRITTEN = (
    ("note", "text", "note"),
    ("claim", "text", "claim"),
    ("answer", "text", ""),
    ("verdict", "reason", ""),
    ("verdict", "remark", ""),
    ("stated_contradiction", "text", ""),
    ("stated_contradiction", "reason", ""),
    ("stated_contradiction", "withdrawn_why", ""),
    ("emblem", "name", ""),
    ("report_given", "name", ""),
)
_IN_CASE = {"report_given": "report_id IN (SELECT id FROM report WHERE case_id = ?)"}
_ARRIVAL = ("received", "preserved", "examined", "watched", "heard")


@dataclass(frozen=True)
class Open:
    """A file in a case whose source is not sealed: how it came, and who brought it.

    links, accounts: those that people added later. caption: as it was edited last.
    """

    submission_id: int
    sighting_id: int
    exhibit_id: int
    submission: Submission
    caption: str
    links: tuple[str, ...]
    accounts: tuple[str, ...]
    person_id: int
    service: str
    account: str
    name: str


@dataclass(frozen=True)
class Remains:
    """What cannot be sealed: custody events that name who brought the files, messages in
    Telegram's chats, exports made before."""

    events: int
    telegram: int
    exports: int


def opens(store: Store, case_id: int, sender: int = 0, source: int = 0) -> list[Open]:
    """The files of a case whose sources are not sealed; what was taken out of one has none.

    sender: only what this person brought; source: only what this one stands behind; 0 for all.
    """
    rows = store.rows(
        "SELECT s.id, s.exhibit_id, s.body, s.person_id, g.id AS sighting_id, g.caption, g.links,"
        f" {added.ADDED}, p.service, p.external_id, p.name FROM submission s"
        " JOIN sighting g ON g.submission_id = s.id JOIN person p ON p.id = s.person_id"
        " WHERE s.case_id = ? AND s.service NOT IN (?, ?) AND ? IN (0, s.person_id)"
        " AND ? IN (0, g.source_id) ORDER BY s.id",
        (case_id, SEALED, DERIVED, sender, source),
    )
    return [
        Open(
            row["id"],
            row["sighting_id"],
            row["exhibit_id"],
            msgspec.json.decode(row["body"], type=Submission),
            row["caption"],
            tuple(json.loads(row["links"]) + json.loads(row["added_links"])),
            tuple(json.loads(row["added_accounts"])),
            row["person_id"],
            row["service"],
            row["external_id"],
            row["name"],
        )
        for row in rows
    ]


def cases_of_sender(store: Store, person_id: int) -> list[int]:
    """The cases to which somebody brought files that are not sealed."""
    rows = store.rows(
        "SELECT DISTINCT case_id FROM submission WHERE person_id = ? AND case_id > 0"
        " AND service NOT IN (?, ?) ORDER BY case_id",
        (person_id, SEALED, DERIVED),
    )
    return [row["case_id"] for row in rows]


def cases_of_source(store: Store, source_id: int) -> list[int]:
    """The cases with files that are not sealed and behind which a source stands."""
    rows = store.rows(
        "SELECT DISTINCT s.case_id FROM submission s JOIN sighting g ON g.submission_id = s.id"
        " WHERE g.source_id = ? AND s.case_id > 0 AND s.service NOT IN (?, ?) ORDER BY s.case_id",
        (source_id, SEALED, DERIVED),
    )
    return [row["case_id"] for row in rows]


def all_claims(store: Store, case_id: int) -> tuple[Claim, ...]:
    """Every version of every claim of a case."""
    ids = store.rows("SELECT id FROM claim WHERE case_id = ? ORDER BY id", (case_id,))
    return tuple(one for row in ids if (one := claims.claim(store, row["id"])))


def telling(store: Store, case_id: int, hide: Hide) -> dict[str, str]:
    """What people wrote in a case that names a source: the text, by table, column and row."""
    return {
        f"{table} {column} {row['id']}": row["text"]
        for table, column, _ in _WRITTEN
        for row in _texts(store, table, column, case_id)
        if hide(row["text"]) != row["text"]
    }


def _texts(store: Store, table: str, column: str, case_id: int) -> Iterator[Row]:
    yield from store.rows(
        f"SELECT rowid AS id, {column} AS text FROM {table}"
        f" WHERE {_IN_CASE.get(table, 'case_id = ?')} AND {column} <> ''",
        (case_id,),
    )


def take_out(
    store: Store,
    case_id: int,
    every: Sequence[tuple[Open, bytes, Submission]],
    hide: Hide,
    left: Leftovers,
) -> None:
    """Keep what is encrypted of each source, and let nothing else of it stand.

    every: with what was encrypted, and the submission as it stays. hide: words without what leads
    to these sources. left: what the case left in chats. Inside a transaction.
    """
    stand_ins = {}
    for one, body, masked in every:
        stand_ins[one.submission_id] = _arrival(store, one, body, masked, hide)
    exhibits = {one.exhibit_id for one, _, _ in every}
    _claims(store, case_id, stand_ins)
    _words(store, case_id, hide)
    _chats(store, case_id, left)
    _people(store, case_id, every, min(stand_ins.values()))
    _derived(store, exhibits)
    for one, _, _ in every:
        added.index(store, one.sighting_id)
    finding_words.index(store, *exhibits)


def _arrival(store: Store, one: Open, body: bytes, masked: Submission, hide: Hide) -> int:
    """One file: its submission, its sighting, its examinations. Gives who stands in."""
    person_id = sealed.stand_in(store)
    sealed.keep(store, one.submission_id, body)
    store.change(
        "UPDATE submission SET service = ?, bot_id = 0, chat_id = ?, message_id = ?, person_id = ?,"
        " album = '', body = ? WHERE id = ?",
        (
            SEALED,
            masked.chat_id,
            masked.message_id,
            person_id,
            json.dumps(msgspec.to_builtins(masked), ensure_ascii=False),
            one.submission_id,
        ),
    )
    caption = hide(one.caption)
    store.change(
        "UPDATE sighting SET service = ?, source_id = NULL, source_message_id = NULL, caption = ?,"
        " links = '[]', posted_at = NULL WHERE id = ?",
        (SEALED, caption, one.sighting_id),
    )
    store.change("DELETE FROM sighting_added WHERE sighting_id = ?", (one.sighting_id,))
    row = store.row("SELECT case_id, received_at FROM sighting WHERE id = ?", (one.sighting_id,))
    if row:
        at = moment(row["received_at"])
        full_text.index(store, "caption", one.sighting_id, row["case_id"], caption, at)
    store.change(
        "UPDATE examination SET person_id = ? WHERE exhibit_id = ? AND person_id = ?",
        (person_id, one.exhibit_id, one.person_id),
    )
    return person_id


def _derived(store: Store, exhibit_ids: set[int]) -> None:
    """What was taken out of files is named after them."""
    rows = store.rows(
        "SELECT s.id, json_extract(s.body, '$.filename') AS name FROM submission s JOIN exhibit o"
        " ON o.sha256 = substr(json_extract(s.body, '$.origin.name'), 1, 64)"
        f" WHERE s.service = ? AND o.id IN {LISTED}",
        (DERIVED, listed(exhibit_ids)),
    )
    for row in rows:
        store.change(
            "UPDATE submission SET body = json_set(body, '$.filename', ?) WHERE id = ?",
            (f"file{PurePath(row['name'] or '').suffix}", row["id"]),
        )


def _claims(store: Store, case_id: int, stand_ins: dict[int, int]) -> None:
    """Where claims came from, and through which messages."""
    for submission_id, person_id in stand_ins.items():
        store.change(
            "UPDATE claim SET claimant = '', recorded_by = ? WHERE submission_id = ?",
            (person_id, submission_id),
        )
    store.change(
        "UPDATE claim SET claimant = '', origin = '' WHERE case_id = ? AND origin <> ''", (case_id,)
    )
    store.change("UPDATE claim SET links = '[]', key = NULL WHERE case_id = ?", (case_id,))
    for table in ("note", "verdict", "consent", "stated_contradiction"):
        store.change(f"UPDATE {table} SET key = NULL WHERE case_id = ?", (case_id,))


def _words(store: Store, case_id: int, hide: Hide) -> None:
    for table, column, kind in _WRITTEN:
        at = {"note": "at", "claim": "recorded_at"}.get(table)
        for row in list(_texts(store, table, column, case_id)):
            text = hide(row["text"])
            if text == row["text"]:
                continue
            change = f"UPDATE OR REPLACE {table} SET {column} = ? WHERE rowid = ?"
            store.change(change, (text, row["id"]))
            when = at and store.row(f"SELECT {at} AS at FROM {table} WHERE id = ?", (row["id"],))
            if kind and when:
                full_text.index(store, kind, row["id"], case_id, text, moment(when["at"]))


def _chats(store: Store, case_id: int, left: Leftovers) -> None:
    """What leads from chats to the case, as far as this database has it."""
    for message in left.messages:
        for table in ("bot_message", "message_about", "sent"):
            store.change(
                f"DELETE FROM {table} WHERE bot_id = ? AND chat_id = ? AND message_id = ?", message
            )
    leftovers.clear_inbox(store, left)
    for table in ("bot_message", "open_case", "notice"):
        store.change(f"DELETE FROM {table} WHERE case_id = ?", (case_id,))
    store.change("DELETE FROM button WHERE json_extract(action, '$.case_id') = ?", (case_id,))
    # what was searched for may be a name
    store.change("DELETE FROM button WHERE json_extract(action, '$.name') IN ('search', 'cases')")


def _people(
    store: Store,
    case_id: int,
    every: Sequence[tuple[Open, bytes, Submission]],
    stand_in: int,
) -> None:
    """Sources that stand nowhere else, and senders who are nobody else here."""
    senders = listed({one.person_id for one, _, _ in every})
    store.change(
        f'UPDATE "case" SET opened_by = ? WHERE id = ? AND opened_by IN {LISTED}',
        (stand_in, case_id, senders),
    )
    store.change(
        "DELETE FROM source WHERE NOT EXISTS (SELECT 1 FROM sighting WHERE source_id = source.id)"
    )
    # its number may be another's next
    store.change(
        "DELETE FROM keep WHERE kind = 'source' AND reference NOT IN (SELECT id FROM source)"
    )
    store.change(
        "UPDATE person SET service = ?, external_id = lower(hex(randomblob(16))), name = ?"
        f" WHERE id IN {LISTED} AND role IS NULL AND service <> 'terminal'"
        " AND NOT EXISTS (SELECT 1 FROM submission WHERE person_id = person.id)",
        (SEALED, STAND_IN, senders),
    )


def remains(store: Store, case_id: int, elsewhere: int) -> Remains:
    """What stays. elsewhere: messages about the case in Telegram's chats. A report leaves as an
    export does."""
    kinds = ", ".join(f"'{one}'" for one in _ARRIVAL)
    events = store.row(
        "SELECT count(*) AS n FROM custody_event e JOIN person p ON p.id = e.person_id"
        f" WHERE e.kind IN ({kinds}) AND p.service <> ?"
        " AND json_extract(e.subject, '$.case') = ?",
        (SEALED, case_id),
    )
    exports = store.row(
        f"SELECT count(*) AS n FROM custody_event WHERE {custody.LEFT}"
        " AND json_extract(subject, '$.case') = ?",
        (case_id,),
    )
    return Remains(int(events[0]) if events else 0, elsewhere, int(exports[0]) if exports else 0)
