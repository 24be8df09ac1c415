"""Does the capture time fit the date that the claim names?

Reads the capture time in the file, and the date kept with each claim, else those in its words.

Outcomes: noted, the capture lies on the claimed day or one beside it, as zones differ, or within
the claimed stretch of days; flagged, it lies on another day; inconclusive, the same, but the date
can be read in another way, or an unset clock shows that time. Without either there is no finding.

Errs: a date read from words by rule may stand for something else, and the camera's clock may be
wrong.

Example: captured on 5 July 2021, the claim says 7 October 2023: two years before.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from verify.comparisons import Circumstances
from verify.lab.written.clock import of_an_unset_clock
from verify.reading.capture import capture
from verify.reading.dates import NamedDate, dates_claimed
from verify.records import Claim, Finding, Outcome, Pillar, Sentence, WallTime, say, say_many

PILLAR = Pillar.DATE


def compare(circumstances: Circumstances) -> Iterator[Finding]:
    """For each claim with a date: flag a capture on another day, note one that fits.

    A day either way fits: the claim and the camera may stand in different time zones.
    """
    captured = capture(circumstances.examination.metadata)
    if not captured:
        return
    day = date.fromisoformat(captured.written.at[:10])
    for claim in circumstances.claims:
        if named := dates_claimed(claim):
            nearest = min(named, key=lambda one: abs(one.days_until(day)))
            yield _finding(claim, nearest, nearest.days_until(day), captured.written)


def _finding(claim: Claim, named: NamedDate, days: int, written: WallTime) -> Finding:
    return Finding(
        check="capture_against_claim",
        pillar=PILLAR,
        outcome=_outcome(named, days, written),
        summary=_summary(named, days, written),
        read_from=f"capture time, claim {claim.id}",
        raw=named.written,
        caution=say("{date} The camera's clock may be wrong.", date=named.caution),
        items=("captured-when", "predates") if days < -1 else ("captured-when",),
    )


def _outcome(named: NamedDate, days: int, written: WallTime) -> Outcome:
    if abs(days) <= 1:
        return Outcome.NOTED
    certain = named.certain and not of_an_unset_clock(written.at)
    return Outcome.FLAGGED if certain else Outcome.INCONCLUSIVE


def _summary(named: NamedDate, days: int, written: WallTime) -> Sentence:
    if days < -1:
        return say_many(
            "The file says it was captured on {captured}, "
            "{count} day before the date in the claim ({claimed}).",
            "The file says it was captured on {captured}, "
            "{count} days before the date in the claim ({claimed}).",
            -days,
            captured=written,
            claimed=named.shown,
        )
    if days > 1:
        return say_many(
            "The file says it was captured on {captured}, "
            "{count} day after the date in the claim ({claimed}).",
            "The file says it was captured on {captured}, "
            "{count} days after the date in the claim ({claimed}).",
            days,
            captured=written,
            claimed=named.shown,
        )
    return say(
        "The file says it was captured on {captured}; this fits the date in the claim ({claimed}).",
        captured=written,
        claimed=named.shown,
    )
