"""Was the picture, or one like it, seen before the event it is said to show?

Reads the earliest time at which the picture or a match was seen (receipt, forward, links whose
servers made the id, earlier cases), and the date kept with each claim, else those in its words.

Outcomes: flagged, it was seen before every date in the claim begins anywhere on earth;
inconclusive, the same, but the date can be read in another way. Otherwise there is no finding.

Errs: a date read from words by rule may stand for something else. A match may be a different
picture: look at the card.

Example: received in 2024, and the claim says March 2026.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from verify.comparisons import Circumstances
from verify.comparisons.networks import out_by
from verify.reading.dates import dates_claimed
from verify.records import Finding, Instant, Outcome, Pillar, say

PILLAR = Pillar.DATE
# A claimed day begins up to 14 hours before it does in UTC.
_EARLIEST_DAWN = timedelta(hours=14)


def compare(circumstances: Circumstances) -> Iterator[Finding]:
    """Flag each claim whose every date begins after the picture was first seen."""
    seen = min(_sightings(circumstances))
    for claim in circumstances.claims:
        named = dates_claimed(claim)
        starts = [datetime.combine(one.first, datetime.min.time(), UTC) for one in named]
        if starts and seen + _EARLIEST_DAWN < min(starts):
            nearest = named[starts.index(min(starts))]
            yield Finding(
                check="first_seen_against_claim",
                pillar=PILLAR,
                outcome=Outcome.FLAGGED if nearest.certain else Outcome.INCONCLUSIVE,
                summary=say(
                    "The picture predates its claim: it, or one that matches it, was seen by "
                    "{seen}, before the date in the claim ({claimed}).",
                    seen=Instant(at=seen),
                    claimed=nearest.shown,
                ),
                read_from=f"first sighting, claim {claim.id}",
                raw=nearest.written,
                caution=nearest.caution,
                items=("predates", "earliest"),
            )


def _sightings(circumstances: Circumstances) -> Iterator[datetime]:
    yield circumstances.received_at
    for sighting in circumstances.sightings:
        yield sighting.posted_at or sighting.received_at
        if out := out_by(sighting.links, now=circumstances.received_at):
            yield out
    for match in circumstances.matches:
        yield match.first_seen.at
