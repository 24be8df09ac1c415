"""Did another desk see first what the file shows?

Reads what other desks shared at the hub that this one joined: PDQ in eight orientations and local
features, without any pixels, against the file's views and frames. Hashes and geometry decide.

Outcomes: noted, another desk shared what this shows, with when it saw that first, by its own word,
whom to ask, and what it published of it, if anything. Otherwise there is no finding.

Errs: no pixels could be compared, and what was seen there may be another version, or come with
another claim. When it was first seen is what that desk says; the hub vouches for which desk it is
and when it shared it. That no desk shared it says nothing.

Example: another desk (amman-desk) saw this first on 3 May 2026: ask the night editor.
"""

from __future__ import annotations

from collections.abc import Iterator

from verify.comparisons import RATED, Circumstances
from verify.records import (
    CalendarDate,
    Finding,
    Outcome,
    Pillar,
    SeenElsewhere,
    Sentence,
    Value,
    ViewKind,
    say,
)
from verify.records.views import film_time

PILLAR = Pillar.PROVENANCE


def compare(circumstances: Circumstances) -> Iterator[Finding]:
    """Note each entry."""
    for one in circumstances.elsewhere:
        yield Finding(
            check="seen_by_another_desk",
            pillar=PILLAR,
            outcome=Outcome.NOTED,
            summary=told(one),
            read_from="hub",
            raw=one.desk,
            caution=say(
                "That desk says so: no pixels could be compared, and there it may be another"
                " version, or come with another claim."
            ),
        )


def told(one: SeenElsewhere) -> Sentence:
    """What another desk says of a file, and of what in it."""
    values: dict[str, Value] = {
        "desk": one.desk,
        "day": CalendarDate(one.first_seen.date().isoformat()),
        "whom": one.ask,
    }
    if one.view is ViewKind.FRAME and one.at_ms is not None:
        seen = say(
            "What it shows at {time} another desk ({desk}) saw first on {day}: ask {whom}",
            time=film_time(one.at_ms / 1000),
            **values,
        )
    elif one.region is not None:
        seen = say("A part of it another desk ({desk}) saw first on {day}: ask {whom}", **values)
    else:
        seen = say("Another desk ({desk}) saw this first on {day}: ask {whom}", **values)
    if one.rating is None:
        return seen
    return say("{seen} (published there: {rating})", seen=seen, rating=RATED[one.rating])
