"""When was the post made, by the number in its link; and was the picture known before?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from verify.comparisons import Circumstances
from verify.comparisons.platforms import Posting, posting
from verify.records import Finding, FirstSeen, Instant, Outcome, Pillar, say

PILLAR = Pillar.DATE
_SAME_EVENT = timedelta(days=1)  # copies spread within hours of each other


def compare(circumstances: Circumstances) -> Iterator[Finding]:
    """Note the time in each link; flag it where an earlier copy was seen a day before or more."""
    links = {link: None for sighting in circumstances.sightings for link in sighting.links}
    seen = [match.first_seen for match in circumstances.matches]
    earliest = min(seen, key=lambda first: first.at, default=None)
    for link in links:
        if post := posting(link, now=circumstances.received_at):
            yield _noted(link, post)
            if earliest and earliest.at + _SAME_EVENT <= post.at:
                yield _older(link, post, earliest)


def _noted(link: str, post: Posting) -> Finding:
    return Finding(
        check="posted_in_link",
        pillar=PILLAR,
        outcome=Outcome.NOTED,
        summary=say(
            "By the number in its link, the post on {platform} was made at {posted}.",
            platform=post.platform,
            posted=Instant(at=post.at),
        ),
        read_from="link",
        raw=link[:300],
        caution=say(
            "The platform's servers make this number; it says when the post was made, "
            "not when the picture was captured. A draft can be published later."
        ),
        items=("captured-when", "earliest"),
    )


def _older(link: str, post: Posting, earliest: FirstSeen) -> Finding:
    return Finding(
        check="posted_in_link",
        pillar=PILLAR,
        outcome=Outcome.FLAGGED,
        summary=say(
            "The picture is older than the post on {platform} of {posted}: "
            "a matching one was seen by {seen}.",
            platform=post.platform,
            posted=Instant(at=post.at),
            seen=Instant(at=earliest.at),
        ),
        read_from="link",
        raw=link[:300],
        caution=say("Whether the two pictures are the same is for you to judge from the card."),
        items=("earliest", "predates"),
    )
