"""How much can the other checks and the search for copies carry on this picture?

Reads the detail that the fingerprint found, the size in pixels, and the quantisation table of a
JPEG.

Outcomes: noted, too little detail to be matched, a small picture, or strong compression.
Otherwise there is no finding.

Errs: the quality is on the scale of one common encoder; others mean other things by the same
number. A sharp picture can have little detail, such as a flag.

Example: JPEG quality 45 of 100: signs of editing would hardly be seen.
"""

from __future__ import annotations

from collections.abc import Iterator

from verify.lab.imaging import Specimen
from verify.records import Finding, Outcome, Pillar, say

PILLAR = Pillar.PROVENANCE
MEDIA = frozenset({"*"})

LEAST_DETAIL = 50
SMALL_SIDE = 400
STRONG = 50
_STANDARD_SUM = 3688
"""Sum of the luminance table that ITU T.81 suggests (annex K.1), which quality 50 uses as it is."""


def check(specimen: Specimen) -> Iterator[Finding]:
    """Note too little detail to match on, a small picture, and strong JPEG compression."""
    if specimen.problem:
        return
    detail = specimen.fingerprints[0].quality if specimen.fingerprints else None
    if detail is not None and detail < LEAST_DETAIL:
        yield Finding(
            check="quality",
            pillar=PILLAR,
            outcome=Outcome.NOTED,
            summary=say(
                "The picture has too little detail to be matched by its fingerprint "
                "({detail} of 100; {least} are needed).",
                detail=detail,
                least=LEAST_DETAIL,
            ),
            read_from="PDQ quality",
            raw=str(detail),
            caution=say("That no earlier copy is found says nothing about such a picture."),
            items=("earliest",),
        )
    if max(specimen.size) < SMALL_SIDE:
        yield Finding(
            check="quality",
            pillar=PILLAR,
            outcome=Outcome.NOTED,
            summary=say("The picture is small; signs of editing would hardly be seen in it."),
            read_from="width and height",
            raw="{} x {}".format(*specimen.size),
            caution=say("It may be a preview. Ask for the original."),
            items=("original", "better-copy"),
        )
    strength = compression(specimen)
    if strength is not None and strength <= STRONG:
        yield Finding(
            check="quality",
            pillar=PILLAR,
            outcome=Outcome.NOTED,
            summary=say(
                "The picture is strongly compressed, about JPEG quality {quality} of 100.",
                quality=strength,
            ),
            read_from="JPEG quantisation table",
            raw=str(strength),
            caution=say(
                "Fine details are lost or made up by the compression. Platforms compress on every "
                "upload: a better copy may exist."
            ),
            items=("original", "better-copy"),
        )


def compression(specimen: Specimen) -> int | None:
    """JPEG quality on the scale of the Independent JPEG Group, 1 to 100; None if not a JPEG.

    Source: jcparam.c of libjpeg: a quality scales the standard table. The sum of the table is
    compared, so that the order of its entries does not matter.
    """
    tables = getattr(specimen.opened, "quantization", None)
    if not tables:
        return None
    scale: float = 100 * sum(next(iter(tables.values()))) / _STANDARD_SUM
    quality = (200 - scale) / 2 if scale <= 100 else 5000 / scale
    return max(1, min(100, round(quality)))
