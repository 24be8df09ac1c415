"""Did another account have the picture before the one that it came from?

Reads the posts collected here that show the picture or one that matches it, and the posts that it
was forwarded from, with their times.

Outcomes: noted, another account surely posted it earlier, by all that is known of both times.
Otherwise there is no finding.

Errs: the first here is the first among the posts that this desk holds. A match may be a different
picture: look at the card.

Example: it came from a post of @copies of 14 June, and @w_salahadden posted it on 12 June.
"""

from __future__ import annotations

from collections.abc import Iterator

from verify.comparisons import Circumstances
from verify.records import Finding, Instant, Outcome, Pillar, say

PILLAR = Pillar.SOURCE


def compare(circumstances: Circumstances) -> Iterator[Finding]:
    """Note the first account that had it before each one that it came from."""
    timed = [one for one in circumstances.posts if one.latest and one.shown_by]
    told = set()
    for sighting in circumstances.sightings:
        if not (sighting.source and sighting.posted_at) or sighting.source in told:
            continue
        first = timed[0] if timed else None
        if first is None or not first.latest or first.latest > sighting.posted_at:
            return
        if sighting.source.casefold() in first.called:
            continue
        told.add(sighting.source)
        yield Finding(
            check="account_had_it_earlier",
            pillar=PILLAR,
            outcome=Outcome.NOTED,
            summary=say(
                "Another account had it earlier: {name} posted it by {then}; it came here from"
                " {source}, posted {when}.",
                name=first.shown_by,
                then=Instant(at=first.latest),
                source=sighting.source,
                when=Instant(at=sighting.posted_at),
            ),
            read_from="posts",
            raw=first.shown_by,
            caution=say("It is the first among the posts that this desk holds."),
            items=("uploader", "earliest"),
        )
