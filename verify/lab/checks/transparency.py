"""Does transparency hide something?

Reads the colours that a file keeps under its transparency, and the picture's edges as they are seen
on white and on black. Both looks are searched for among earlier pictures, as the picture is.

Outcomes: noted, other colours lie under the transparency, or the picture looks otherwise on black
than on white. Where all is opaque, or nothing is hidden, there is no finding.

Errs: figures that were cut out, logos and stickers look otherwise on black as well. What lies under
transparency in one even colour is not noticed, nor is what covers less than a
five hundredth of the picture.

Example: faces were erased from a PNG; the program made them transparent, and kept their colours.
"""

from __future__ import annotations

from collections.abc import Iterator

from verify.lab.imaging import Specimen
from verify.records import Finding, Outcome, Pillar, ViewKind, say

PILLAR = Pillar.PROVENANCE
MEDIA = frozenset({"*"})

_SAID = {
    ViewKind.WITHOUT_TRANSPARENCY: (
        say("Other colours lie under the picture's transparency: something is hidden there."),
        say(
            "Many programs keep what was erased or cut out. Look at the picture without its "
            "transparency."
        ),
    ),
    ViewKind.ON_BLACK: (
        say("The picture is transparent in part, and looks otherwise on black than on white."),
        say("Figures that were cut out, logos and stickers do so, too. Look at it on both."),
    ),
}


def check(specimen: Specimen) -> Iterator[Finding]:
    """Note each other look."""
    if specimen.problem:
        return
    for look in specimen.looks:
        summary, caution = _SAID[look.kind]
        yield Finding(
            check="transparency",
            pillar=PILLAR,
            outcome=Outcome.NOTED,
            summary=summary,
            read_from="transparency",
            raw=f"{look.share:.1%} of the picture",
            caution=caution,
            items=("original",),
        )
