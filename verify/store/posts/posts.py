"""Posts: kept once each, and read with the account, the exhibits and the time of each."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from verify.records import KeptPost, Person, PlaceKind, Post, PostEvent
from verify.store.casework.visibility import eyes
from verify.store.database.connection import LISTED, Row, Store, listed, stamp
from verify.store.posts import accounts, post_events, shelves
from verify.store.posts.accounts import SEEN
from verify.store.search import full_text

FINE = 60
"""Seconds: a time known as finely is told as a point in time."""
_AHEAD, _BEHIND = timedelta(hours=14), timedelta(hours=12)  # the zones of the earth
_A_DAY = 86_400


def span(post: Post) -> tuple[datetime, datetime] | None:
    """Within which two moments it was posted; without a zone, anywhere on earth."""
    if not post.at:
        return None
    begin = datetime.fromisoformat(post.at.removesuffix("Z")).replace(tzinfo=UTC)
    whole = len(post.at) <= len("2014-06-12")
    end = begin + timedelta(seconds=max(post.resolution_s, _A_DAY if whole else 1))
    if post.zone_known:
        return begin, end
    return begin - _AHEAD, end + _BEHIND


class Added(NamedTuple):
    """What came of a post: its id, whether it is new, whether it was here with other words."""

    id: int
    new: bool
    changed: bool


def add(store: Store, post: Post, shelf_id: int) -> Added:
    """Keep a post once, and that this import brought it; of another version what it says. Inside
    a transaction."""
    key = (post.network, post.place, post.id)
    row = store.row(
        "SELECT id, text, edited_at FROM post WHERE network = ? AND place = ? AND external_id = ?",
        key,
    )
    number = row["id"] if row else _insert(store, post)
    if row and post.zone_known:
        _know_better(store, number, post)
    store.insert_once("post_shelf", post_id=number, shelf_id=shelf_id)
    # what one person alone may see changes nothing that others see
    changed = (
        row is not None
        and not shelves.confidential(store, shelf_id)
        and post_events.edited(store, row, post)
    )
    return Added(number, row is None, changed)


def of_closed_chat(store: Store, exhibit_id: int) -> bool:
    """Whether an exhibit came with a post of a member of a closed chat."""
    row = store.row(
        "SELECT 1 FROM submission s JOIN post_media m ON m.submission_id = s.id"
        " JOIN post p ON p.id = m.post_id LEFT JOIN account a ON a.id = p.account_id"
        " WHERE s.exhibit_id = ? AND coalesce(a.person, 1)"
        " AND p.place_kind IN ('closed_group', 'private')",
        (exhibit_id,),
    )
    return row is not None


def _know_better(store: Store, post_id: int, post: Post) -> None:
    """Keep the time that an export knows with its zone, where the one before did not."""
    begin, end = span(post) or (None, None)
    changed = (
        begin
        and end
        and store.change(
            "UPDATE post SET at = ?, resolution_s = ?, earliest = ?, latest = ?"
            " WHERE id = ? AND at NOT LIKE '%Z'",
            (post.at, post.resolution_s, int(begin.timestamp()), int(end.timestamp()), post_id),
        )
    )
    if changed and begin and post.resolution_s <= FINE:
        store.change(
            "UPDATE sighting SET posted_at = ? WHERE submission_id IN"
            " (SELECT submission_id FROM post_media WHERE post_id = ?)",
            (stamp(begin), post_id),
        )


def _insert(store: Store, post: Post) -> int:
    known = span(post)
    begin, end = (int(one.timestamp()) for one in known) if known else (None, None)
    return store.insert(
        "post",
        network=post.network,
        place=post.place,
        place_name=post.place_name,
        place_kind=post.place_kind,
        external_id=post.id,
        account_id=accounts.of(store, post),
        name=post.name,
        handle=post.handle,
        at=post.at,
        resolution_s=post.resolution_s,
        earliest=begin,
        latest=end,
        edited_at=post.edited_at,
        text=post.text,
        links=json.dumps(post.links),
        hashtags=json.dumps(post.hashtags),
        client=post.client,
        forwarded_from=post.forwarded_from,
        reply_to=post.reply_to,
        link=post.link,
        missing=len(post.media),
    )


def add_media(store: Store, post_id: int, submission_id: int) -> None:
    """Note that a file of a post is here, once. Inside a transaction."""
    known = store.row("SELECT 1 FROM post_media WHERE submission_id = ?", (submission_id,))
    if known:
        return
    [last] = store.rows(
        "SELECT coalesce(max(number), 0) AS number FROM post_media WHERE post_id = ?", (post_id,)
    )
    number = last["number"] + 1
    store.insert("post_media", post_id=post_id, number=number, submission_id=submission_id)
    lacks_fewer(store, post_id, 1)


def lacks_fewer(store: Store, post_id: int, count: int) -> None:
    """Note that so many of a post's files are not missing. Inside a transaction."""
    store.change("UPDATE post SET missing = max(0, missing - ?) WHERE id = ?", (count, post_id))


_POST = (
    "SELECT p.*, coalesce(a.key, '') AS account, coalesce(a.person, 0) AS person FROM post p"
    f" LEFT JOIN account a ON a.id = p.account_id WHERE {SEEN}"
)
_IN_TIME = " ORDER BY p.latest IS NULL, p.latest, p.id"


def every(store: Store, person: Person) -> Iterator[KeptPost]:
    """All posts that a person may see, in the order of their times; what has none comes last."""
    ids = [
        row["id"]
        for row in store.rows(f"SELECT p.id FROM post p WHERE {SEEN}{_IN_TIME}", eyes(person))
    ]
    for first in range(0, len(ids), 500):
        yield from _kept(store, person, _rows(store, person, ids[first : first + 500]))


def _rows(store: Store, person: Person, ids: Iterable[int]) -> list[Row]:
    return store.rows(f"{_POST} AND p.id IN {LISTED}{_IN_TIME}", (*eyes(person), listed(ids)))


def with_words(store: Store, person: Person, text: str) -> list[KeptPost]:
    """The posts in which every word stands, in the order of their times."""
    return _kept(store, person, _rows(store, person, full_text.referring(store, "post", text)))


def of_account(store: Store, person: Person, account_id: int) -> list[KeptPost]:
    """The posts of an account, in the order of their times."""
    rows = store.rows(f"{_POST} AND p.account_id = ?{_IN_TIME}", (*eyes(person), account_id))
    return _kept(store, person, rows)


def showing(store: Store, person: Person, exhibit_ids: Iterable[int]) -> list[KeptPost]:
    """The posts that show any of these exhibits, in the order of their times."""
    rows = store.rows(
        f"{_POST} AND p.id IN (SELECT m.post_id FROM post_media m JOIN submission s"
        f" ON s.id = m.submission_id WHERE s.exhibit_id IN {LISTED}){_IN_TIME}",
        (*eyes(person), listed(exhibit_ids)),
    )
    return _kept(store, person, rows)


def numbered(store: Store, person: Person, network: str, number: str) -> list[KeptPost]:
    """The posts of a network with this id, in whichever place."""
    rows = store.rows(
        f"{_POST} AND p.network = ? AND p.external_id = ?{_IN_TIME}",
        (*eyes(person), network, number),
    )
    return _kept(store, person, rows)


def _kept(store: Store, person: Person, rows: list[Row]) -> list[KeptPost]:
    shown: dict[int, list[str]] = {}
    for one in store.rows(
        "SELECT m.post_id, e.sha256 FROM post_media m JOIN submission s ON s.id = m.submission_id"
        f" JOIN exhibit e ON e.id = s.exhibit_id WHERE m.post_id IN {LISTED}"
        " ORDER BY m.post_id, m.number",
        (listed(row["id"] for row in rows),),
    ):
        shown.setdefault(one["post_id"], []).append(one["sha256"])
    events = post_events.of_posts(store, person, (row["id"] for row in rows))
    return [_one(row, tuple(shown.get(row["id"], ())), events.get(row["id"], ())) for row in rows]


def _one(row: Row, exhibits: tuple[str, ...], events: tuple[PostEvent, ...]) -> KeptPost:
    def moment(name: str) -> datetime | None:
        known = row[name]
        return None if known is None else datetime.fromtimestamp(known, UTC)

    post = Post(
        network=row["network"],
        id=row["external_id"],
        place=row["place"],
        place_name=row["place_name"],
        place_kind=PlaceKind(row["place_kind"]),
        account=row["account"],
        name=row["name"],
        handle=row["handle"],
        person=bool(row["person"]),
        at=row["at"],
        resolution_s=row["resolution_s"],
        edited_at=row["edited_at"],
        text=row["text"],
        links=tuple(json.loads(row["links"])),
        hashtags=tuple(json.loads(row["hashtags"])),
        client=row["client"],
        forwarded_from=row["forwarded_from"],
        reply_to=row["reply_to"],
        link=row["link"],
    )
    return KeptPost(
        id=row["id"],
        post=post,
        account_id=row["account_id"] or 0,
        earliest=moment("earliest"),
        latest=moment("latest"),
        missing=row["missing"],
        exhibits=exhibits,
        events=events,
    )
