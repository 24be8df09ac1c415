"""How much can the other checks and the search for copies carry on this picture?

Reads the detail that the fingerprint found, the size in pixels, how blurred the picture looks,
and the quantisation table of a JPEG.

Outcomes: noted, too little detail to be matched, a small picture, blur, or strong compression.
Otherwise there is no finding.

Errs: the quality is on the scale of one common encoder; others mean other things by the same
number. A sharp picture can have little detail, such as a flag. Fog, and a sharp thing before
much that is out of focus, look blurred.

Example: JPEG quality 45 of 100: signs of editing would hardly be seen.
"""

from __future__ import annotations

from collections.abc import Iterator

import cv2
import numpy as np
from numpy.typing import NDArray

from verify.lab.imaging import Specimen
from verify.records import Finding, Outcome, Pillar, say

PILLAR = Pillar.PROVENANCE
MEDIA = frozenset({"*"})

Plane = NDArray[np.float32]

LEAST_DETAIL = 50
SMALL_SIDE = 400
STRONG = 50
BLURRED = 0.5
_BLUR_SIDE = 640  # pixels: blur is judged at one scale, as a reader sees the picture
_BLUR_WINDOW = 11
_STANDARD_SUM = 3688
"""Sum of the luminance table that ITU T.81 suggests (annex K.1), which quality 50 uses as it is."""


def check(specimen: Specimen) -> Iterator[Finding]:
    """Note too little detail to match on, a small picture, blur, and strong JPEG compression."""
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
    blurred = blur(np.asarray(specimen.picture.convert("L"), dtype=np.float32))
    if blurred >= BLURRED:
        yield Finding(
            check="quality",
            pillar=PILLAR,
            outcome=Outcome.NOTED,
            summary=say("The picture is blurred; signs of editing would hardly be seen in it."),
            read_from="pixels, at 640 on the longest side",
            raw=f"{blurred:.2f}; 0 is sharp, 1 is even",
            caution=say(
                "It may be out of focus, moved, enlarged, or blurred on purpose. "
                "A better copy may exist."
            ),
            reference="Crete and others, SPIE 6492, 2007",
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


def blur(grey: Plane) -> float:
    """How blurred a picture looks: 0 as sharp as can be, 1 without any edge.

    grey: (h, w), float32; shrunk to 640 on the longest side first.
    What a further blur takes from the edges is little where they are blurred already.
    Source: F. Crete, T. Dolmiere, P. Ladret and M. Nicolas, "The blur effect: perception and
    estimation with a new no-reference perceptual blur metric", Proc. SPIE 6492, 2007.
    """
    scale = _BLUR_SIDE / max(grey.shape)
    if scale < 1:
        small = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
        grey = small.astype(np.float32)
    if min(grey.shape) < 2 * _BLUR_WINDOW:
        return 0.0
    inside = slice(2, -1)  # where both differences are of the picture, not of its border
    worst = 0.0
    for across, down in ((1, 0), (0, 1)):
        window = (_BLUR_WINDOW, 1) if across else (1, _BLUR_WINDOW)
        sharp = np.abs(cv2.Sobel(grey, cv2.CV_32F, across, down))
        soft = np.abs(cv2.Sobel(cv2.blur(grey, window), cv2.CV_32F, across, down))
        whole = float(sharp[inside, inside].sum())
        lost = float(np.maximum(0, sharp - soft)[inside, inside].sum())
        worst = max(worst, 1 - lost / whole if whole else 0.0)
    return worst


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
