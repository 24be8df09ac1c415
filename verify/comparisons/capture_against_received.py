"""Was it captured before it was received, as it must have been?

Reads the capture time in the file, and when this desk first received it.

Outcomes: noted, how many days lie between; flagged, the capture lies after the receipt.

Errs: a capture time is what the camera's clock was set to. Without a zone 26 hours of real time
are possible, and the whole of them must lie later to be flagged.

Example: captured 412 days before it came to this desk.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from verify.comparisons import Circumstances
from verify.reading.capture import capture
from verify.records import Finding, Instant, Outcome, Pillar, say, say_many

PILLAR = Pillar.DATE
_CLOCKS_DIFFER = timedelta(minutes=10)


def compare(circumstances: Circumstances) -> Iterator[Finding]:
    """Flag a capture time that lies after the receipt; note how long before it lies else."""
    captured = capture(circumstances.examination.metadata)
    if not captured:
        return
    received = circumstances.received_at
    if captured.earliest > received + _CLOCKS_DIFFER:
        outcome = Outcome.FLAGGED
        summary = say(
            "The file says it was captured on {captured}, "
            "but this desk had received it by {received}.",
            captured=captured.written,
            received=Instant(at=received),
        )
    elif days := max(0, (received - captured.latest).days):
        outcome = Outcome.NOTED
        summary = say_many(
            "The file says it was captured {count} day before this desk received it.",
            "The file says it was captured {count} days before this desk received it.",
            days,
        )
    else:
        outcome = Outcome.NOTED
        summary = say("The file says it was captured within a day of its receipt by this desk.")
    yield Finding(
        check="capture_against_received",
        pillar=PILLAR,
        outcome=outcome,
        summary=summary,
        read_from="capture time",
        raw=captured.written.at,
        caution=say(
            "A capture time is what the camera's clock was set to, and any program can rewrite it."
        ),
        items=("captured-when",),
    )
