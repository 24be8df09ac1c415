"""How large is the picture?

Reads width and height as displayed, and the number of bytes.

Outcomes: noted. A picture that cannot be decoded gets no finding.

Errs: apps shrink pictures: a larger copy may exist elsewhere.

Example: 1280 x 960 pixels: Telegram makes photos no longer than 1280 on a side.
"""

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
