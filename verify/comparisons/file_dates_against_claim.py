"""Is anything in the file dated before what the claim says it shows?

Reads every time in the file beside the capture time (digitised, created, changed), and the dates in
the words of its caption; and the date kept with each claim, else those in its words.

Outcomes: flagged, one of them lies more than a day before the claimed date; inconclusive, the
same, but the date is that of an unset clock, of a document's first saving, or in doubt. A date
after the claimed one says nothing, and there is no finding.

Errs: a clock that was never set, a template that is years old, a caption about something earlier.

Example: last changed on 5 July 2021, the claim says 7 October 2023: the picture was there before.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from verify.comparisons import Circumstances
from verify.lab.written.clock import of_an_unset_clock
from verify.reading.capture import capture
from verify.reading.dates import NamedDate, dates_claimed, dates_in
from verify.records import (
    CalendarDate,
    Claim,
    Finding,
    Outcome,
    Pillar,
    Sentence,
    Value,
    WallTime,
    say,
)

PILLAR = Pillar.DATE
# A document keeps the day on which it was first saved, however often it serves as a template.
_OF_DOCUMENTS = ("XMP xmp:CreateDate", "QuickTime mvhd")


@dataclass(frozen=True)
class _Dated:
    """A day in the file. certain: it can be read in one way, and no unset clock shows it."""

    what: str
    place: str
    day: date
    shown: Value
    certain: bool


def compare(circumstances: Circumstances) -> Iterator[Finding]:
    """For each claim with a date, the earliest day in the file that lies before it."""
    found = sorted(_dates(circumstances), key=lambda one: (not one.certain, one.day))
    captured = capture(circumstances.examination.metadata)
    for claim in circumstances.claims:
        named = dates_claimed(claim)
        before = [one for one in found if named and _days_before(one, named) > 1]
        if captured and named and captured.latest.date() < min(one.first for one in named):
            continue  # the capture time says it, and is compared by itself
        if before:
            yield _finding(claim, min(named, key=lambda one: one.first), before[0])


def _dates(circumstances: Circumstances) -> Iterator[_Dated]:
    for one in circumstances.examination.dates:
        day = date.fromisoformat(one.at[:10])
        certain = not of_an_unset_clock(one.at) and one.place not in _OF_DOCUMENTS
        yield _Dated(one.what, one.place, day, WallTime(at=one.at, zone=one.zone), certain)
    for named in dates_in(circumstances.examination.metadata.caption or ""):
        if named.last < date.max:
            shown = CalendarDate(at=named.last.isoformat())
            yield _Dated("captioned", "caption in the file", named.last, shown, named.certain)


def _days_before(one: _Dated, named: list[NamedDate]) -> int:
    """How many days it lies before all that the claim names."""
    return min(claimed.first for claimed in named).toordinal() - one.day.toordinal()


def _finding(claim: Claim, named: NamedDate, one: _Dated) -> Finding:
    certain = one.certain and named.certain
    return Finding(
        check="file_dates_against_claim",
        pillar=PILLAR,
        outcome=Outcome.FLAGGED if certain else Outcome.INCONCLUSIVE,
        summary=_summary(one, named),
        read_from=f"{one.place}, claim {claim.id}",
        raw=one.day.isoformat(),
        caution=say(
            "{date} The picture may have been there before the event: look for its first use. "
            "Or a clock was wrong, a template is older, or the words are about something earlier.",
            date=named.caution,
        ),
        items=("predates", "captured-when"),
    )


def _summary(one: _Dated, named: NamedDate) -> Sentence:
    values: dict[str, Value] = {"time": one.shown, "claimed": named.shown}
    match one.what:
        case "captioned":
            return say(
                "The caption in the file names {time}, before the date in the claim ({claimed}).",
                **values,
            )
        case "digitised":
            return say(
                "The file says it was digitised at {time}, before the date in the claim "
                "({claimed}).",
                **values,
            )
        case "created":
            return say(
                "The file says it was created at {time}, before the date in the claim ({claimed}).",
                **values,
            )
    return say(
        "The file says it was last changed at {time}, before the date in the claim ({claimed}).",
        **values,
    )
