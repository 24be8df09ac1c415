"""What people read on the terminal: an examination, its matches, a case."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import click

from verify.cli.output import tell
from verify.cli.shapes import details
from verify.records import (
    CaseReport,
    Chance,
    Examination,
    ExhibitReport,
    Finding,
    Instant,
    Match,
    Outcome,
    Sentence,
    say,
)

_ORDER = tuple(Outcome)
_MARKS = {Outcome.FLAGGED: "!", Outcome.FAILED: "x", Outcome.INCONCLUSIVE: "?"}


def print_file(name: str, sha256: str, seen: Examination | None) -> None:
    """A file's name, its kind and size, its SHA-256."""
    tell(name)
    click.echo(f"  SHA-256 {sha256}")
    if seen and seen.width and seen.height:
        tell(
            say(
                "{media_type}, {width} × {height} pixels",
                media_type=seen.media_type,
                width=seen.width,
                height=seen.height,
            ),
            indent=2,
        )
    elif seen:
        tell(seen.media_type, indent=2)


def print_findings(findings: Iterable[Finding]) -> None:
    """Flagged findings first; under each where it was read and what it cannot show."""
    for entry in sorted(findings, key=lambda entry: _ORDER.index(entry.outcome)):
        if entry.outcome is Outcome.NOT_APPLICABLE:
            continue
        click.echo(f"  {_MARKS.get(entry.outcome, '-')} ", nl=False)
        tell(entry.summary)
        for line in details(entry):
            tell(line, indent=6)


def print_matches(matches: Iterable[Match]) -> None:
    """The earlier pictures that are like this one."""
    for match in matches:
        for line in _match(match):
            tell(line, indent=2)


def print_case(case: CaseReport) -> None:
    """A whole case: the pictures with matches and findings, then what people wrote."""
    at = Instant(at=case.opened_at)
    tell(say("Case {case}, opened {at} by {person}", case=case.id, at=at, person=case.opened_by))
    for exhibit in case.exhibits:
        _print_exhibit(exhibit)
    for line in _written(case):
        tell(line)
    answered = sum(item.answer is not None for item in case.checklist)
    tell(
        say(
            "Checklist: {answered} of {items} answered",
            answered=answered,
            items=len(case.checklist),
        )
    )


def _print_exhibit(exhibit: ExhibitReport) -> None:
    print_file(exhibit.filename or exhibit.sha256[:12], exhibit.sha256, exhibit.examination)
    print_matches(exhibit.matches)
    print_findings(exhibit.findings)


def _match(match: Match) -> Iterator[Sentence]:
    from verify.language.words import word

    case = match.earlier_case_id
    lies = word(match.orientation)
    if match.distance is None:
        yield say("Seen before in case {case}, {orientation}.", case=case, orientation=lies)
    else:
        yield say(
            "Seen before in case {case}, {orientation}; {distance} of 256 bits differ.",
            case=case,
            orientation=lies,
            distance=match.distance,
        )
    seen = match.first_seen
    source = seen.source or say("a source not stated")
    if seen.posted:
        yield say("First posted {at} by {source}.", at=Instant(at=seen.at), source=source)
    else:
        yield say("First received here {at} from {source}.", at=Instant(at=seen.at), source=source)
    if match.earlier_claim:
        yield say("It was said then: {claim}", claim=match.earlier_claim.text)
    yield _chance(match.expected_by_chance)


def _chance(chance: Chance) -> Sentence:
    """How many matches this close chance alone would give."""
    if chance.bound:
        return say(
            "Chance alone would give fewer than {number} such matches.", number=chance.expected
        )
    return say("Chance alone would give about {number} such matches.", number=chance.expected)


def _written(case: CaseReport) -> Iterator[Sentence]:
    """Claims, notes and verdicts, in the order they were written."""
    from verify.language.words import word

    for claim in case.claims:
        claimant = claim.claimant or say("somebody not stated")
        yield say("Claim by {claimant}: {text}", claimant=claimant, text=claim.text)
    for note in case.notes:
        yield say(
            "Note by {person}, {at}: {text}", person=note.by, at=Instant(at=note.at), text=note.text
        )
    for verdict in case.verdicts:
        yield say(
            "Verdict by {person}, {at}: {rating}. {reason}",
            person=verdict.by,
            at=Instant(at=verdict.at),
            rating=word(verdict.rating),
            reason=verdict.reason,
        )
