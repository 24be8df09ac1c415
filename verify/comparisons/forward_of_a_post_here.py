"""Is the picture forwarded from a post that this desk holds?

Reads whom the posts collected here that show the picture say that they forward, and from which post
the picture itself was forwarded; beside these the posts of those accounts that show it.

Outcomes: noted, the post that was forwarded is here. Otherwise there is no finding.

Errs: exports name whom a post forwards, not always which post: it is one of that account that shows
the picture, or one that matches it, and is not later.

Example: @copies forwarded it from Wilayat Salahaddin, whose post of 12 June is here.
"""

from __future__ import annotations

from collections.abc import Iterator

from verify.comparisons import Circumstances
from verify.records import Finding, Instant, Outcome, Pillar, say

PILLAR = Pillar.SOURCE


def compare(circumstances: Circumstances) -> Iterator[Finding]:
    """Note each account whose post was forwarded and is here."""
    forwards = [
        (one.post.forwarded_from, one.shown_by, one.latest)
        for one in circumstances.posts
        if one.post.forwarded_from
    ]
    forwards += [(one.source, "", one.posted_at) for one in circumstances.sightings if one.source]
    told = set()
    for source, by, at in forwards:
        held = next(
            (
                one
                for one in circumstances.posts
                if source.removeprefix("@").casefold() in one.called
                and one.earliest
                and (at is None or one.earliest <= at)
            ),
            None,
        )
        if held is None or not held.earliest or held.id in told:
            continue
        told.add(held.id)
        when = Instant(at=held.earliest)
        yield Finding(
            check="forward_of_a_post_here",
            pillar=PILLAR,
            outcome=Outcome.NOTED,
            summary=say(
                "{name} forwarded it from {source}, whose post of {when} this desk holds.",
                name=by,
                source=held.shown_by,
                when=when,
            )
            if by
            else say(
                "It came from {source}, whose post of {when} this desk holds.",
                source=held.shown_by,
                when=when,
            ),
            read_from="posts",
            raw=source[:300],
            items=("earliest", "original"),
        )
