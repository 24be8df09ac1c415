"""Does the film's edit list leave out, repeat or delay something of what the file holds?

Reads the edit list of each track of an MP4, MOV or 3GP: which part of what is stored is played, and
when.

Outcomes: noted, what is left out or played twice, where that is longer than a second, and a track
that begins more than a second late. Otherwise there is no finding.

Errs: what an edit list leaves out may be no more than what a player needs before a cut to decode
what follows. That there is no such list does not say that nothing was cut.

Example: of 0:40 of pictures the list plays 0:12 to 0:40: the first twelve seconds are still in the
file.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from verify.lab.containers.edits import Track, tracks
from verify.lab.imaging import Specimen
from verify.records import Finding, Outcome, Pillar, Sentence, film_time, say, say_many

PILLAR = Pillar.PROVENANCE
MEDIA = frozenset({"video/mp4", "video/quicktime", "video/3gpp"})

_LEAST = 1.0  # seconds: what encoders need before the first picture or sound is less
_NAMES = {"video": say("pictures"), "audio": say("sound")}


def check(specimen: Specimen) -> Iterator[Finding]:
    """Note it for the pictures; for the sound where there is nothing of the pictures."""
    found = tracks(specimen.content)
    for kind in _NAMES:
        told = [line for track in found if track.kind == kind for line in _told(track)]
        for line in told:
            yield Finding(
                check="film_edits",
                pillar=PILLAR,
                outcome=Outcome.NOTED,
                summary=line,
                read_from="elst",
                caution=say(
                    "Programs that shorten films without encoding them anew write such lists, and "
                    "so do some cameras. What a list leaves out is in the file all the same."
                ),
                items=("original",),
            )
        if told:
            return


def _told(track: Track) -> Iterator[Sentence]:
    name = _NAMES[track.kind]
    late = sum(one.seconds for one in track.edits[:1] if one.begins is None)
    if late > _LEAST:
        yield say(
            "By the film's edit list its {part} begins {seconds} seconds late.",
            part=name,
            seconds=round(late, 1),
        )
    played = sorted(
        (one.begins, one.begins + (one.seconds or track.seconds))
        for one in track.edits
        if one.begins is not None
    )
    if not played:
        return
    for begins, ends, more in _first(_left_out(track, played)):
        yield _line(
            more,
            say(
                "The film's edit list leaves out {part} that the file holds: {begins} to {ends}",
                part=name,
                begins=film_time(begins),
                ends=film_time(ends),
            ),
        )
    twice = [(max(a[0], b[0]), min(a[1], b[1])) for a, b in pairwise(played)]
    for begins, ends, more in _first(one for one in twice if one[1] - one[0] > _LEAST):
        yield _line(
            more,
            say(
                "The film's edit list plays {part} twice: {begins} to {ends}",
                part=name,
                begins=film_time(begins),
                ends=film_time(ends),
            ),
        )


def _left_out(track: Track, played: list[tuple[float, float]]) -> Iterator[tuple[float, float]]:
    """What of the stored is never played, from when to when in it, in seconds."""
    reached = 0.0
    for begins, ends in played:
        if begins - reached > _LEAST:
            yield reached, begins
        reached = max(reached, ends)
    if track.seconds - reached > _LEAST:
        yield reached, track.seconds


def _first(parts: Iterator[tuple[float, float]]) -> Iterator[tuple[float, float, int]]:
    """The first part, with how many others there are."""
    found = [*parts]
    for begins, ends in found[:1]:
        yield begins, ends, len(found) - 1


def _line(more: int, first: Sentence) -> Sentence:
    if not more:
        return say("{first}.", first=first)
    return say_many(
        "{first}, and {count} other part.", "{first}, and {count} other parts.", more, first=first
    )
