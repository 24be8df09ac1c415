"""Has the picture the size of a device's screen, as a screenshot has?

Reads width and height, lying or standing, against the sizes of phones' and tablets' screens.

Outcomes: noted. Where the size is another, or a camera is named, there is no finding.

Errs: wallpapers and pictures cut to a screen have these sizes as well. A screenshot that an app
shrank, or of a device that is not listed, is not recognised.

Example: 1170 x 2532 pixels without a camera: the screen of several iPhones.
"""

from __future__ import annotations

from collections.abc import Iterator

from verify.lab.imaging import Specimen
from verify.records import Finding, Outcome, Pillar, say

PILLAR = Pillar.PROVENANCE
MEDIA = frozenset({"*"})

# Width and height standing, in pixels. Sizes that pictures have for other reasons, such as
# 1080 x 1920 and 1536 x 2048, are left out.
# Source: Apple, App Store Connect help, "Screenshot specifications".
_APPLE = {
    (640, 1136), (750, 1334), (828, 1792), (1080, 2340), (1125, 2436), (1170, 2532), (1179, 2556),
    (1206, 2622), (1242, 2208), (1242, 2688), (1284, 2778), (1290, 2796), (1320, 2868),
    (1488, 2266), (1640, 2360), (1668, 2224), (1668, 2388), (2048, 2732), (2064, 2752),
}  # fmt: skip
# Of phones of Google and Samsung, and so of other makers' as well. Sources: PCWorld, "Google Pixel
# 4 vs Google Pixel 3 vs Google Pixel 3a"; Lifewire, "Google Phones" (Pixel 4: 19:9);
# swiftspeed.app, "Google Pixel screen sizes" (6 to 9); phonearena.com on the Galaxy S20,
# rfsafe.com on the S22 Ultra.
_OTHERS = {
    (1080, 2160), (1080, 2220), (1080, 2280), (1080, 2400), (1080, 2424), (1280, 2856),
    (1344, 2992), (1440, 2960), (1440, 3040), (1440, 3088), (1440, 3120), (1440, 3200),
}  # fmt: skip


def check(specimen: Specimen) -> Iterator[Finding]:
    """Note the size of a screen."""
    if specimen.problem or specimen.readings.metadata.make:
        return
    width, height = specimen.size
    size = min(width, height), max(width, height)
    if size not in _APPLE | _OTHERS:
        return
    yield Finding(
        check="screen",
        pillar=PILLAR,
        outcome=Outcome.NOTED,
        summary=say(
            "The picture has exactly the size of a phone's or tablet's screen, {width} × "
            "{height}, and names no camera: it may be a screenshot.",
            width=width,
            height=height,
        ),
        read_from="width and height",
        raw=f"{width} x {height}",
        caution=say("Wallpapers and pictures cut to a screen have this size as well."),
        reference="Apple, App Store Connect, Screenshot specifications" if size in _APPLE else "",
        items=("original", "mirrored"),
    )
