"""What is said of a checklist: how far it is, and how an item stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from verify.records import Answer, ChecklistItem, Instant, Sentence, say
from verify.wording.terms import word

_NAMED = 3  # of the items that nobody answered: the rest is counted


def progress(items: Sequence[ChecklistItem]) -> Sentence:
    """How far a checklist is, for the examination."""
    return say(
        "Checklist: {answered} of {items} answered; findings speak to {spoken}.",
        answered=answered(items),
        items=len(items),
        spoken=sum(1 for item in items if item.findings),
    )


def done_here(items: Sequence[ChecklistItem], all_items: Sequence[ChecklistItem]) -> Sentence:
    """How far one part of the checklist is, and how far all of it, of which ★ counts most."""
    starred = [one for one in all_items if one.starred]
    return say(
        "{answered} of {items} answered here, {all} of {total} in all, {some} of {stars} with ★.",
        some=answered(starred),
        stars=len(starred),
        answered=answered(items),
        items=len(items),
        all=answered(all_items),
        total=len(all_items),
    )


def state(answer: Answer | None) -> Sentence:
    if answer is None:
        return say("Nobody has answered this yet.")
    if answer.proposed:
        return say(
            "Accepted as proposed by {person}, {when}: {text}",
            text=answer.text,
            person=answer.by,
            when=Instant(at=answer.at),
        )
    if answer.text:
        return say(
            "{reply}: {text} ({person}, {when})",
            reply=word(answer.reply),
            text=answer.text,
            person=answer.by,
            when=Instant(at=answer.at),
        )
    return say(
        "{reply} ({person}, {when})",
        reply=word(answer.reply),
        person=answer.by,
        when=Instant(at=answer.at),
    )


def unanswered(missing: Sequence[ChecklistItem]) -> Iterator[Sentence]:
    """The starred items that nobody answered: some by name, the others counted."""
    if not missing:
        yield say("All starred items are answered.")
        return
    yield say("Nobody has answered yet:")
    yield from (say("★ {question}", question=item.question) for item in missing[:_NAMED])
    if len(missing) > _NAMED:
        yield say("{count} more starred items are unanswered.", count=len(missing) - _NAMED)


def answered(items: Sequence[ChecklistItem]) -> int:
    """How many of these items have an answer."""
    return sum(1 for item in items if item.answer)
