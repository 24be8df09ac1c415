"""What people read on the terminal and in a report: an examination, its matches, a case."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from verify.layouts.profiles import Profile
from verify.layouts.shapes import Render
from verify.records import (
    CaseReport,
    Examination,
    ExhibitReport,
    Finding,
    Instant,
    Match,
    Outcome,
    Pillar,
    Sentence,
    say,
)
from verify.wording.files import kind
from verify.wording.findings import details

_ORDER, _PILLARS = tuple(Outcome), tuple(Pillar)
_MARKS = {
    Outcome.FLAGGED: "!",
    Outcome.FAILED: "x",
    Outcome.INCONCLUSIVE: "?",
    Outcome.NOT_APPLICABLE: " ",
}


def profile_lines(profile: Profile, left_out: Iterable[Sentence], render: Render) -> Iterator[str]:
    """What a report begins with: for whom it is, and what was left out of it."""
    yield render(say("Hand-out profile: {name}", name=profile.NAME))
    yield render(profile.FOR)
    lines = [f"  - {render(one)}" for one in left_out]
    if lines:
        yield render(say("Left out:"))
        yield from lines
    yield ""


def file_lines(name: str, sha256: str, seen: Examination | None, render: Render) -> Iterator[str]:
    """A file's name, its kind and size, its SHA-256."""
    yield render(name)
    yield f"  SHA-256 {sha256}"
    if seen and seen.width and seen.height:
        yield f"  {render(kind(seen))}"
    elif seen:
        yield f"  {render(seen.media_type)}"


def finding_lines(findings: Iterable[Finding], render: Render) -> Iterator[str]:
    """Flagged findings first, then pillar by pillar; under each its place and its limits. What is
    said alike of several claims is said once."""
    told = {
        (
            f"  {_MARKS.get(entry.outcome, '-')} {render(entry.summary)}",
            *(f"      {render(line)}" for line in details(entry)),
        ): None
        for entry in sorted(findings, key=_place)
    }
    for lines in told:
        yield from lines


def _place(entry: Finding) -> tuple[int, int]:
    return _ORDER.index(entry.outcome), _PILLARS.index(entry.pillar)


def match_lines(
    matches: Iterable[Match], render: Render, *, in_full: bool = False
) -> Iterator[str]:
    """The earlier pictures that are like this one, the earliest first.

    in_full: with how close the fingerprints are, and how often chance alone does that.
    """
    from verify.wording.matches import earliest_first

    for match in earliest_first(matches):
        for line in _match(match, in_full=in_full):
            yield f"  {render(line)}"


def case_lines(case: CaseReport, render: Render) -> Iterator[str]:
    """A whole case: the pictures with matches and findings, then what people wrote."""
    from verify.wording import bags

    yield render(_head(case))
    for bag in case.bags:
        yield render(bags.came(bag))
        yield from (f"  {render(line)}" for line in bags.checked(bag))
    for exhibit in case.exhibits:
        yield from _exhibit(exhibit, render)
    for line in _written(case):
        yield render(line)
    for bag in case.bags:
        lines = [*bags.theirs(case, bag)]
        if lines:
            yield f"{render(bags.THEIR_WORDS)}:"
        yield from (f"  {render(line)}" for line in lines)
    if case.checklist:  # what goes to everybody has none
        answered = sum(item.answer is not None for item in case.checklist)
        yield render(
            say(
                "Checklist: {answered} of {items} answered",
                answered=answered,
                items=len(case.checklist),
            )
        )


def _head(case: CaseReport) -> Sentence:
    at = Instant(at=case.opened_at)
    if case.opened_by:
        return say(
            "Case {case}, opened {at} by {person}", case=case.id, at=at, person=case.opened_by
        )
    return say("Case {case}, opened {at}", case=case.id, at=at)


def _exhibit(exhibit: ExhibitReport, render: Render) -> Iterator[str]:
    from verify.wording import covers, emblems, matches, sounds

    name = exhibit.filename or exhibit.sha256[:12]
    yield from file_lines(name, exhibit.sha256, exhibit.examination, render)
    if exhibit.sealed:
        sealed = say("Its source is sealed.")
        yield f"  {render(sealed)}"
    if exhibit.withheld:
        yield f"  {render(covers.withheld())}"
    if exhibit.cover.kinds:
        lines = (covers.in_short(exhibit.cover), *covers.why(exhibit.cover))
        yield from (f"  {render(line)}" for line in lines)
    yield from match_lines(exhibit.matches, render, in_full=True)
    yield from (f"  {render(matches.again(match))}" for match in exhibit.later)
    yield from (f"  {render(matches.looks_alike(match))}" for match in exhibit.alike)
    yield from heard_lines(sounds.told(exhibit), render)
    yield from (f"  {render(line)}" for line in emblems.told(exhibit.emblems))
    yield from finding_lines(exhibit.findings, render)


def heard_lines(told: Iterable[Sentence], render: Render) -> Iterator[str]:
    """What is said of a sound, a line each."""
    return (f"  {render(line)}" for line in told)


def _match(match: Match, *, in_full: bool) -> Iterator[Sentence]:
    from verify.wording import matches, stretches

    yield matches.seen(match)
    if len(match.shown) > 1:
        yield from stretches.every(match)
    yield matches.first_known(match)
    if match.earlier_claim:
        yield matches.said_then(match.earlier_claim)
    if alike := matches.alike(match):
        yield alike
        if in_full:
            yield from matches.closeness(match)
            yield matches.chance(match.expected_by_chance)
        else:
            yield matches.likelihood(match.expected_by_chance)


def _written(case: CaseReport) -> Iterator[Sentence]:
    """Claims, notes and verdicts."""
    from verify.wording import consents
    from verify.wording.cases import about
    from verify.wording.claim_lines import claimed, read
    from verify.wording.terms import word
    from verify.wording.verdicts import rested_on

    for claim in case.claims:
        yield about(case, claim.exhibit_id, say("Claim: {claim}", claim=claimed(claim)))
        yield from read(claim)
    if case.consents:
        yield from consents.standing(case.consents)
    for note in case.notes:
        at = Instant(at=note.at)
        said = say("Note by {person}, {at}: {text}", person=note.by, at=at, text=note.text)
        yield about(case, note.exhibit_id, said)
    for verdict in case.verdicts:
        at, rating = Instant(at=verdict.at), word(verdict.rating)
        if verdict.by:
            said = say(
                "Verdict by {person}, {at}: {rating}. Why: {reason}",
                person=verdict.by,
                at=at,
                rating=rating,
                reason=verdict.reason,
            )
        else:
            said = say(
                "Verdict, {at}: {rating}. Why: {reason}",
                at=at,
                rating=rating,
                reason=verdict.reason,
            )
        yield about(case, verdict.exhibit_id, said)
        if rests := rested_on(verdict):
            yield rests
