"""What only shows when all of a film is decoded: where it ends, and where it stands still."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from verify.lab.shots import Look, distance
from verify.records import Finding, Outcome, Pillar, Sentence, film_time, say

_STILL = 5000  # milliseconds with hardly a change, at least
_BITS, _COLOURS = 2, 0.01  # of PDQ, and of all pixels: what coding alone changes
_SHORT, _SHARE = 2.0, 0.05  # seconds, and of the length
_LEAST, _NEARLY_ALL, _BESIDE = 3, 0.8, 0.02  # pictures; of them; of a side
_CHECK = "film"


def findings(looks: Sequence[Look], seconds: float | None, reached: float) -> Iterator[Finding]:
    """Of a film that was decoded wholly. seconds: how long it says it is; reached: its last
    picture's time."""
    if seconds and seconds - reached > max(_SHORT, _SHARE * seconds):
        yield _noted(
            say(
                "This film says it lasts {length}, yet its pictures end at {reached}.",
                length=film_time(seconds),
                reached=film_time(reached),
            ),
            say("A file that was cut off or damaged does this, and so does a last picture that "
                "stays."),
        )  # fmt: skip
    for begin, end in still(looks):
        yield _noted(
            say(
                "From {begin} to {end} the picture hardly changes.",
                begin=film_time(begin / 1000),
                end=film_time(end / 1000),
            ),
            say("A slide does this, a picture that was stopped, and a still scene before a camera "
                "on a stand."),
        )  # fmt: skip


def barred(looks: Sequence[Look], every: int) -> Iterator[Finding]:
    """Bars or a frame in nearly all of a film. every: of so many pictures one was looked at for
    them."""
    seen = [one for one in looks[::every] if not one.plain]
    boxes = np.array([one.box for one in seen if one.box])
    if len(seen) < _LEAST or len(boxes) < _NEARLY_ALL * len(seen):
        return
    middle = np.median(boxes, axis=0)
    steady = (np.abs(boxes - middle).max(axis=1) <= _BESIDE).sum()
    if steady < _NEARLY_ALL * len(seen):
        return
    left, top, right, bottom = (float(one) for one in middle)
    yield _noted(
        say(
            "In nearly all of this film the picture lies within bars, bands or a frame: it fills "
            "{share} percent.",
            share=round((right - left) * (bottom - top) * 100),
        ),
        say("A wall or a sill with a straight edge before a camera on a stand can look like this."),
    )


def still(looks: Sequence[Look]) -> list[tuple[int, int]]:
    """From when to when nothing changes; the three longest, in their order."""
    found: list[tuple[int, int]] = []
    start = 0
    for number in range(1, len(looks) + 1):
        if number < len(looks) and _same(looks[start], looks[number]):
            continue
        begin, end = looks[start].at_ms, looks[number - 1].at_ms
        if end - begin >= _STILL and not looks[start].plain:
            found.append((begin, end))
        start = number
    return sorted(sorted(found, key=lambda one: one[0] - one[1])[:3])


def _same(one: Look, other: Look) -> bool:
    changed = float(np.abs(one.colours - other.colours).sum()) / 2
    return changed <= _COLOURS and distance(one.hash, other.hash) <= _BITS


def _noted(summary: Sentence, caution: Sentence) -> Finding:
    return Finding(
        check=_CHECK,
        pillar=Pillar.PROVENANCE,
        outcome=Outcome.NOTED,
        summary=summary,
        read_from="pictures",
        caution=caution,
        items=("original",),
    )
