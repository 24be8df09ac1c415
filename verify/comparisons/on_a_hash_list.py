"""Does a list of hashes that somebody shared name the file?

Reads the lists that were imported at this desk: SHA-256, SHA-1 and MD5 against those of the
original, PDQ of pictures within 31 of 256 bits against those of its views, mirrored and turned as
well, and of frames, vPDQ of films frame by frame, as PDQ: four fifths of the frames of either side
must be alike.

Outcomes: noted, a list names it. Otherwise there is no finding.

Errs: whoever made the list may have listed what is harmless, and a PDQ of pictures that look alike
may be near. Films that were mirrored or turned are not near, nor are some pictures. That no list
names a file says nothing.

Example: the list "fakes-2024.csv" names this very file, by its MD5.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from verify.comparisons import Circumstances
from verify.records import (
    Finding,
    ListHit,
    Orientation,
    Outcome,
    Pillar,
    Sentence,
    Value,
    ViewKind,
    say,
    say_many,
)
from verify.records import listed as in_a_row
from verify.records.views import film_time

PILLAR = Pillar.SOURCE
_NAMES = {"sha256": "SHA-256", "sha1": "SHA-1", "md5": "MD5"}
_ORDER = (*_NAMES, "pdq", "vpdq")
_MOST_TIMES = 5


def compare(circumstances: Circumstances) -> Iterator[Finding]:
    """Note each list that names it, by its bytes, as a picture and as a film."""
    for several in told(circumstances.listed).values():
        for hit, summary in several:
            said = (f"{hit.kind} {hit.digits}".strip(), hit.label, hit.source)
            yield Finding(
                check="on_a_hash_list",
                pillar=PILLAR,
                outcome=Outcome.NOTED,
                summary=summary,
                read_from="hash list",
                raw=" | ".join(filter(None, said))[:300],
                caution=say(
                    "This says that the list names it, and no more: not what it shows, nor that the"
                    " list is right."
                ),
            )


def told(hits: Iterable[ListHit]) -> dict[str, list[tuple[ListHit, Sentence]]]:
    """How lists name a file, by the list's name: by its bytes, as a picture, as a film; each by the
    nearest hash, the surest first."""
    nearest: dict[tuple[str, str], ListHit] = {}
    for hit in sorted(hits, key=_sureness):
        way = "bytes" if hit.kind in _NAMES else hit.kind
        nearest.setdefault((hit.name, way), hit)
    found: dict[str, list[tuple[ListHit, Sentence]]] = {}
    for (name, _), hit in nearest.items():
        found.setdefault(name, []).append((hit, _said(hit)))
    return found


def _sureness(hit: ListHit) -> tuple[int, float, int]:
    return _ORDER.index(hit.kind), -hit.frames / max(1, hit.of), hit.distance or 0


def _said(hit: ListHit) -> Sentence:
    if hit.kind in _NAMES:
        return say(
            "The list “{name}” names this very file, by its {algorithm}.",
            name=hit.name,
            algorithm=_NAMES[hit.kind],
        )
    if hit.kind == "vpdq":
        return _film(hit)
    values: dict[str, Value] = {"name": hit.name, "distance": hit.distance or 0}
    if hit.at:
        return say(
            "The list “{name}” names a picture that looks like this at {times}: PDQ differs in"
            " {distance} of 256 bits.",
            **values,
            times=_times(hit.at),
        )
    if hit.laid is not Orientation.ORIGINAL:
        return say(
            "This looks like {copy} of a picture that the list “{name}” names: PDQ differs in"
            " {distance} of 256 bits.",
            **values,
            copy=_copy(hit.laid),
        )
    if hit.view is not ViewKind.WHOLE:
        return say(
            "The list “{name}” names a picture that looks like a part of this: PDQ differs in"
            " {distance} of 256 bits.",
            **values,
        )
    return say(
        "The list “{name}” names a picture that looks like this: PDQ differs in {distance} of 256"
        " bits.",
        **values,
    )


def _copy(laid: Orientation) -> Sentence:
    if laid is Orientation.MIRRORED:
        return say("a mirrored copy")
    if laid.value.startswith(Orientation.MIRRORED.value):
        return say("a mirrored and turned copy")
    return say("a turned copy")


def _film(hit: ListHit) -> Sentence:
    if not hit.at:
        return say(
            "The list “{name}” names a film that looks like this at {times}: PDQ differs in"
            " {distance} of 256 bits.",
            name=hit.name,
            times=_times(hit.listed_at),
            distance=hit.distance or 0,
        )
    return say_many(
        "The list “{name}” names a film of which {count} of {all} frames is in this, at {times};"
        " there at {there}.",
        "The list “{name}” names a film of which {count} of {all} frames are in this, at {times};"
        " there at {there}.",
        hit.frames,
        name=hit.name,
        all=hit.of,
        times=_times(hit.at),
        there=_times(hit.listed_at),
    )


def _times(several: tuple[float, ...]) -> Value:
    shown = list(dict.fromkeys(map(film_time, several)))
    first = in_a_row(shown[:_MOST_TIMES])
    return say("{first} and later", first=first) if len(shown) > _MOST_TIMES else first
