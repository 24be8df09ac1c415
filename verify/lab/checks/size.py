"""How large is the picture?"""

from __future__ import annotations

from collections.abc import Iterator

from verify.lab.imaging import Specimen
from verify.records import ByteSize, Finding, Outcome, Pillar, say

PILLAR = Pillar.PROVENANCE
MEDIA = frozenset({"*"})


def check(specimen: Specimen) -> Iterator[Finding]:
    """Note width and height as displayed, and the size of the file."""
    if specimen.problem:
        return
    width, height = specimen.size
    yield Finding(
        check="size",
        pillar=PILLAR,
        outcome=Outcome.NOTED,
        summary=say(
            "The picture is {width} × {height} pixels, the file {size}.",
            width=width,
            height=height,
            size=ByteSize(count=len(specimen.data)),
        ),
        caution=say("Apps shrink pictures: a larger copy may exist elsewhere."),
        items=("original", "better-copy"),
    )
