"""Do the film's file and its streams give different times at which they were made?

Reads the creation time of the container and of each stream.

Outcomes: noted, the two that lie farthest apart, where that is more than a minute. Where they
agree, or only one is given, there is no finding.

Errs: programs that put streams into a new file may keep the old times or give new ones; clocks are
set wrongly.

Example: streams of 3 May in a file of 9 May: the pictures were put into this file six days later.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from verify.formats import FILMS
from verify.lab.bounded_text import raw
from verify.lab.imaging import Specimen
from verify.records import Finding, Outcome, Pillar, WallTime, say

PILLAR = Pillar.DATE
MEDIA = FILMS

_APART = timedelta(minutes=1)
_FIRST = datetime(1971, 1, 1, tzinfo=UTC)  # before it lies what a clock that was not set gives


def check(specimen: Specimen) -> Iterator[Finding]:
    """Note the earliest and the latest."""
    created = specimen.labels.created
    times = sorted({time for _, text in created if (time := _read(text)) and time > _FIRST})
    if len(times) < 2 or times[-1] - times[0] <= _APART:
        return
    earlier, later = (
        WallTime(at=one.strftime("%Y-%m-%dT%H:%M:%S"), zone="+00:00")
        for one in (times[0], times[-1])
    )
    yield Finding(
        check="film_dates",
        pillar=PILLAR,
        outcome=Outcome.NOTED,
        summary=say(
            "The film's file and its streams give different times at which they were made: "
            "{earlier} and {later}.",
            earlier=earlier,
            later=later,
        ),
        read_from="creation_time",
        raw=raw("; ".join(f"{place}: {text}" for place, text in created)),
        caution=say("Programs that put streams into a new file may keep their old times."),
        items=("captured-when",),
    )


def _read(text: str) -> datetime | None:
    try:
        time = datetime.fromisoformat(text)
    except ValueError:
        return None
    return time.astimezone(UTC) if time.tzinfo and 1900 < time.year < 9000 else None
