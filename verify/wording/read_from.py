"""Where findings were read, in a reader's words: programs keep these places as the standards name
them, and in English where no standard does."""

from __future__ import annotations

import re

from verify.records import Finding, Sentence, Value, listed, say

_APART = re.compile(r", (?![^(]*\))")  # between places, and not within what one has in brackets
_CLAIM = re.compile(r"claim \d+", re.ASCII)
_PLACES = (
    say("account"),
    say("at 640 on the longest side"),
    say("capture time"),
    say("capture time and GPS time"),
    say("container and streams"),
    say("coordinates"),
    say("country in words"),
    say("declared type"),
    say("end of file"),
    say("file name"),
    say("first bytes"),
    say("first sighting"),
    say("frames"),
    say("hash list"),
    say("hub"),
    say("key frames"),
    say("link"),
    say("metadata"),
    say("packs"),
    say("pictures"),
    say("pixels"),
    say("posts"),
    say("quantisation tables"),
    say("spectrum of the pixels"),
    say("streams"),
    say("time and place"),
    say("transparency"),
    say("verdicts"),
    say("whole file"),
    say("width and height"),
    say("zone of the capture time"),
    say("GPS time"),
    say("JPEG quantisation table"),
    say("PDQ quality"),
    say("PNG text"),
)
_BY_NAME = {one.template: one for one in _PLACES}


def read_from(entry: Finding) -> Sentence:
    """Where a finding was read. Claims have numbers of the desk's there, which readers do not: the
    last one named is the one it speaks of, 0 is that of a post."""
    named = _APART.split(entry.read_from)
    claims = [at for at, one in enumerate(named) if _CLAIM.fullmatch(one)]
    places: list[Value] = [_BY_NAME.get(one, one) for one in named]
    for at in claims:
        if at == claims[-1]:
            places[at] = say("the claim")
        elif named[at] == "claim 0":
            places[at] = say("a post of the archive")
        else:
            places[at] = say("an earlier claim")
    known = claims or any(one in _BY_NAME for one in named)
    return say("Read from: {place}", place=listed(places) if known else entry.read_from)
