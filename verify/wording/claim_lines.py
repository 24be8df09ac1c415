"""What is said of a claim: who said what, which date and place were read, what opposes it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from msgspec.structs import replace

from verify.records import (
    CalendarDate,
    CaseReport,
    Claim,
    Finding,
    Instant,
    Origin,
    OriginKind,
    Outcome,
    Sentence,
    Value,
    listed,
    say,
    say_many,
)
from verify.wording.findings import reads_alike

_MOST = 3  # claims, a line each


def claimed(claim: Claim) -> Sentence:
    """One claim: who said what; the claimant is never the person who sent it here."""
    if claim.claimant:
        return say("{claimant}: {claim}", claimant=claim.claimant, claim=claim.text)
    return say("{claim} (who claims it is not given)", claim=claim.text)


def brief(claim: Claim) -> Sentence:
    """One claim in one line, with the date and the place that are kept with it."""
    said = words(claim)
    date, place = CalendarDate(at=claim.claimed_at), claim.place
    if claim.claimed_at and place:
        return say("{claim} – read as {date}, {place}", claim=said, date=date, place=place)
    if claim.claimed_at:
        return say("{claim} – read as {date}, no place", claim=said, date=date)
    if place:
        return say("{claim} – read as {place}, no date", claim=said, place=place)
    return say("{claim} – no date or place read", claim=said)


def words(claim: Claim) -> Sentence:
    """What a claim says, without what was read in it."""
    if claim.claimant:
        return say("{claimant} claims: “{claim}”", claimant=claim.claimant, claim=claim.text)
    return say("Claim: “{claim}”", claim=claim.text)


def briefly(
    claims: Sequence[Claim], most: int = _MOST, line: Callable[[Claim], Sentence] = brief
) -> Iterator[Sentence]:
    """The latest claims in the order in which they were made, each by its line, and how many more
    there are."""
    lines: list[Sentence] = []
    for said in map(line, claims):
        if said not in lines:  # the same words came with another file
            lines.append(said)
    yield from lines[-most:]
    if more := len(lines[:-most]):
        yield say_many("and {count} earlier claim", "and {count} earlier claims", more)


def read(claim: Claim) -> list[Sentence]:
    """The date and the place that are kept with a claim, and who says so; before them where its
    words came from: a line or a few."""
    return [*_came(claim), *_read(claim), *_counted(claim)]


def _came(claim: Claim) -> Iterator[Sentence]:
    """Where a forwarded text first stood, when, and the links in it."""
    if origin := claim.origin:
        yield _forwarded(origin)
        if origin.posted_at:
            yield say("Posted there {posted}.", posted=Instant(at=origin.posted_at))
    if claim.links:
        yield say("Its links: {links}", links=" ".join(claim.links))


def _forwarded(origin: Origin) -> Sentence:
    name = f"{origin.name} (@{origin.username})" if origin.username else origin.name
    match origin.kind:
        case OriginKind.CHANNEL:
            return say("Forwarded from the channel {name}.", name=name)
        case OriginKind.CHAT:
            return say("Forwarded from the group {name}.", name=name)
        case OriginKind.HIDDEN_USER:
            return say("Forwarded from {name}, who shows no account.", name=name)
    return say("Forwarded from {name}.", name=name)


def _counted(claim: Claim) -> list[Sentence]:
    if not claim.counted_from or claim.date_stated:
        return []
    day = CalendarDate(at=claim.counted_from)
    return [say("Counted from the day of the post, {day}.", day=day)]


def _read(claim: Claim) -> list[Sentence]:
    date, place = CalendarDate(at=claim.claimed_at), claim.place
    if not claim.date_stated and not claim.place_stated:
        if claim.claimed_at and place:
            return [say("I read: {date}, {place}", date=date, place=place)]
        if not claim.claimed_at and not place:
            return [say("I read no date and no place for certain.")]
    return [_date(claim, date), _place(claim)]


def _date(claim: Claim, date: CalendarDate) -> Sentence:
    if claim.date_stated:
        if claim.claimed_at:
            return say("Date, stated at this desk: {date}", date=date)
        return say("Stated at this desk: no date is meant.")
    if claim.claimed_at:
        return say("I read the date: {date}", date=date)
    return say("I read no date for certain.")


def _place(claim: Claim) -> Sentence:
    if claim.place_stated:
        if claim.place:
            return say("Place, stated at this desk: {place}", place=claim.place)
        return say("Stated at this desk: no place is meant.")
    if claim.place:
        return say("I read the place: {place}", place=claim.place)
    return say("I read no place for certain.")


def flagged(claim: Claim, report: CaseReport) -> Iterator[Finding]:
    """The flagged findings that were read from this claim."""
    for exhibit in report.exhibits:
        for finding in exhibit.findings:
            read_from = finding.read_from.split(", ")
            if finding.outcome is Outcome.FLAGGED and f"claim {claim.id}" in read_from:
                yield finding


def against(claim: Claim, report: CaseReport) -> list[Sentence]:
    """What contradicts a claim, once each: with the exhibits of which it is said, by number, where
    the case has several."""
    told: list[tuple[Sentence, list[int]]] = []
    for number, exhibit in enumerate(report.exhibits, start=1):
        alone = replace(report, exhibits=(exhibit,))
        for summary in (one.summary for one in flagged(claim, alone)):
            who = next((who for said, who in told if reads_alike(said, summary)), None)
            if who is None:
                told.append((summary, [number]))
            elif number not in who:
                who.append(number)
    return [_of(who, said) if len(report.exhibits) > 1 else said for said, who in told]


def _of(numbers: list[int], said: Sentence) -> Sentence:
    if len(numbers) == 1:
        return say("Exhibit {number}: {said}", number=numbers[0], said=said)
    return say("Exhibits {numbers}: {said}", numbers=listed(numbers), said=said)


def either(readings: Sequence[Value]) -> Value:
    """What words can mean, one or another. readings: at least one; many end in an ellipsis."""
    first, *others = readings
    return say("{one} or {other}", one=first, other=either(others)) if others else first
