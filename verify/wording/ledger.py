"""What is said of a ledger: who said what when, and what of it contradicts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from verify.records import (
    CalendarDate,
    Contradiction,
    Differing,
    Instant,
    Ledger,
    Named,
    Organisation,
    Said,
    SaidAs,
    Sentence,
    StatedContradiction,
    Value,
    Voice,
    listed,
    say,
    say_many,
)
from verify.wording import posts

_SOURCES = 3  # of a date or place; the others are counted
_DIFFERING = {
    Differing.DATE: say("Dates that contradict each other:"),
    Differing.PLACE: say("Places that contradict each other:"),
}


def source(one: Said) -> Sentence:
    """Who said it, how and when."""
    if one.post:
        return posts.line(one.post)
    when = Instant(at=one.at) if one.at else say("at an unknown time")
    if one.kind is SaidAs.CLAIM and one.by:
        told = say("{name}, claim in case {case}", name=one.by, case=one.case_id)
    elif one.kind is SaidAs.CLAIM:
        told = say("a claim in case {case}", case=one.case_id)
    elif one.by:
        told = say("{name}, caption in case {case}", name=one.by, case=one.case_id)
    else:
        told = say("a caption in case {case}", case=one.case_id)
    if one.posted:
        return say("{source}, posted {when}", source=told, when=when)
    return say(
        "{source}, which {person} brought {when}", source=told, person=one.recorded_by, when=when
    )


def heading(ledger: Ledger) -> Iterator[Sentence]:
    """How much was said, and where nothing of it contradicts, that."""
    if not ledger.said:
        yield say("Nothing was said of it here.")
        return
    yield say_many(
        "{count} thing was said of it and its copies here.",
        "{count} things were said of it and its copies here.",
        len(ledger.said),
    )
    if ledger.unread:
        yield say_many(
            "{count} more post was left out.", "{count} more posts were left out.", ledger.unread
        )
    if not ledger.contradictions:
        yield say("No two dates or places that were surely read contradict each other.")


def contradictions(ledger: Ledger) -> Iterator[tuple[Sentence, list[Sentence]]]:
    """What contradicts, each with a line for every date or place, those that agree together."""
    for one in ledger.contradictions:
        lines = [_value(named, ledger) for side in one.sides for named in side]
        yield _DIFFERING[one.differing], lines


def _value(named: Named, ledger: Ledger) -> Sentence:
    first = [source(ledger.said[number]) for number in named.lines[:_SOURCES]]
    value, said_by = _shown(named.shown), _either(first)
    if more := len(named.lines) - len(first):
        return say_many(
            "{value}: {sources}; and {count} more",
            "{value}: {sources}; and {count} more",
            more,
            value=value,
            sources=said_by,
        )
    return say("{value}: {sources}", value=value, sources=said_by)


def _either(sources: Sequence[Sentence]) -> Value:
    told: Value = sources[0]
    for one in sources[1:]:
        told = say("{first}; {second}", first=told, second=one)
    return told


def _shown(value: str) -> Value:
    return CalendarDate(at=value) if "/" in value and value[:4].isdecimal() else value


def organisations(ledger: Ledger) -> Iterator[Sentence]:
    """An organisation's channel against those who speak for it, a line each."""
    for one in ledger.organisations:
        for voice in one.voices:
            yield _voice(one, voice, ledger)


def _voice(one: Organisation, voice: Voice, ledger: Ledger) -> Sentence:
    who = say(
        "{account}, said to speak for it ({person}: {reason})",
        account=voice.account,
        person=voice.stated_by,
        reason=voice.reason,
    )
    against = [
        pair
        for each in one.contradictions
        if (pair := _sides(each, {*one.channel}, {*voice.lines}))
    ]
    if against:
        return say(
            "{name}: its own channel says {ours}; {who}, says {theirs}.",
            name=one.name,
            ours=listed(ours for ours, _ in against),
            who=who,
            theirs=listed(theirs for _, theirs in against),
        )
    return say(
        "{name}: its own channel says “{ours}”; {who}, says “{theirs}”.",
        name=one.name,
        ours=_words(ledger.said[one.channel[0]]),
        who=who,
        theirs=_words(ledger.said[voice.lines[0]]),
    )


def _sides(one: Contradiction, ours: set[int], theirs: set[int]) -> tuple[Value, Value] | None:
    """What either said, where one contradicts the other."""
    named = [(number, each) for number, side in enumerate(one.sides) for each in side]
    for side, mine in named:
        for other, yours in named:
            if side != other and ours & {*mine.lines} and theirs & {*yours.lines}:
                return _shown(mine.shown), _shown(yours.shown)
    return None


def _words(one: Said) -> str:
    return " ".join(one.text.split())[:80]


def stated(one: StatedContradiction) -> Iterator[Sentence]:
    """What a person says contradicts, why, and who took it back."""
    yield say(
        "{text} Why: {reason} ({person}, {when})",
        text=one.text,
        reason=one.reason,
        person=one.by,
        when=Instant(at=one.at),
    )
    if one.withdrawn_at:
        yield say(
            "Taken back by {person} {when}: {reason}",
            person=one.withdrawn_by,
            when=Instant(at=one.withdrawn_at),
            reason=one.withdrawn_why,
        )


def told(ledger: Ledger) -> Iterator[Sentence]:
    """All of it for a terminal, a line each."""
    yield from heading(ledger)
    for title, lines in contradictions(ledger):
        yield title
        yield from (say("  {line}", line=one) for one in lines)
    yield from organisations(ledger)
    if ledger.stated:
        yield say("What else contradicts, as people say:")
    for one in ledger.stated:
        yield from (say("  {line}", line=line) for line in stated(one))
    if ledger.said:
        yield say("What was said:")
    for line in ledger.said:
        yield say("  {line}", line=source(line))
        if line.text:
            yield say("    “{text}”", text=" ".join(line.text.split()))
