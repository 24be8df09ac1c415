"""Is the picture put together from several, side by side or one above the other?

Reads the pixels for straight seams from edge to edge, upright or level, at which the picture
jumps all along; within bars or an interface, those of the inner picture.

Outcomes: noted, one to six seams; inconclusive, something like one, or so many lines that it may
be a chart or a page. Where there is none there is no finding.

Errs: a door frame, a pole, a window or the horizon can run straight from edge to edge. Pictures
joined along a curve, softly or at a slant are not recognised; one within another is for `inset`.

Example: a picture from before and one from after, side by side: a seam down the middle.
"""

from __future__ import annotations

from collections.abc import Iterator

from verify.lab.imaging import Specimen
from verify.lab.seams import SURE
from verify.records import Finding, Outcome, Pillar, Sentence, say, say_many

PILLAR = Pillar.PROVENANCE
MEDIA = frozenset({"*"})

_MANY = 6  # beyond these it is a chart or a page, and no collage


def check(specimen: Specimen) -> Iterator[Finding]:
    """Note straight seams from edge to edge."""
    if specimen.problem:
        return
    upright, level = specimen.seams
    found = [*upright, *level]
    sure = [share for _, share in found if share >= SURE]
    if not found:
        return
    yield Finding(
        check="seams",
        pillar=PILLAR,
        outcome=Outcome.NOTED if 0 < len(sure) <= _MANY else Outcome.INCONCLUSIVE,
        summary=_summary(len(sure)),
        read_from="pixels",
        raw=", ".join(
            [f"upright at {place:.0%} of the width" for place, _ in upright]
            + [f"level at {place:.0%} of the height" for place, _ in level]
        ),
        caution=say(
            "A door frame, a pole or the horizon can run straight from edge to edge as well."
        ),
        items=("original", "better-copy"),
    )


def _summary(sure: int) -> Sentence:
    if sure > _MANY:
        return say(
            "{count} straight lines run through the picture from edge to edge: it may be a chart, "
            "a page or a damaged picture. Whether it is put together from several cannot be told.",
            count=sure,
        )
    if sure:
        return say_many(
            "A straight seam runs through the picture from edge to edge: it may be put together "
            "from several.",
            "{count} straight seams run through the picture from edge to edge: it may be put "
            "together from several.",
            sure,
        )
    return say(
        "Something like a straight seam runs through the picture. Whether it is put together "
        "from several cannot be told."
    )
