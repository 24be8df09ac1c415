"""What is said first of several pictures together: which of them to look at, and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from verify.records import CaseReport, ExhibitReport, Outcome, Pillar, Sentence, say, say_many
from verify.wording.findings import examined
from verify.wording.matches import brief, comparable, earliest_first
from verify.wording.terms import word

_MOST_SEEN = 2  # lines of matches; the rest is named by number


def overview(report: CaseReport) -> Iterator[Sentence]:
    """All exhibits of a case as one answer. They are named by their number in the case, from 1."""
    numbered = [*enumerate(report.exhibits, start=1)]
    waiting = [number for number, one in numbered if one.examination is None]
    looked_at = [number for number, one in numbered if _to_look_at(one)]
    if looked_at:
        yield say_many(
            "{count} of {all} has something to look at: {numbers}",
            "{count} of {all} have something to look at: {numbers}",
            len(looked_at),
            all=len(numbered),
            numbers=_listed(looked_at),
        )
    elif not waiting:
        yield say("Nothing stands out in any of the {all}.", all=len(numbered))
    if waiting:
        yield say_many(
            "{count} is still being examined.", "{count} are still being examined.", len(waiting)
        )
    yield from _flagged(numbered)
    yield from _seen(numbered)


def _to_look_at(exhibit: ExhibitReport) -> bool:
    against = any(one.outcome in (Outcome.FLAGGED, Outcome.FAILED) for one in exhibit.findings)
    return bool(against or exhibit.matches or exhibit.concluded or exhibit.ask)


def _flagged(numbered: list[tuple[int, ExhibitReport]]) -> Iterator[Sentence]:
    """What is flagged: one flag whole, several by their subjects, with the numbers of whose."""
    flags = [
        (number, one)
        for number, exhibit in numbered
        for one in exhibit.findings
        if one.outcome in (Outcome.FLAGGED, Outcome.FAILED)
    ]
    if flags and all(one.summary == flags[0][1].summary for _, one in flags):
        numbers = _listed(dict.fromkeys(number for number, _ in flags))
        yield say("⚠️ {numbers}: {finding}", numbers=numbers, finding=flags[0][1].summary)
        return
    for pillar in Pillar:
        if who := dict.fromkeys(number for number, one in flags if one.pillar is pillar):
            yield say("⚠️ {pillar}: look at {numbers}", pillar=word(pillar), numbers=_listed(who))


def _seen(numbered: list[tuple[int, ExhibitReport]]) -> Iterator[Sentence]:
    """Those seen before, with the earliest of their matches; then those that were not."""
    known = [(number, earliest_first(one.matches)[0]) for number, one in numbered if one.matches]
    for number, match in known[:_MOST_SEEN]:
        yield say("{number}. {match}", number=number, match=brief(match))
    if rest := [number for number, _ in known[_MOST_SEEN:]]:
        yield say("Seen before too: {numbers}", numbers=_listed(rest))
    others = [
        (number, one)
        for number, one in numbered
        if examined(one) and not one.matches and not one.concluded and not one.ask
    ]
    if new := [number for number, one in others if comparable(one)]:
        yield say(
            "Not seen at this desk before: {numbers}. They may still exist elsewhere.",
            numbers=_listed(new),
        )
    if unsearched := [number for number, one in others if not comparable(one)]:
        yield say("Could not be compared with the archive: {numbers}", numbers=_listed(unsearched))


def _listed(numbers: Iterable[int]) -> str:
    return ", ".join(map(str, numbers))
