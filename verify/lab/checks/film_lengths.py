"""Do the film's sound and its pictures last equally long?

Reads how long each stream says it is.

Outcomes: noted, both lengths where they differ by more than two seconds and a twentieth. Otherwise
there is no finding.

Errs: some recorders let one of them begin earlier or end later; a damaged or cut file may say
lengths that it no longer has.

Example: 0:42 of pictures and 1:10 of sound: something was left out of one of them, or put behind
it.
"""

from __future__ import annotations

from collections.abc import Iterator

from verify.formats import FILMS
from verify.lab.imaging import Specimen
from verify.records import Finding, Outcome, Pillar, film_time, say

PILLAR = Pillar.PROVENANCE
MEDIA = FILMS

_SECONDS, _SHARE = 2.0, 0.05


def check(specimen: Specimen) -> Iterator[Finding]:
    """Note two lengths that differ."""
    lasts = dict(specimen.labels.lasts)
    pictures, sound = lasts.get("video", 0.0), lasts.get("audio", 0.0)
    if not (pictures and sound):
        return
    if abs(pictures - sound) <= max(_SECONDS, _SHARE * max(pictures, sound)):
        return
    yield Finding(
        check="film_lengths",
        pillar=PILLAR,
        outcome=Outcome.NOTED,
        summary=say(
            "The pictures of this film last {pictures}, its sound {sound}.",
            pictures=film_time(pictures),
            sound=film_time(sound),
        ),
        read_from="streams",
        raw=f"{pictures} s, {sound} s",
        caution=say("Some recorders let one of them begin earlier or end later."),
        items=("original",),
    )
