"""The way of a picture: who had it first here, through whom it went, and where it changed."""

from __future__ import annotations

from collections import defaultdict

from verify.desk.shared_things import SharedThings
from verify.records import KeptPost, Person, TrailReport
from verify.store.database.connection import Store
from verify.store.posts import coinciding, posts

_SAME = 0.9  # of both pictures: less of one is a crop, a frame, a picture beside others
PICTURE, WORDS = "picture", "words"


def trail_of(
    store: Store, person: Person, things: SharedThings, sha256: str, alike: set[int]
) -> TrailReport | None:
    """The trail of an exhibit; None where no post with a time shows it or one of these."""
    import numpy as np

    from verify.campaigns.trail import trail

    numbers = things.showing(alike)
    rows = things.rows[np.isin(things.rows["object"], [*numbers])]
    if not len(rows):
        return None
    ids = {int(post) for post in rows["post"]}
    shown = posts.showing(store, person, things.exhibits_in(ids))
    kept = [one for one in shown if one.id in ids]
    made = trail(rows, _forwards(kept), _changed(store, kept, things))
    named = {*made.first, *made.undated}
    for hop in made.hops:
        named |= {hop.source, hop.post}
    return TrailReport(
        sha256=sha256, trail=made, posts=tuple(one for one in kept if one.id in named)
    )


def _forwards(kept: list[KeptPost]) -> dict[int, int]:
    """From a post to the account that it says it forwards, where that has posts here; to 0, which
    is no post, where it has none."""
    called: dict[str, int] = {}
    for one in kept:
        for name in one.called:
            called.setdefault(name, one.account_id)
    return {
        one.id: -called.get(one.post.forwarded_from.removeprefix("@").casefold(), 0)
        for one in kept
        if one.post.forwarded_from
    }


def _changed(
    store: Store, kept: list[KeptPost], things: SharedThings
) -> dict[int, tuple[str, ...]]:
    """The posts in which a picture of another extent, or other words, stood first."""
    shown = {one.id: things.pictured.get(one.id, ()) for one in kept}
    same: dict[int, set[int]] = defaultdict(set)
    for lies in coinciding.lying(store, {one for several in shown.values() for one in several}):
        if min(lies.of_one, lies.of_other) >= _SAME:
            same[lies.one].add(lies.other)
            same[lies.other].add(lies.one)
    had: set[int] = set()
    words: set[str] = set()
    found: dict[int, tuple[str, ...]] = {}
    for post in kept:
        own = shown[post.id]
        fresh = had and any(one not in had and had.isdisjoint(same[one]) for one in own)
        text = " ".join(post.post.text.split())
        changed = (
            *([PICTURE] if fresh else []),
            *([WORDS] if words and text and text not in words else []),
        )
        if changed:
            found[post.id] = changed
        had |= {*own}
        words |= {text} - {""}
    return found
