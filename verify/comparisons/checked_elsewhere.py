"""Did others check and publish what the file shows, or do they look at it?

Reads the packs that were added at this desk: PDQ in eight orientations and local features of what
their publishers checked, against the file's views and frames. Geometry and pixels decide, as for
the desk's own pictures.

Outcomes: noted, a pack has a picture or film that this shows, with who checked it, when, what they
concluded, and where that can be read; or, of a pack of work that is not published, which desk
looked at it and whom to ask, as `looked_at_elsewhere`, and nothing of what is thought of it there.
Otherwise there is no finding.

Errs: of unpublished work no frame is in a pack, so keypoints alone decide. What was checked
elsewhere may be another version, with other words upon it or another claim beside it; a picture
that an entry only holds in part says nothing about the rest. Copies of one picture under several
entries of one pack count as pictures that share their keypoints, which makes small parts of it
harder to find. That no pack has it says nothing.

Example: checked by Example Facts on 3 May 2026: out of context, see https://facts.example/17.
"""

from __future__ import annotations

from collections.abc import Iterator

from verify.comparisons import RATED, Circumstances
from verify.records import (
    CalendarDate,
    CheckedElsewhere,
    Finding,
    Outcome,
    Pillar,
    Sentence,
    Value,
    ViewKind,
    say,
)
from verify.records.views import film_time

PILLAR = Pillar.PROVENANCE


def compare(circumstances: Circumstances) -> Iterator[Finding]:
    """Note each entry."""
    for one in circumstances.checked:
        if one.rating is None:
            yield _looked_at(one)
            continue
        said = (one.publisher, one.pack, one.claim)
        yield Finding(
            check="checked_elsewhere",
            pillar=PILLAR,
            outcome=Outcome.NOTED,
            summary=told(one),
            read_from="packs",
            raw=" | ".join(filter(None, said))[:300],
            caution=say(
                "A pack says so: this desk did not check it and has no picture of it. What was"
                " checked there may be another version, or another claim."
            ),
        )


def _looked_at(one: CheckedElsewhere) -> Finding:
    return Finding(
        check="looked_at_elsewhere",
        pillar=PILLAR,
        outcome=Outcome.NOTED,
        summary=told(one),
        read_from="packs",
        raw=" | ".join((one.publisher, one.pack))[:300],
        caution=say(
            "That desk told so to desks that it chose, and published nothing: do not pass it on."
            " Whether it holds what it looks at for true or false is not told. No pixels could be"
            " compared."
        ),
    )


def told(one: CheckedElsewhere) -> Sentence:
    """What a pack says of a file, and of what in it."""
    if one.rating is None or one.on is None:
        return _asking(one)
    values: dict[str, Value] = {
        "by": one.by,
        "day": CalendarDate(one.on.isoformat()),
        "rating": RATED[one.rating],
        "link": one.link,
    }
    if one.view is ViewKind.FRAME and one.at_ms is not None:
        return say(
            "What it shows at {time} was checked by {by} on {day}: {rating}, see {link}",
            time=film_time(one.at_ms / 1000),
            **values,
        )
    if one.region is not None:
        return say("A part of it was checked by {by} on {day}: {rating}, see {link}", **values)
    return say("Checked by {by} on {day}: {rating}, see {link}", **values)


def _asking(one: CheckedElsewhere) -> Sentence:
    values: dict[str, Value] = {"desk": one.publisher, "whom": one.ask}
    if one.view is ViewKind.FRAME and one.at_ms is not None:
        return say(
            "{desk} looked at what it shows at {time} (not published); ask {whom}",
            time=film_time(one.at_ms / 1000),
            **values,
        )
    if one.region is not None:
        return say("{desk} looked at a part of it (not published); ask {whom}", **values)
    return say("{desk} looked at this (not published); ask {whom}", **values)
