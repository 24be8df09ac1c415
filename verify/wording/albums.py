"""What is said first of several pictures together: which of them to look at, and why."""

from __future__ import annotations

from collections.abc import Iterator

from verify.records import (
    CaseReport,
    Claim,
    ExhibitReport,
    Finding,
    Outcome,
    Sentence,
    listed,
    say,
    say_many,
)
from verify.wording import covers
from verify.wording.claim_lines import flagged
from verify.wording.compared import so_far
from verify.wording.findings import examined, reads_alike, shorter
from verify.wording.matches import (
    brief,
    comparable,
    earliest_first,
    in_short,
    near_copy,
    said_then,
    seen_later,
)
from verify.wording.verdicts import of_near_copy, of_this_file

_MOST_SEEN = 2  # lines of matches; the rest is named by number
_MOST_FLAGS = 3
_GRAVEST = (
    "generator",
    "earlier_claim_against_claim",
    "first_seen_against_claim",
    "place_against_claim",
    "capture_against_claim",
    "posting_against_claim",
)


def overview(report: CaseReport) -> Iterator[Sentence]:
    """All exhibits of a case as one answer. They are named by their number in the case, from 1."""
    every = [*enumerate(report.exhibits, start=1)]
    numbered = [(number, one) for number, one in every if not one.withheld]
    waiting = [number for number, one in numbered if one.examination is None]
    looked_at = [
        number
        for number, one in numbered
        if _to_look_at(one) or _later_elsewhere(report, one) or _came_again(report, one)
    ]
    if looked_at:
        yield say_many(
            "{count} of {all} has something to look at: {numbers}",
            "{count} of {all} have something to look at: {numbers}",
            len(looked_at),
            all=len(numbered),
            numbers=listed(looked_at),
        )
    elif numbered and not waiting:
        yield say("Nothing stands out in any of the {all}.", all=len(numbered))
    if waiting:
        yield say_many(
            "{count} is still being examined.", "{count} are still being examined.", len(waiting)
        )
    if kept_back := [number for number, one in every if one.withheld]:
        yield say_many(
            "{count} is withheld, and shown to one person alone: {numbers}",
            "{count} are withheld, and shown to one person alone: {numbers}",
            len(kept_back),
            numbers=listed(kept_back),
        )
    flags = [*_flagged(numbered)]
    yield from flags
    yield from _concluded(report, numbered)
    yield from _seen(report, numbered, short=len(flags) > 1)
    for number, one in numbered:
        if one.cover.kinds:
            yield say("Exhibit {number}: {said}", number=number, said=covers.in_short(one.cover))


def _to_look_at(exhibit: ExhibitReport) -> bool:
    against = any(map(_against, exhibit.findings))
    seen = exhibit.matches or exhibit.alike
    return bool(against or seen or exhibit.concluded or exhibit.ask or exhibit.heard)


def _later_elsewhere(report: CaseReport, exhibit: ExhibitReport) -> bool:
    """Whether it was seen again later in another case."""
    return any(match.case_id != report.id for match in exhibit.later)


def _flagged(numbered: list[tuple[int, ExhibitReport]]) -> Iterator[Sentence]:
    """What is flagged, the gravest first, each with the numbers of its pictures."""
    told: list[tuple[Finding, list[int]]] = []
    for number, exhibit in numbered:
        for flag in filter(_against, exhibit.findings):
            same = next((who for one, who in told if reads_alike(one.summary, flag.summary)), None)
            if same is None:
                told.append((flag, [number]))
            elif number not in same:
                same.append(number)
    told.sort(key=lambda one: _gravity(one[0]))
    kinds: set[tuple[str, tuple[int, ...]]] = set()
    again = []  # of one kind about the same pictures: behind what is of another
    for place, (flag, who) in enumerate(told):
        kind = flag.check, tuple(who)
        again.append((kind in kinds, place))
        kinds.add(kind)
    named = sorted(place for _, place in sorted(again)[:_MOST_FLAGS])
    for flag, who in (told[place] for place in named):
        yield say("⚠️ {numbers}: {finding}", numbers=listed(who), finding=shorter(flag))
    if rest := [who for place, (_, who) in enumerate(told) if place not in named]:
        others = sorted({number for who in rest for number in who})
        yield say_many(
            "⚠️ and {count} more: {numbers}",
            "⚠️ and {count} more: {numbers}",
            len(rest),
            numbers=listed(others),
        )


def _against(finding: Finding) -> bool:
    return finding.outcome in (Outcome.FLAGGED, Outcome.FAILED)


def _gravity(finding: Finding) -> tuple[bool, int]:
    """What is flagged goes before what could not be checked."""
    known = finding.check in _GRAVEST
    place = _GRAVEST.index(finding.check) if known else len(_GRAVEST)
    return finding.outcome is Outcome.FAILED, place


def _concluded(report: CaseReport, numbered: list[tuple[int, ExhibitReport]]) -> Iterator[Sentence]:
    """What other cases concluded about these very files, or about those they are near copies of."""
    told: dict[tuple[bool, int], tuple[Sentence, list[int]]] = {}
    for number, exhibit in numbered:
        files = {one.case_id: one for one in reversed(exhibit.concluded)}
        copies = {
            match.earlier_verdict.case_id: match.earlier_verdict
            for match in exhibit.matches
            if match.earlier_verdict and near_copy(match)
        }
        for case_id in (files | copies).keys() - {report.id}:
            this = case_id in files
            said = of_this_file(files[case_id]) if this else of_near_copy(copies[case_id])
            told.setdefault((this, case_id), (said, []))[1].append(number)
    for _, (verdict, who) in sorted(told.items()):
        yield say("{numbers}. {concluded}", numbers=listed(who), concluded=verdict)


def _seen(
    report: CaseReport, numbered: list[tuple[int, ExhibitReport]], *, short: bool
) -> Iterator[Sentence]:
    """Those seen before, with the earliest of their matches; then those that were not.

    short: whether flags take up much of the answer.
    """
    most = 1 if short else _MOST_SEEN
    heard = {claim.text for claim in report.claims}
    known = [(number, earliest_first(one.matches)[0]) for number, one in numbered if one.matches]
    for number, match in known[:most]:
        yield say(
            "{number}. {match}", number=number, match=in_short(match) if short else brief(match)
        )
        then = match.earlier_claim
        if then and then.text not in heard and not _contradicted(report, then):
            heard.add(then.text)
            yield said_then(then)
    if rest := [number for number, _ in known[most:]]:
        yield say("Seen before too: {numbers}", numbers=listed(rest))
    if again := [number for number, one in numbered if _came_again(report, one)]:
        yield say("Came to this case before: {numbers}", numbers=listed(again))
    later = [(number, one) for number, one in numbered if _later_elsewhere(report, one)]
    for number, one in later[:most]:
        yield say("{number}. {match}", number=number, match=seen_later(one))
    if rest := [number for number, _ in later[most:]]:
        yield say("Seen again later too: {numbers}", numbers=listed(rest))
    others = [
        (number, one)
        for number, one in numbered
        if examined(one) and not (one.matches or one.concluded or one.ask or number in again)
    ]
    if alike := [number for number, one in others if one.alike]:
        yield say("Looks like an earlier picture, not proven: {numbers}", numbers=listed(alike))
    if new := [number for number, one in others if comparable(one) and not one.alike]:
        yield say(
            "Not seen at this desk before: {numbers}. They may still exist elsewhere.",
            numbers=listed(new),
        )
    if known or alike or new:
        yield from so_far(report.exhibits[0].compared)
    if unsearched := [number for number, one in others if not comparable(one)]:
        yield say("Cannot be compared with other pictures: {numbers}", numbers=listed(unsearched))


def _came_again(report: CaseReport, exhibit: ExhibitReport) -> bool:
    return sum(seen.exhibit_id == exhibit.exhibit_id for seen in report.sightings) > 1


def _contradicted(report: CaseReport, earlier: Claim) -> bool:
    """Whether a flag says already what this earlier claim says otherwise than today's."""
    return any(one.check == "earlier_claim_against_claim" for one in flagged(earlier, report))
