"""What is said of the posts that show a picture: in the order of their times, who was first."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from verify.records import (
    Appearances,
    CalendarDate,
    Instant,
    KeptPost,
    PostEventKind,
    Sentence,
    Value,
    say,
    say_many,
)
from verify.wording.compared import so_far

_AN_HOUR, _A_DAY = 3600, 86_400
_NAME = 40  # letters of a name in a line


def heading(found: Appearances) -> Iterator[Sentence]:
    """How often a picture and its copies stand in the archive, and which post was first."""
    if not found.posts:
        yield say("No post in the archive shows this picture or a copy of it.")
        yield from so_far(found.compared)
        return
    yield say_many(
        "Among the posts collected here, {count} post shows this picture or a copy of it; by"
        " {accounts}.",
        "Among the posts collected here, {count} posts show this picture or a copy of it; by"
        " {accounts}.",
        len(found.posts),
        accounts=say_many("{count} account", "{count} accounts", found.accounts),
    )
    if len(found.posts) > 1:
        yield _first(found)
    yield from so_far(found.compared)


def _first(found: Appearances) -> Sentence:
    first, second = found.posts[:2]
    if not found.first or first.latest is None or second.earliest is None:
        return say("Their times do not tell which of them was first.")
    ahead = int((second.earliest - first.latest).total_seconds())
    return say("The first stood there {ahead} before the next.", ahead=_lasting(max(0, ahead)))


def _lasting(seconds: int) -> Sentence:
    if seconds >= 2 * _A_DAY:
        return say_many("{count} day", "{count} days", seconds // _A_DAY)
    if seconds >= 2 * _AN_HOUR:
        return say_many("{count} hour", "{count} hours", seconds // _AN_HOUR)
    if seconds >= 120:
        return say_many("{count} minute", "{count} minutes", seconds // 60)
    return say_many("{count} second", "{count} seconds", seconds)


def line(one: KeptPost) -> Sentence:
    """When a post stood there, whose it is, and on which network."""
    return say(
        "{when}, {account} on {network}",
        when=when(one),
        account=by(one),
        network=one.post.network,
    )


def by(one: KeptPost) -> Value:
    """Whose a post is, in a line: a long name is shortened."""
    name = one.shown_by
    if not name:
        return say("an unknown account")
    return name if len(name) <= _NAME else f"{name[: _NAME - 1]}…"


def addressed(found: Appearances) -> Iterator[Sentence]:
    """The posts whose addresses came with a picture."""
    for one in found.addressed:
        if one.post:
            yield say(
                "It came with the address of a post that is here: {post}", post=line(one.post)
            )
        else:
            yield say(
                "It came with the address of a post on {network}, which is not here: {link}",
                network=one.network,
                link=one.link,
            )


def became(one: KeptPost) -> Iterator[Sentence]:
    """What became of a post: edits with what stood there before, exports that lack it."""
    for event in one.events:
        if event.kind is PostEventKind.GONE:
            day = CalendarDate(at=event.at[:10])
            yield say("No longer in the export of {date}.", date=day)
        elif event.text:
            words = " ".join(event.text.split())
            yield say("Edited {when}; before: “{text}”", when=_edited(event.at), text=words)
        else:
            yield say("Edited {when}; before, it had no words.", when=_edited(event.at))


def _edited(at: str) -> Value:
    return Instant(at=datetime.fromisoformat(at)) if at.endswith("Z") else at.replace("T", " ")


def when(one: KeptPost) -> Value:
    """The time of a post, as finely as it is known."""
    if one.earliest is None:
        return say("at an unknown time")
    if not one.post.zone_known:
        return say("{time}, in an unknown zone", time=one.post.at.replace("T", " "))
    if len(one.post.at) <= len("2014-06-12Z"):
        return one.post.at.removesuffix("Z")
    return Instant(at=one.earliest)
