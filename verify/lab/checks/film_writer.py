"""Which programs wrote the film's file?

Reads the tags of the container and its streams (encoder, handler, vendor, version of Android), and
the text that x264 and x265 leave in the pictures' data.

Outcomes: noted, the names as they stand. Where nothing is named there is no finding.

Errs: tags can be changed, and a program may pass on those of the one before it. A name is that of a
library which stands in many programs.

Example: Lavf in the file and x264 in the pictures: FFmpeg wrote it, by itself or in an app or a
website that forwards films.
"""

from __future__ import annotations

from collections.abc import Iterator

from verify.formats import FILMS
from verify.lab.bounded_text import raw
from verify.lab.imaging import Specimen
from verify.records import Finding, Outcome, Pillar, say

PILLAR = Pillar.PROVENANCE
MEDIA = FILMS

_MOST = 6


def check(specimen: Specimen) -> Iterator[Finding]:
    """Note what names itself."""
    writers = specimen.labels.writers
    if not writers:
        return
    names = list(dict.fromkeys(name for _, name in writers))[:_MOST]
    yield Finding(
        check="film_writer",
        pillar=PILLAR,
        outcome=Outcome.NOTED,
        summary=say("What names itself as writer of this film: {names}.", names=", ".join(names)),
        read_from="container and streams",
        raw=raw("; ".join(f"{place}: {name}" for place, name in writers)),
        caution=say(
            "Apps and websites write films anew when they forward or shorten them. It names who "
            "wrote this file, not whether anything was changed."
        ),
        items=("original",),
    )
