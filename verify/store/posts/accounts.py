"""Accounts: who posts on a network, under names that change."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

import msgspec

from verify.records import (
    Account,
    AccountEvent,
    AccountName,
    AccountState,
    Person,
    Post,
    Poster,
    Relation,
    Statement,
)
from verify.store.casework.visibility import VISIBLE, eyes
from verify.store.database.connection import LISTED, Row, Store, listed, moment, now, stamp

SEEN = (
    'EXISTS (SELECT 1 FROM post_shelf h JOIN "case" c ON c.id = -h.shelf_id'
    f" WHERE h.post_id = p.id AND {VISIBLE})"
)
"""Whether a person may see a post, named p; `eyes` gives the values."""


_MOST_COUNTED = 1000  # posts of an account, where it is asked whether there are others


def key_of(post: Post) -> str:
    """What tells an account from others of its network: the id that never changes, else its
    handle, else its name."""
    return post.account or (f"@{post.handle.lower()}" if post.handle else post.name)


def of(store: Store, post: Post) -> int | None:
    """The account that a post is by; None where nothing says. Inside a transaction."""
    key = key_of(post)
    if not key:
        return None
    store.insert_once("account", network=post.network, key=key, person=int(post.person))
    row = store.row("SELECT id FROM account WHERE network = ? AND key = ?", (post.network, key))
    return int(row["id"]) if row else None


def named(store: Store, person: Person, name: str) -> list[Account]:
    """The accounts that were ever called so, by key, handle (with or without @) or name, as far as
    a person may see their posts."""
    bare = name.removeprefix("@")
    rows = store.rows(
        "SELECT a.id FROM account a WHERE a.key IN (?1, '@' || lower(?2)) UNION"
        " SELECT p.account_id FROM post p WHERE p.handle = ?2 COLLATE NOCASE"
        " OR p.name = ?1 COLLATE NOCASE",
        (name, bare),
    )
    return of_ids(store, person, [row["id"] for row in rows if row["id"]])


def of_ids(store: Store, person: Person, ids: Iterable[int]) -> list[Account]:
    """Accounts by their ids, as far as a person may see their posts."""
    rows = store.rows(
        "SELECT a.*, p.name, p.handle, min(iif(p.at LIKE '%Z', p.earliest, NULL)) AS first,"
        " max(iif(p.at LIKE '%Z', p.earliest, NULL)) AS last"
        " FROM account a JOIN post p ON p.account_id = a.id"
        f" WHERE a.id IN {LISTED} AND {SEEN}"
        " GROUP BY a.id, p.name, p.handle ORDER BY a.id, first IS NULL, first",
        (listed(ids), *eyes(person)),
    )
    found: dict[int, Account] = {}
    for row in rows:
        one = found.get(row["id"]) or Account(
            id=row["id"],
            network=row["network"],
            key=row["key"],
            person=bool(row["person"]),
            names=(),
        )
        name = AccountName(
            name=row["name"],
            handle=row["handle"],
            first=_seconds(row["first"]),
            last=_seconds(row["last"]),
        )
        found[one.id] = msgspec.structs.replace(one, names=(*one.names, name))
    return [*found.values()]


def _seconds(seconds: int | None) -> datetime | None:
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC)


def note(store: Store, person_id: int, account_id: int, event: AccountEvent) -> None:
    """Note what somebody saw of an account. Inside a transaction."""
    store.insert(
        "account_event",
        account_id=account_id,
        kind=event.kind,
        at=stamp(event.at),
        link=event.link,
        note=event.note,
        person_id=person_id,
        recorded_at=stamp(now()),
    )


_EVENTS = "SELECT e.*, p.name AS by FROM account_event e JOIN person p ON p.id = e.person_id"


def events(store: Store, account_id: int) -> tuple[AccountEvent, ...]:
    """What was seen of an account, in the order of those moments."""
    rows = store.rows(f"{_EVENTS} WHERE e.account_id = ? ORDER BY e.at, e.id", (account_id,))
    return tuple(map(_event, rows))


def last_noted(store: Store, account_id: int) -> tuple[int, AccountEvent] | None:
    """What was noted last of an account, behind the number of who noted it."""
    row = store.row(f"{_EVENTS} WHERE e.account_id = ? ORDER BY e.id DESC LIMIT 1", (account_id,))
    return (row["person_id"], _event(row)) if row else None


def _event(row: Row) -> AccountEvent:
    return AccountEvent(
        kind=AccountState(row["kind"]),
        at=moment(row["at"]),
        by=row["by"],
        link=row["link"],
        note=row["note"],
    )


def posting(store: Store, person: Person, exhibit_ids: Iterable[int]) -> dict[int, set[int]]:
    """The accounts whose posts show exhibits, by exhibit, as far as a person may see them."""
    rows = store.rows(
        "SELECT DISTINCT s.exhibit_id, p.account_id FROM submission s"
        " JOIN post_media m ON m.submission_id = s.id JOIN post p ON p.id = m.post_id"
        f" WHERE s.exhibit_id IN {LISTED} AND p.account_id IS NOT NULL AND {SEEN}",
        (listed(exhibit_ids), *eyes(person)),
    )
    found: dict[int, set[int]] = {}
    for row in rows:
        found.setdefault(row["exhibit_id"], set()).add(row["account_id"])
    return found


def voices(store: Store, person: Person, ids: Iterable[int]) -> dict[int, Poster]:
    """Accounts that are no private people's, with what was seen and graded last, as far as a
    person may see their posts."""
    rows = store.rows(
        "SELECT a.id, a.key, (SELECT count(*) FROM (SELECT 1 FROM post p WHERE p.account_id = a.id"
        f" AND {SEEN} LIMIT {_MOST_COUNTED})) AS posts,"
        " (SELECT coalesce(nullif('@' || p.handle, '@'), p.name) FROM post p"
        f" WHERE p.account_id = a.id AND {SEEN} ORDER BY p.earliest DESC LIMIT 1) AS name"
        f" FROM account a WHERE a.id IN {LISTED} AND NOT a.person",
        (*eyes(person), *eyes(person), listed(ids)),
    )
    found = [row["id"] for row in rows]
    seen, said = _last_events(store, found), _last_grades(store, found)
    return {
        row["id"]: Poster(
            id=row["id"],
            name=row["name"] or row["key"],
            posts=row["posts"],
            seen=seen.get(row["id"]),
            graded=said.get(row["id"]),
        )
        for row in rows
    }


def _last_events(store: Store, ids: list[int]) -> dict[int, AccountEvent]:
    rows = store.rows(
        f"{_EVENTS} WHERE e.account_id IN {LISTED} ORDER BY e.at, e.id", (listed(ids),)
    )
    return {row["account_id"]: _event(row) for row in rows}


def _last_grades(store: Store, ids: list[int]) -> dict[int, Statement]:
    rows = store.rows(
        f"{_STATEMENTS} WHERE s.kind = ? AND s.account_id IN {LISTED} ORDER BY s.id",
        (Relation.RELIABLE, listed(ids)),
    )
    return {row["account_id"]: _statement(row) for row in rows}


def state(store: Store, person_id: int, account_id: int, said: Statement) -> None:
    """Keep what somebody states of an account; what was stated before stays. Inside a
    transaction."""
    store.insert(
        "account_statement",
        account_id=account_id,
        kind=said.kind,
        value=said.value,
        reason=said.reason,
        look_again=said.look_again,
        person_id=person_id,
        at=stamp(said.at),
    )


_STATEMENTS = (
    "SELECT s.*, p.name AS by FROM account_statement s JOIN person p ON p.id = s.person_id"
)


def statements(store: Store, account_id: int) -> tuple[Statement, ...]:
    """What was stated of an account, the first first."""
    rows = store.rows(f"{_STATEMENTS} WHERE s.account_id = ? ORDER BY s.id", (account_id,))
    return tuple(map(_statement, rows))


def _statement(row: Row) -> Statement:
    return Statement(
        kind=Relation(row["kind"]),
        value=row["value"],
        reason=row["reason"],
        by=row["by"],
        at=moment(row["at"]),
        look_again=row["look_again"],
    )
