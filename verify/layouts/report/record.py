"""What people wrote, in a report: checklist, claims in their versions, custody."""

from __future__ import annotations

from collections.abc import Iterator

from verify.layouts.report.telling import Telling
from verify.records import (
    Block,
    Bullets,
    ChecklistItem,
    Entry,
    Heading,
    Instant,
    Line,
    Note,
    Pillar,
    Section,
    Table,
    say,
)
from verify.wording import bags
from verify.wording import report as wording
from verify.wording.claim_lines import claimed, read
from verify.wording.consents import standing
from verify.wording.events import by, event
from verify.wording.notes import note
from verify.wording.terms import word

_MOST_EVENTS = 300
_MOST_WORDS = 200
_BEGINS = 16  # digits of a hash


def checklist(tell: Telling) -> Section:
    """What was answered, by whom and how, and which starred questions were not."""
    items = tell.known.case.checklist
    accepted = sum(one.answer is not None and one.answer.proposed for one in items)
    own = sum(one.answer is not None for one in items) - accepted
    counted = wording.own_and_accepted(own, accepted, len(items))
    blocks: list[Block] = [Line(text=tell(counted))]
    for pillar in Pillar:
        told = [one for one in items if one.pillar is pillar and (one.answer or one.starred)]
        if told:
            blocks.append(Heading(id=f"checklist-{pillar}", text=tell(word(pillar))))
        blocks += [_item(tell, one) for one in told]
    silent = sum(not one.answer and not one.starred for one in items)
    if silent:
        blocks.append(Line(text=tell(wording.not_answered(silent)), kind="small"))
    return Section(id="checklist", title=tell(wording.CHECKLIST), blocks=tuple(blocks))


def _item(tell: Telling, item: ChecklistItem) -> Entry:
    answer = item.answer
    question = say("★ {question}", question=item.question) if item.starred else item.question
    if answer is None:
        return Entry(kind="", mark=tell(wording.UNANSWERED), text=tell(question))
    details = [tell(answer.text)] if answer.text else []
    if answer.by:
        details.append(tell(wording.answered_by(answer)))
    return Entry(
        kind="proposed" if answer.proposed else answer.reply,
        mark=tell(wording.answered(answer)),
        text=tell(question),
        details=tuple(details),
    )


def claims(tell: Telling) -> Section:
    """Every claim in all its versions, what was read in it; then consent and notes."""
    blocks: list[Block] = []
    for versions in tell.known.claims:
        latest = versions[-1]
        blocks.append(
            Line(text=tell(tell.about(latest.exhibit_id, claimed(latest))), kind="strong")
        )
        blocks += [Line(text=tell(line)) for line in read(latest)]
        if len(versions) > 1:
            said = map(wording.version_of_claim, versions)
            blocks += [Line(text=tell(one), kind="small") for one in said]
    if not tell.known.claims:
        blocks.append(Line(text=tell(wording.no_question())))
    case = tell.known.case
    if case.consents:
        blocks += [Line(text=tell(line)) for line in standing(case.consents)]
    blocks += _notes(tell, case.notes)
    return Section(id="claims", title=tell(wording.CLAIMS), blocks=tuple(blocks))


def elsewhere(tell: Telling) -> Section:
    """By which bags of other desks exhibits came, and what those desks say."""
    blocks: list[Block] = []
    case = tell.known.case
    for bag in case.bags:
        blocks.append(Line(text=tell(bags.came(bag)), kind="strong"))
        blocks += [Line(text=tell(line)) for line in bags.checked(bag)]
        if said := tuple(map(tell, bags.theirs(case, bag))):
            blocks.append(Heading(id=f"bag-{bag.number}", text=tell(bags.THEIR_WORDS)))
            blocks.append(Bullets(items=said[:_MOST_WORDS]))
        if more := len(said[_MOST_WORDS:]):
            blocks.append(Line(text=tell(bags.left_out(more)), kind="small"))
    return Section(id="elsewhere", title=tell(bags.TITLE), blocks=tuple(blocks))


def _notes(tell: Telling, notes: tuple[Note, ...]) -> Iterator[Block]:
    if notes:
        yield Heading(id="notes", text=tell(wording.NOTES))
    yield from (Line(text=tell(tell.about(one.exhibit_id, note(one)))) for one in notes)


def custody(tell: Telling, *, handed: bool) -> Section:
    """The events of the case, where they go along."""
    events = tell.known.custody
    title = tell(wording.CUSTODY)
    if not handed:
        left = Line(text=tell(wording.custody_left_out()))
        return Section(id="custody", title=title, blocks=(left,))
    shown = events[-_MOST_EVENTS:]
    rows = tuple(
        (
            str(one.id),
            tell(Instant(at=one.at)),
            tell(event(one.kind)),
            tell(by(one.person)),
            one.hash[:_BEGINS],
        )
        for one in shown
    )
    return Section(
        id="custody",
        title=title,
        blocks=(
            Line(text=tell(wording.events(len(shown), len(events)))),
            Table(header=tuple(map(tell, wording.CUSTODY_COLUMNS)), rows=rows, codes=(0, 1, 4)),
        ),
    )
