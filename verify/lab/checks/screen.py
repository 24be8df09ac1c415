"""Does the picture look like a screenshot, or like a picture put into bars and frames?

Reads the size against those of phones' and tablets' screens, and looks for bars, bands and
frames that end along straight lines.

Outcomes: noted. Where nothing of this is seen there is no finding.

Errs: cameras do not make these sizes, but an edited picture can have one by chance. A plain sky
or wall that ends along a straight edge can look like a bar. Pictures photographed from a screen
and collages without bars are not recognised.

Example: 1170 x 2532 pixels without a camera: the screen of several iPhones.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from verify.lab.imaging import Specimen
from verify.lab.inner import Box, inner
from verify.records import Finding, Outcome, Pillar, Sentence, say

PILLAR = Pillar.PROVENANCE
MEDIA = frozenset({"*"})

_ONE_COLOUR = 8  # levels from the strip's median
_EVEN = 0.8  # share of a strip's pixels, so that words and symbols may stand in it

# Width and height standing, in pixels: of Apple's devices, as tables of them list; the others
# are common to many phones. Sizes that pictures have for other reasons (1080 x 1920) are left out.
SCREENS = {
    (640, 1136), (750, 1334), (828, 1792), (1125, 2436), (1170, 2532), (1179, 2556),
    (1206, 2622), (1242, 2208), (1242, 2688), (1284, 2778), (1290, 2796), (1320, 2868),
    (1620, 2160), (1640, 2360), (1668, 2224), (1668, 2388), (2048, 2732),
    (720, 1600), (1080, 2160), (1080, 2220), (1080, 2280), (1080, 2340), (1080, 2400),
    (1440, 2960), (1440, 3040), (1440, 3088), (1440, 3120), (1440, 3200),
}  # fmt: skip


def check(specimen: Specimen) -> Iterator[Finding]:
    """Note the size of a screen, and the part of the picture that lies within bars."""
    if specimen.problem:
        return
    width, height = specimen.size
    metadata = specimen.readings.metadata
    if (min(width, height), max(width, height)) in SCREENS and not metadata.make:
        yield _finding(
            say(
                "The picture has exactly the size of a phone's or tablet's screen, {width} × "
                "{height}, and names no camera: it may be a screenshot.",
                width=width,
                height=height,
            ),
            "width and height",
            f"{width} x {height}",
            say("Wallpapers and pictures cut to a screen have this size as well."),
        )
    pixels = np.asarray(specimen.picture)
    box = inner(pixels)
    if box and _even_around(pixels, box):
        left, top, right, bottom = (round(100 * part) for part in box)
        yield _finding(
            say(
                "The picture seems to lie within bars, bands or a frame: it fills {share} percent "
                "of the image.",
                share=round((box[2] - box[0]) * (box[3] - box[1]) * 100),
            ),
            "pixels",
            f"from {left}, {top} to {right}, {bottom} percent",
            say("A plain sky or wall with a straight edge can look like this."),
        )


def _even_around(pixels: NDArray[np.uint8], box: Box) -> bool:
    """Whether each strip around the box is of one colour for the most part.

    The search for the inner picture is content with what is merely dull, such as a sky.
    """
    height, width = pixels.shape[:2]
    left, right = round(box[0] * width), round(box[2] * width)
    top, bottom = round(box[1] * height), round(box[3] * height)
    strips = (pixels[:top], pixels[bottom:], pixels[:, :left], pixels[:, right:])
    sampled = (strip.reshape(-1, 3)[:: max(1, strip.size // 60_000)] for strip in strips)
    return all(_is_even(strip.astype(np.int16)) for strip in sampled if len(strip))


def _is_even(colours: NDArray[np.int16]) -> bool:
    near = np.abs(colours - np.median(colours, axis=0)).max(axis=1) <= _ONE_COLOUR
    return bool(near.mean() >= _EVEN)


def _finding(summary: Sentence, place: str, value: str, caution: Sentence) -> Finding:
    return Finding(
        check="screen",
        pillar=PILLAR,
        outcome=Outcome.NOTED,
        summary=summary,
        read_from=place,
        raw=value,
        caution=caution,
        items=("original", "mirrored"),
    )
