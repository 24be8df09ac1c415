"""What became of posts: edited, with what stood there before; no longer in a later export."""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Iterable, Sequence

from verify.records import Person, Post, PostEvent, PostEventKind
from verify.store.casework.visibility import VISIBLE, eyes
from verify.store.database.connection import LISTED, Row, Store, listed, now, stamp


def edited(store: Store, before: Row, post: Post) -> bool:
    """Keep both versions of a post of which another one came, the later as its text; whether its
    words changed. before: its row. Inside a transaction."""
    if post.text == before["text"] or post.edited_at == before["edited_at"]:
        return False
    if not all(not at or at.endswith("Z") for at in (post.edited_at, before["edited_at"])):
        return False  # nobody can tell which came later
    later = post.edited_at > before["edited_at"]
    at = post.edited_at if later else before["edited_at"]
    former = before["text"] if later else post.text
    if store.row(
        "SELECT 1 FROM post_event WHERE post_id = ? AND kind = 'edited' AND text = ?",
        (before["id"], former),
    ):
        former = None
    if former is not None:
        store.insert_once("post_event", post_id=before["id"], kind="edited", at=at, text=former)
    if later:
        store.change(
            "UPDATE post SET text = ?, links = ?, hashtags = ?, edited_at = ? WHERE id = ?",
            (
                post.text,
                json.dumps(post.links),
                json.dumps(post.hashtags),
                post.edited_at,
                before["id"],
            ),
        )
    return True


def texts(store: Store, post_id: int) -> tuple[str, ...]:
    """All that ever stood in a post, what stands there now first."""
    rows = store.rows(
        "SELECT text FROM post WHERE id = ?1 UNION ALL"
        " SELECT text FROM post_event WHERE post_id = ?1 AND kind = 'edited'",
        (post_id,),
    )
    return tuple(dict.fromkeys(row["text"] for row in rows if row["text"]))


def gone(store: Store, shelf_id: int, network: str, place: str, present: Sequence[int]) -> int:
    """Note which posts of a place an export lacks, between its first and last; how many. Inside a
    transaction.

    present: the numbers of all that is in it, in their order; there is at least one.
    """
    rows = store.rows(
        "SELECT id, CAST(external_id AS INTEGER) AS number FROM post"
        " WHERE network = ? AND place = ? AND CAST(external_id AS INTEGER) BETWEEN ? AND ?",
        (network, place, present[0], present[-1]),
    )
    at, count = stamp(now()), 0
    for row in rows:
        if present[bisect_left(present, row["number"])] == row["number"]:
            continue
        known = store.row(
            "SELECT 1 FROM post_event WHERE post_id = ? AND kind = 'gone' AND shelf_id = ?",
            (row["id"], shelf_id),
        )
        if not known:
            store.insert(
                "post_event", post_id=row["id"], kind="gone", at=at, text="", shelf_id=shelf_id
            )
            count += 1
    return count


def of_posts(
    store: Store, person: Person, post_ids: Iterable[int]
) -> dict[int, tuple[PostEvent, ...]]:
    """What became of posts, in its order, as far as a person may see the imports that tell it."""
    rows = store.rows(
        "SELECT v.* FROM post_event v WHERE (v.shelf_id IS NULL OR EXISTS"
        f' (SELECT 1 FROM "case" c WHERE c.id = -v.shelf_id AND {VISIBLE}))'
        f" AND v.post_id IN {LISTED} ORDER BY v.post_id, v.at, v.id",
        (*eyes(person), listed(post_ids)),
    )
    found: dict[int, tuple[PostEvent, ...]] = {}
    for row in rows:
        one = PostEvent(kind=PostEventKind(row["kind"]), at=row["at"], text=row["text"])
        found[row["post_id"]] = (*found.get(row["post_id"], ()), one)
    return found
