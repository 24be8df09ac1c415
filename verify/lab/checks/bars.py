"""Does the picture lie within bars, bands, a frame or the interface of an app?

Reads the pixels for strips along the edges that end at a straight line: of one colour for the
most part, with words and symbols in them or not, or equally wide on opposite sides and without
detail, as blurred frames are.

Outcomes: noted. Where nothing of this is seen there is no finding.

Errs: a plain sky, road or wall that ends along a straight edge can look like a bar. Strips with
pictures in them are not recognised.

Example: a post shown in an app: the picture fills the middle third of the image.
"""

from __future__ import annotations

from collections.abc import Iterator

from verify.lab.imaging import Specimen
from verify.records import Finding, Outcome, Pillar, say

PILLAR = Pillar.PROVENANCE
MEDIA = frozenset({"*"})


def check(specimen: Specimen) -> Iterator[Finding]:
    """Note the part of the picture that lies within bars."""
    if specimen.problem:
        return
    box = specimen.frame
    if box is None:
        return
    left, top, right, bottom = (round(100 * part) for part in box)
    yield Finding(
        check="bars",
        pillar=PILLAR,
        outcome=Outcome.NOTED,
        summary=say(
            "The picture seems to lie within bars, bands or a frame: it fills {share} percent "
            "of the image.",
            share=round((box[2] - box[0]) * (box[3] - box[1]) * 100),
        ),
        read_from="pixels",
        raw=f"from {left}, {top} to {right}, {bottom} percent",
        caution=say("A plain sky or wall with a straight edge can look like this."),
        items=("original", "mirrored"),
    )
