"""Is another picture put into this one?

Reads the pixels for an upright rectangle whose four sides are straight cuts that end at its
corners, with the picture lively on both sides of them; within bars or an interface, those of the
inner picture.

Outcomes: noted, there is such a rectangle; inconclusive, something like one. Where there is none
there is no finding.

Errs: a screen, a window, a cupboard or a picture on a wall, seen straight on, has such sides too.
One that is turned, round, framed, softly joined, smaller than a tenth of the picture's length, or
laid onto something even is not recognised.

Example: a portrait laid over a street scene, as broadcasters do: its rectangle.
"""

from __future__ import annotations

from collections.abc import Iterator

from verify.lab.imaging import Specimen
from verify.lab.rectangles import SURE
from verify.records import Finding, Outcome, Pillar, say

PILLAR = Pillar.PROVENANCE
MEDIA = frozenset({"*"})

_LIKELY = 1.15


def check(specimen: Specimen) -> Iterator[Finding]:
    """Note the likeliest rectangle, if it is likely at all."""
    if specimen.problem:
        return
    found = [one for one in specimen.rectangles if one.clear]
    if not found or found[0].score < _LIKELY:
        return
    sure = found[0].score >= SURE
    left, top, right, bottom = found[0].sides
    yield Finding(
        check="inset",
        pillar=PILLAR,
        outcome=Outcome.NOTED if sure else Outcome.INCONCLUSIVE,
        summary=say(
            "A rectangle cut straight on all four sides lies in the picture: another picture may "
            "have been put into it."
        )
        if sure
        else say(
            "Something like a rectangle cut straight on all four sides lies in the picture. "
            "Whether another picture was put into it cannot be told."
        ),
        read_from="pixels",
        raw=f"from {left:.0%}, {top:.0%} to {right:.0%}, {bottom:.0%} of width and height",
        caution=say(
            "A screen, a window, a cupboard or a picture on a wall has such sides as well when it "
            "is seen straight on."
        ),
        items=("original", "better-copy"),
    )
