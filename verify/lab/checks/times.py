"""Do the times in the file contradict each other?

Reads every time that stands in the file beside the capture time: digitised, created and changed
in EXIF, XMP with its history, IPTC, PNG and QuickTime, each with its zone. The satellites' time has
a check of its own.

Outcomes: flagged, two fields give capture times more than a day apart; noted, it was changed before
it was captured, the other times that differ from the capture time, and without a capture time all
of them; inconclusive, a time that stands there and was not understood. Where nothing
differs there is no finding.

Errs: a camera's clock that was never set makes every contradiction: where one of two capture times
is such a clock's, it is noted. A few cameras write a change of long ago into every file. A picture
of an old print has an old date by intent.

Example: captured on 3 January 2000, and in another field on 17 October 2023: somebody corrected
the time of a camera whose clock was not set.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from verify.formats import CLIPS
from verify.lab.imaging import Specimen
from verify.lab.unread import not_understood
from verify.lab.written.clock import day_only, is_set, of_an_unset_clock
from verify.lab.written.dated import (
    CAPTION_DATES,
    CAPTURED,
    CHANGED,
    CREATED,
    DIGITISED,
    Dated,
    read_dates,
    unread_dates,
)
from verify.records import Finding, Outcome, Pillar, Sentence, WallTime, say

PILLAR = Pillar.DATE
MEDIA = frozenset({"*", *CLIPS})

_TOLERANCE = timedelta(seconds=2)
_DAY = timedelta(hours=26)
_MOST = 6


def check(specimen: Specimen) -> Iterator[Finding]:
    """Flag what cannot be together; note the times that differ, and what was not understood."""
    metadata, dates = specimen.readings.metadata, read_dates(specimen.fields)
    if metadata.captured_at is None:
        # A date in the caption data then stands with the missing capture time.
        yield from _noted([one for one in dates if one.place not in CAPTION_DATES])
    else:
        captured = WallTime(at=metadata.captured_at, zone=metadata.captured_zone)
        apart = [one for one in dates if abs(_apart(captured, one.time)) > _TOLERANCE]
        against = [one for one in apart if _contradicts(captured, one)]
        for one in against[:_MOST]:
            yield _contradiction(captured, one)
        yield from _noted([one for one in apart if one not in against])
    for what, unread in unread_dates(specimen.fields)[:_MOST]:
        told = what == CAPTURED and metadata.captured_at is None  # by `captured`
        if is_set(unread.value) and not told:
            yield not_understood("times", PILLAR, unread, "captured-when")


def _apart(one: WallTime, other: WallTime) -> timedelta:
    """How much later the other is, at least.

    Where a zone is missing, on the clock's face, or in UTC where that lies nearer: containers of
    films should write UTC, and cameras write their own clock.
    """
    if day_only(one) or day_only(other):
        return _days_apart(one, other)
    if one.zone and other.zone:
        return _with_zone(other) - _with_zone(one)
    face = datetime.fromisoformat(other.at) - datetime.fromisoformat(one.at)
    if not one.zone and not other.zone:
        return face
    return min(face, _in_utc(other) - _in_utc(one), key=abs)


def _in_utc(time: WallTime) -> datetime:
    return datetime.fromisoformat(time.at + (time.zone or "+00:00"))


def _days_apart(one: WallTime, other: WallTime) -> timedelta:
    """Between the days, where one of them has no clock: none where they are the same."""
    days = datetime.fromisoformat(other.at[:10]) - datetime.fromisoformat(one.at[:10])
    day = timedelta(days=1)
    return days - day if days > day else days + day if days < -day else days


def _with_zone(time: WallTime) -> datetime:
    return datetime.fromisoformat(time.at + (time.zone or ""))


def _contradicts(captured: WallTime, one: Dated) -> bool:
    apart = _apart(captured, one.time)
    if one.what == CAPTURED and abs(apart) > _DAY:
        return not (of_an_unset_clock(captured.at) or of_an_unset_clock(one.time.at))
    return one.what == CHANGED and apart < -_DAY


def _contradiction(captured: WallTime, one: Dated) -> Finding:
    if one.what == CAPTURED:
        summary = say(
            "The file says it was captured at {captured}, and in another field at {time}.",
            captured=captured,
            time=one.time,
        )
    else:
        summary = say(
            "The file says it was captured at {captured}, yet last changed before that, at {time}.",
            captured=captured,
            time=one.time,
        )
    return _finding(
        Outcome.NOTED if one.what == CHANGED else Outcome.FLAGGED,
        summary,
        one.place,
        one.time,
        say(
            "A clock that was set wrongly, or was set between the two, makes this as well; and a "
            "few cameras write a date of their own that never changes."
        )
        if one.what == CHANGED
        else say("A clock that was set wrongly, or was set between the two, makes this as well."),
    )


def _noted(dates: list[Dated]) -> Iterator[Finding]:
    """Each time once for what it is said to be."""
    told: set[tuple[str, str]] = set()
    for one in dates:
        if (one.what, one.time.at) in told or len(told) == _MOST:
            continue
        told.add((one.what, one.time.at))
        yield _finding(
            Outcome.NOTED,
            say("The file says it was {label} at {time}.", label=_label(one.what), time=one.time),
            one.place,
            one.time,
            say("A change may be no more than a copy, a turn or a caption.")
            if one.what == CHANGED
            else say("This may be when a copy, a scan or a text was made, not the picture."),
        )


def _label(what: str) -> Sentence:
    labels = {
        DIGITISED: say("digitised"),
        CREATED: say("created"),
        CHANGED: say("last changed"),
    }
    return labels.get(what) or say("captured")


def _finding(
    outcome: Outcome, summary: Sentence, place: str, time: WallTime, caution: Sentence
) -> Finding:
    return Finding(
        check="times",
        pillar=PILLAR,
        outcome=outcome,
        summary=summary,
        read_from=place,
        raw=f"{time.at} {time.zone or ''}".strip(),
        caution=caution,
        reference="Exif 3.0, 4.6; XMP; IPTC-IIM 4.2",
        items=("captured-when", "original"),
    )
