"""Was it captured before it was posted, as it must have been?

Reads the capture time in the file, and the earliest time at which the picture or a match was out:
by forward, by a link whose servers made the id, or by an earlier sighting here.

Outcomes: flagged, the capture lies more than ten minutes after that. Otherwise there is no
finding.

Errs: the camera's clock may be wrong, a program may have written the time anew, and the earlier
picture may be a different one.

Example: captured in March 2024 by the file, and posted in May 2022.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from verify.comparisons import Circumstances
from verify.comparisons.networks import out_by
from verify.reading.capture import capture
from verify.records import Finding, Instant, Outcome, Pillar, say

PILLAR = Pillar.DATE
_CLOCKS_DIFFER = timedelta(minutes=10)


def compare(circumstances: Circumstances) -> Iterator[Finding]:
    """Flag a capture time that lies after the earliest post known: by forward, link or match."""
    captured = capture(circumstances.examination.metadata)
    posted = min(_posts(circumstances), default=None)
    if not captured or not posted or captured.earliest <= posted + _CLOCKS_DIFFER:
        return
    yield Finding(
        check="capture_against_posting",
        pillar=PILLAR,
        outcome=Outcome.FLAGGED,
        summary=say(
            "The file says it was captured on {captured}, but the picture was out by {posted}.",
            captured=captured.written,
            posted=Instant(at=posted),
        ),
        read_from="capture time",
        raw=captured.written.at,
        caution=say(
            "The camera's clock may be wrong, the file may have been saved anew with another time, "
            "or the earlier picture may be a different one."
        ),
        items=("captured-when", "original"),
    )


def _posts(circumstances: Circumstances) -> Iterator[datetime]:
    """When this picture, or one found alike, is known to have been out."""
    for sighting in circumstances.sightings:
        if sighting.posted_at:
            yield sighting.posted_at
        if out := out_by(sighting.links, now=circumstances.received_at):
            yield out
    for match in circumstances.matches:
        yield match.first_seen.at
