"""The head of a report: question, verdict, what contradicts, what stays open, what changed."""

from __future__ import annotations

from collections.abc import Iterator

from verify.layouts.report.telling import Telling
from verify.records import (
    Block,
    Bullets,
    Heading,
    Instant,
    Line,
    Outcome,
    Reply,
    Section,
    Status,
    Verdict,
    VerdictState,
    say,
)
from verify.wording import report as wording
from verify.wording.bags import came
from verify.wording.cases import still_open
from verify.wording.ledger import contradictions, organisations, stated
from verify.wording.matches import since, stood_first
from verify.wording.verdicts import against, meaning, reasons, rested_on, state, why

_MOST_CLAIMS = 10


def head(tell: Telling) -> Section:
    """What a colleague reads in two minutes."""
    return Section(
        id="head",
        title=tell(wording.HEAD),
        blocks=(
            Heading(id="question", text=tell(wording.QUESTION)),
            *_question(tell),
            Heading(id="verdict", text=tell(wording.VERDICT)),
            *_verdict(tell),
            *_then_and_now(tell),
            *_against(tell),
            *_open(tell),
        ),
    )


def _question(tell: Telling) -> Iterator[Block]:
    claims = [*tell.questions()]
    for claim in claims[:_MOST_CLAIMS]:
        yield Line(text=tell.briefly(tell.about(claim.exhibit_id, wording.question(claim))))
    if more := len(claims[_MOST_CLAIMS:]):
        yield Line(text=tell(wording.more_claims(more)), kind="small")
    if not claims:
        yield Line(text=tell(wording.no_question()))
    for bag in tell.known.case.bags:
        yield Line(text=tell(came(bag)), kind="small")


def _verdict(tell: Telling) -> Iterator[Block]:
    told = False
    if tell.known.case.status is Status.REOPENED:
        yield Line(text=tell(wording.open_again()), kind="warning")
    for verdict in tell.latest_verdicts():
        told = True
        rating = tell.about(verdict.exhibit_id, meaning(verdict.rating))
        yield Line(text=tell(rating), kind="strong")
        if claim := against(verdict):
            yield Line(text=tell.briefly(claim))
        if verdict.by:
            yield from (Line(text=tell(line)) for line in reasons(verdict))
        else:
            yield Line(text=tell(why(verdict)))
            yield Line(text=tell(wording.concluded(verdict)))
        if verdict.state is not VerdictState.CONFIRMED and (stands := state(verdict)):
            yield Line(text=tell(stands), kind="warning")
    if not told and (left := still_open(tell.known.case)):
        yield Line(text=tell(left), kind="strong")


def _then_and_now(tell: Telling) -> Iterator[Block]:
    """What was concluded before and on what that rested, where a case was reopened."""
    case = tell.known.case
    confirmed = [one for one in case.verdicts if one.state is VerdictState.CONFIRMED][::-1]
    again = case.status is Status.REOPENED or tell.known.reopened
    if not again and not _corrected(confirmed):
        return
    latest = [*tell.latest_verdicts()]
    yield Heading(id="then-and-now", text=tell(wording.THEN_AND_NOW))
    for number, verdict in enumerate(confirmed, start=1):
        former = [one for one in confirmed[: number - 1] if one.exhibit_id == verdict.exhibit_id]
        said = tell.about(verdict.exhibit_id, wording.known_then(number, verdict))
        yield Line(text=tell(said), kind="strong")
        if former:
            yield Line(text=tell(wording.changed(former[-1], verdict)))
        if verdict not in latest:  # it stands above with its reasons
            yield Line(text=tell(why(verdict)))
            if rests := rested_on(verdict):
                yield Line(text=tell(rests))
        later = confirmed[number].at if number < len(confirmed) else None
        for note in tell.known.reopened:
            if note.at >= verdict.at and (later is None or note.at < later):
                yield Line(text=tell(wording.reopened(Instant(at=note.at), note.text)))
    stood = stood_first(case)
    first = since(stood[0]) if stood else None
    if case.sightings:  # what goes to everybody does not tell what the desk holds
        yield Line(text=tell(wording.known_now(len(case.exhibits), first)))


def _corrected(confirmed: list[Verdict]) -> bool:
    """Whether an exhibit was concluded about twice."""
    return len({one.exhibit_id for one in confirmed}) < len(confirmed)


def _against(tell: Telling) -> Iterator[Block]:
    """What people said contradicts, what is flagged, what could not be checked, then dates and
    places that were said and contradict each other; of what is told to nobody, nothing."""
    people = [one for one in tell.known.stated if not one.withdrawn_at]
    found = [tell(line) for one in people for line in stated(one)]
    found += [
        tell.briefly(tell.about(exhibit.exhibit_id, finding.summary))
        for outcome in (Outcome.FLAGGED, Outcome.FAILED)
        for _, exhibit in tell.numbered
        for finding in exhibit.findings
        if finding.outcome is outcome
    ]
    ledger = tell.known.ledger
    said = [*contradictions(ledger)] if ledger else []
    found += map(tell.briefly, organisations(ledger)) if ledger else ()
    examined = any(exhibit.findings for _, exhibit in tell.numbered)
    if not found and not said and not examined:
        return
    yield Heading(id="against", text=tell(wording.AGAINST))
    if found:
        yield Bullets(items=tuple(dict.fromkeys(found)))
    for title, lines in said:
        yield Line(text=tell(title))
        yield Bullets(items=tuple(map(tell.briefly, lines)))
    if not found and not said:
        yield Line(text=tell(wording.NOTHING_AGAINST))


def _open(tell: Telling) -> Iterator[Block]:
    case = tell.known.case
    if not case.checklist:
        return
    yield Heading(id="open", text=tell(wording.OPEN))
    items = [tell(say("★ {question}", question=one.question)) for one in case.unanswered]
    for one in case.checklist:
        if one.answer and one.answer.reply in (Reply.CONCERN, Reply.COULD_NOT_TELL):
            mark = wording.answered(one.answer)
            items.append(tell(say("{reply}: {question}", reply=mark, question=one.question)))
    if items:
        yield Bullets(items=tuple(items))
    else:
        yield Line(text=tell(wording.NOTHING_OPEN))
