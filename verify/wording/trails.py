"""What is said of the way that a picture went: who was first here, through whom, what changed."""

from __future__ import annotations

from collections.abc import Iterator

from verify.records import Hop, KeptPost, Sentence, TrailReport, listed, say, say_many
from verify.wording import posts

_MOST = 10  # hops that are told
_DIGITS = 12  # of a SHA-256


def told(report: TrailReport) -> Iterator[Sentence]:
    """All of it, a line each: known forwards and changes before what is only inferred."""
    by_id = {one.id: one for one in report.posts}
    made, digest = report.trail, report.sha256[:_DIGITS]
    first = [by_id[one] for one in made.first if one in by_id]
    if len(first) == 1:
        yield say(
            "Picture {digest}…, first here: {post}.", digest=digest, post=posts.line(first[0])
        )
    elif first:
        yield say(
            "Picture {digest}…: the times do not tell which of these was first here: {posts}.",
            digest=digest,
            posts=listed(posts.line(one) for one in first[:_MOST]),
        )
    telling = [one for one in made.hops if one.known or one.changed]
    for hop in telling[:_MOST]:
        if hop.source in by_id and hop.post in by_id:
            yield _hop(hop, by_id[hop.source], by_id[hop.post])
    if more := len(made.hops) - len(telling[:_MOST]):
        yield say_many(
            "{count} more post of it, taken to be a copy of the one before.",
            "{count} more posts of it, each taken to be a copy of the one before.",
            more,
        )
    if made.undated:
        yield say_many(
            "{count} post of it has a time in an unknown zone, and stands in no order.",
            "{count} posts of it have times in unknown zones, and stand in no order.",
            len(made.undated),
        )


def _hop(hop: Hop, source: KeptPost, post: KeptPost) -> Sentence:
    by = posts.by(source)
    if hop.known:
        way = say("{post}: a forward from {source}.", post=posts.line(post), source=by)
    else:
        way = say(
            "{post}: taken to be a copy of that of {source}.", post=posts.line(post), source=by
        )
    if "picture" in hop.changed:
        way = say("{way} Another part of the picture begins here.", way=way)
    if "words" in hop.changed:
        way = say("{way} Other words begin here.", way=way)
    return way
