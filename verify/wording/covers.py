"""Why a picture is shown in steps, and what each step shows."""

from __future__ import annotations

from collections.abc import Iterator

from verify.records import (
    Cover,
    Instant,
    Listing,
    Mark,
    Opened,
    Sensitive,
    Sentence,
    Step,
    Value,
    film_time,
    listed,
    say,
    say_many,
)

KINDS = {
    Sensitive.GRAPHIC: say("graphic"),
    Sensitive.CHILD: say("a child"),
    Sensitive.SEXUAL: say("sexual"),
    Sensitive.CAPTIVE: say("a captive"),
}
STEPS = {
    Step.WORDS: say("Words only"),
    Step.DRAWING: say("Line drawing"),
    Step.SMALL: say("Small and grey"),
    Step.FULL: say("In full"),
}
SHOWN = {
    Step.DRAWING: say(
        "A line drawing. What is red is left out; black-and-white pictures keep their dark lines,"
        " smoke and fire almost vanish, and red clothes or cars become flat patches. Faces and"
        " letters stay: it makes nobody anonymous."
    ),
    Step.SMALL: say("Small and grey: the picture itself."),
    Step.FULL: say("In full."),
}
"""What a covered picture shows at a step, and where that misleads."""


def kinds(these: tuple[Sensitive, ...]) -> Listing:
    """What a picture may show, in a list."""
    return listed(KINDS[one] for one in these)


def in_short(cover: Cover) -> Sentence:
    """That an exhibit is covered, in a line."""
    return say("Covered, shown in steps: {kinds}.", kinds=kinds(cover.kinds))


def why(cover: Cover) -> Iterator[Sentence]:
    """Who said what it shows, what words propose, what it has from elsewhere."""
    yield from (_mark(one) for one in cover.marks)
    if cover.proposed:
        yield say(
            "Words of its caption propose: {kinds}. Nobody has said so yet.",
            kinds=kinds(cover.proposed),
        )
    if cover.inherited:
        yield say(
            "A copy, a part, a frame or a film of it is covered: {kinds}.",
            kinds=kinds(cover.inherited),
        )
    if cover.stretches:
        times = listed(_span(*one) for one in cover.stretches[:5])
        yield say("In this film it concerns: {times}.", times=times)


def _mark(mark: Mark) -> Sentence:
    if not mark.at:
        said = say("Marked as {kind}.", kind=KINDS[mark.kind])
    elif mark.own:
        said = say("You marked it as {kind}.", kind=KINDS[mark.kind])
    else:
        said = say(
            "{person} marked it as {kind} on {date}.",
            person=mark.by,
            kind=KINDS[mark.kind],
            date=Instant(at=mark.at),
        )
    if mark.off_by:
        return say(
            "{said} {person} asks to take that off; somebody else has to agree.",
            said=said,
            person=mark.off_by,
        )
    return said


def _span(begins: float, ends: float) -> Value:
    if int(begins) == int(ends):
        return film_time(begins)
    return say("{begins} to {ends}", begins=film_time(begins), ends=film_time(ends))


def before_looking() -> Sentence:
    """What spares a second look."""
    return say("Before you look: note what you look for, so that one look is enough.")


def opened(number: Opened) -> Sentence:
    """How many covered pictures somebody opened, for them alone."""
    return say(
        "Covered pictures that you opened: {today} today, {week} in seven days.",
        today=number.today,
        week=number.week,
    )


def gently(number: Opened) -> Sentence:
    """That somebody has opened as many as they wanted to be told of."""
    return say_many(
        "You have opened {count} covered picture today. A pause is part of the work; somebody else"
        " may look for you.",
        "You have opened {count} covered pictures today. A pause is part of the work; somebody else"
        " may look for you.",
        number.today,
    )


def withheld() -> Sentence:
    """That an exhibit is in nothing that leaves, and to whom it is shown."""
    return say(
        "Withheld: it is neither examined nor found, exported or backed up, and shown to one person"
        " alone."
    )
