"""All that came from one source, account or sender, brought together in a case to be wiped.

What was taken out of such files, or made of them, goes with them, in whichever case it lies.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from verify.records import DERIVED, SEALED
from verify.store.database.connection import LISTED, Store, listed, now, stamp
from verify.store.search import full_text

_NAMED = "name = ?1 OR external_id = ?1 OR service || ':' || external_id = ?1"


@dataclass(frozen=True)
class Named:
    """A source or a sender. told: service, name and account, to tell it from others."""

    id: int
    told: str


def sources(store: Store, name: str) -> list[Named]:
    """The sources with this name or account."""
    rows = store.rows(
        "SELECT id, service || ':' || external_id || ' ' || name AS told FROM source"
        f" WHERE {_NAMED} ORDER BY id",
        (name,),
    )
    return [Named(row["id"], row["told"]) for row in rows]


def senders(store: Store, name: str) -> list[Named]:
    """Those who brought files and have this name or account."""
    rows = store.rows(
        "SELECT id, service || ':' || external_id || ' ' || name AS told FROM person"
        f" WHERE ({_NAMED}) AND id IN (SELECT person_id FROM submission) ORDER BY id",
        (name,),
    )
    return [Named(row["id"], row["told"]) for row in rows]


def all_senders(store: Store, limit: int) -> list[Named]:
    """Those who brought files that are not sealed, latest first."""
    rows = store.rows(
        "SELECT p.id, p.service || ':' || p.external_id || ' ' || p.name AS told FROM person p"
        " JOIN submission s ON s.person_id = p.id WHERE s.service NOT IN (?, ?)"
        " GROUP BY p.id ORDER BY max(s.id) DESC LIMIT ?",
        (SEALED, DERIVED, limit),
    )
    return [Named(row["id"], row["told"]) for row in rows]


@dataclass(frozen=True)
class Found:
    """What is to go: files as they came, and posts."""

    submissions: frozenset[int]
    posts: frozenset[int] = frozenset()


def of_source(store: Store, source_id: int) -> Found:
    """What a source stands behind."""
    rows = store.rows("SELECT submission_id FROM sighting WHERE source_id = ?", (source_id,))
    return _found(store, {row["submission_id"] for row in rows})


def of_sender(store: Store, person_id: int) -> Found:
    """What a person brought."""
    rows = store.rows(
        "SELECT id FROM submission WHERE person_id = ? AND service <> ? AND case_id > 0",
        (person_id, DERIVED),
    )
    return _found(store, {row["id"] for row in rows})


def of_account(store: Store, account_id: int) -> Found:
    """The posts of an account, with their files."""
    posts = store.rows("SELECT id FROM post WHERE account_id = ?", (account_id,))
    files = store.rows(
        "SELECT submission_id FROM post_media WHERE post_id IN"
        " (SELECT id FROM post WHERE account_id = ?)",
        (account_id,),
    )
    found = _found(store, {row["submission_id"] for row in files})
    return Found(found.submissions, frozenset(row["id"] for row in posts))


def _found(store: Store, found: set[int]) -> Found:
    """With what was made of exhibits that nothing else brought."""
    while True:
        rows = store.rows(
            "SELECT s.id FROM submission s JOIN exhibit o"
            " ON o.sha256 = substr(json_extract(s.body, '$.origin.name'), 1, 64)"
            f" WHERE s.service = ? AND s.id NOT IN {LISTED} AND o.id NOT IN"
            f" (SELECT exhibit_id FROM submission WHERE id NOT IN {LISTED})",
            (DERIVED, listed(found), listed(found)),
        )
        if not rows:
            return Found(frozenset(found))
        found = found | {row["id"] for row in rows}


def cases_of(store: Store, found: Found) -> set[int]:
    """The cases in which it lies; those below zero are imports."""
    rows = store.rows(
        f"SELECT case_id FROM submission WHERE id IN {LISTED}"
        f" UNION SELECT -shelf_id FROM post_shelf WHERE post_id IN {LISTED}",
        (listed(found.submissions), listed(found.posts)),
    )
    return {row[0] for row in rows}


def gather(store: Store, person_id: int, found: Found) -> int:
    """Put it, with what stands and was claimed because of it, into a new case that nobody sees;
    gives its number. In a transaction."""
    into = store.insert("case", opened_at=stamp(now()), opened_by=person_id, confidential=1)
    ids = listed(found.submissions)
    gone = [
        row["exhibit_id"]
        for row in store.rows(
            f"SELECT DISTINCT exhibit_id FROM submission WHERE id IN {LISTED} AND exhibit_id NOT IN"
            f" (SELECT exhibit_id FROM submission WHERE id NOT IN {LISTED})",
            (ids, ids),
        )
    ]
    claims = (
        f"submission_id IN {LISTED} OR root_id IN"
        f" (SELECT id FROM claim WHERE submission_id IN {LISTED})"
    )
    full_text.move(store, "claim", f"claim WHERE {claims}", (ids, ids), into)
    full_text.move(store, "sighting", f"sighting WHERE submission_id IN {LISTED}", (ids,), into)
    store.change(f"UPDATE claim SET case_id = ? WHERE {claims}", (into, ids, ids))
    for table, column in (("sighting", "submission_id"), ("submission", "id")):
        store.change(f"UPDATE {table} SET case_id = ? WHERE {column} IN {LISTED}", (into, ids))
    store.change(f"UPDATE note SET exhibit_id = NULL WHERE exhibit_id IN {LISTED}", (listed(gone),))
    for table in ("claim", "verdict", "bot_message", "mark"):
        store.change(
            f"UPDATE {table} SET case_id = ? WHERE exhibit_id IN {LISTED}", (into, listed(gone))
        )
    _shelve(store, person_id, found.posts, into)
    return into


def _shelve(store: Store, person_id: int, posts: Iterable[int], case_id: int) -> None:
    """Take posts from where imports put them onto a shelf of that case's, which goes with it."""
    if not (these := [*posts]):
        return
    at = stamp(now())
    store.insert(
        "shelf", id=-case_id, person_id=person_id, what="", begun_at=at, ended_at=at, undone_at=at
    )
    store.change(f"DELETE FROM post_shelf WHERE post_id IN {LISTED}", (listed(these),))
    for post_id in these:
        store.insert("post_shelf", post_id=post_id, shelf_id=-case_id)


def emptied(store: Store, cases: set[int]) -> list[int]:
    """Those of these cases that hold no file any more."""
    rows = store.rows(
        f'SELECT id FROM "case" WHERE id IN {LISTED} AND id > 0 AND wiped_at IS NULL'
        " AND id NOT IN (SELECT case_id FROM submission) ORDER BY id",
        (listed(cases),),
    )
    return [row["id"] for row in rows]
