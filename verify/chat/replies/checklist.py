"""The provenance checklist in the chat: ten items first, then pillar by pillar."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from verify.chat.action import Action
from verify.chat.pages import (
    Button,
    Page,
    button,
    in_rows,
    page_number,
    paginate,
    to_examination,
    turning,
)
from verify.chat.replies.locked import reopen
from verify.chat.replies.markup import FULL_TEXT, bold, bullet, italic
from verify.language import Reader, html
from verify.records import (
    CaseReport,
    ChecklistItem,
    Pillar,
    Reply,
    Sentence,
    Status,
    say,
)
from verify.wording.checklists import done_here, state
from verify.wording.proposals import proposal
from verify.wording.terms import word

_STARRED = say("★ matters most for pictures of conflict; a verdict names those still open.")
_ORDER = tuple(Pillar)
_ALL = "all"  # pillar by pillar, not the ten that come first
_LISTED_CHARACTERS = 50  # of an answer, in the list: its item shows it whole


def core_page(
    report: CaseReport, exhibit_id: int, reader: Reader, answered: ChecklistItem | None = None
) -> Page:
    """The ten items that come first. answered: the item that was answered just now."""
    items = [item for item in report.checklist if item.core]
    title = say("Checklist of case {number}", number=report.id)
    lines = [bold(title, reader), html(done_here(items, report.checklist), reader)]
    rest = Action(name="checklist", case_id=report.id, exhibit_id=exhibit_id, value=_ALL)
    count = len(report.checklist)
    listed, numbers = _listed(report, items, exhibit_id, reader)
    listed.append(italic(_STARRED, reader))
    return Page(
        "\n\n".join([*_just_answered(answered, reader), "\n".join(lines), *listed]),
        (
            *in_rows(numbers, 5),
            (button(say("All {count} items", count=count), rest, reader),),
            to_examination(report.id, exhibit_id, reader),
        ),
    )


def pillar_page(report: CaseReport, page: int, exhibit_id: int, reader: Reader) -> Page:
    """The items of one pillar with their answers. page: the pillar's place, from 0."""
    pillar = _ORDER[page % len(_ORDER)]
    items = [item for item in report.checklist if item.pillar is pillar]
    title = say("Checklist of case {number}: {pillar}", number=report.id, pillar=word(pillar))
    done = done_here(items, report.checklist)
    listed, numbers = _listed(report, items, exhibit_id, reader)
    lines = [f"{bold(title, reader)}\n{html(done, reader)}", *listed]
    lines.append(italic(_STARRED, reader))
    return Page(
        "\n\n".join(lines),
        (*in_rows(numbers, 6), *_pillars(report.id, exhibit_id, pillar, reader)),
    )


def _listed(
    report: CaseReport, items: list[ChecklistItem], exhibit_id: int, reader: Reader
) -> tuple[list[str], list[Button]]:
    """Items by number, each with a button."""
    lines, numbers = [], []
    for number, item in enumerate(items, start=1):
        lines.append(f"{number}. {_line(report, item, reader)}")
        to = Action(name="item", case_id=report.id, exhibit_id=exhibit_id, item=item.id)
        numbers.append(Button(str(number), to))
    return lines, numbers


def item_page(
    report: CaseReport,
    item_id: str,
    exhibit_id: int,
    page: int,
    reader: Reader,
    answered: ChecklistItem | None = None,
) -> Page:
    """One item: the question, what findings say about it, who answered, the four answers.

    answered: the item that was answered just now, which this one follows.
    """
    item = {item.id: item for item in report.checklist}[item_id]
    here = Action(name="item", case_id=report.id, exhibit_id=exhibit_id, item=item.id)
    proposed = proposal(report, item)
    texts = paginate([*_just_answered(answered, reader), *_item(item, proposed, reader)])
    page = max(0, min(page, len(texts) - 1))
    answering: tuple[tuple[Button, ...], ...] = (reopen(report.id, reader),)
    if report.status is not Status.CONCLUDED:
        answers = [
            button(word(reply), replace(here, name="answer", value=reply.value), reader)
            for reply in Reply
        ]
        answering = (
            _accepting(here, proposed, reader),
            *in_rows(answers, 2),
            _wording(here, answered or item, reader),
        )
    return Page(
        texts[page] + page_number(page, len(texts), reader),
        (
            turning(here, page, len(texts), reader),
            *answering,
            _neighbours(report, here, reader),
            (button(say("Back to the list"), _list(here, item), reader),),
        ),
    )


def _list(here: Action, item: ChecklistItem) -> Action:
    """The list in which an item stands."""
    if item.core:
        return replace(here, name="checklist", item="")
    place = _ORDER.index(item.pillar)
    return replace(here, name="checklist", item="", page=place, value=_ALL)


def _accepting(here: Action, proposed: Sentence | None, reader: Reader) -> tuple[Button, ...]:
    if proposed is None:
        return ()
    return (button(say("Accept what is proposed"), replace(here, name="accept"), reader),)


def _wording(here: Action, item: ChecklistItem, reader: Reader) -> tuple[Button, ...]:
    """A way to say more on an item that has an answer without words."""
    if item.answer is None or item.answer.text:
        return ()
    more = replace(here, name="answer-words", item=item.id, value=item.answer.reply.value)
    return (button(say("Add words to the answer"), more, reader),)


def _just_answered(item: ChecklistItem | None, reader: Reader) -> list[str]:
    if item is None or item.answer is None:
        return []
    done = say("✓ {question} {answer}", question=item.question, answer=state(item.answer))
    return [italic(done, reader) + "\n"]


def _item(item: ChecklistItem, proposed: Sentence | None, reader: Reader) -> Iterator[str]:
    yield bold(word(item.pillar), reader)
    yield f"{_star(item)}{html(item.question, reader)}"
    yield "\n" + html(state(item.answer), reader, limit=FULL_TEXT)
    if proposed:
        offered = say(
            "The desk proposes “{reply}”: {evidence}", reply=word(Reply.SETTLED), evidence=proposed
        )
        yield "\n" + html(offered, reader)
    if item.hint:
        yield "\n" + italic(item.hint, reader)
    if item.findings:
        yield "\n" + bold(say("What was found about this, which is no answer yet"), reader)
        for finding in item.findings:
            yield bullet(finding.summary, reader)
    source = say("Where this comes from: {reference}", reference=item.reference)
    yield "\n" + italic(source, reader)


def ask_why(item: ChecklistItem, reply: Reply, reader: Reader) -> Page:
    """The prompt for a few words on an answer."""
    asked = say("{reply}: please reply to this message with a few words on why.", reply=word(reply))
    return Page(f"{html(item.question, reader)}\n{html(asked, reader)}", asks=True)


def _line(report: CaseReport, item: ChecklistItem, reader: Reader) -> str:
    line = f"{_star(item)}{html(item.question, reader)}"
    if item.answer:
        line += f"\n{html(state(item.answer), reader, limit=_LISTED_CHARACTERS)}"
    elif proposal(report, item):
        line += "\n" + italic(say("The desk proposes an answer."), reader)
    elif item.findings:
        line += "\n" + italic(say("A finding speaks to this."), reader)
    return line


def _star(item: ChecklistItem) -> str:
    return "★ " if item.starred else ""


def _pillars(
    case_id: int, exhibit_id: int, shown: Pillar, reader: Reader
) -> tuple[tuple[Button, ...], ...]:
    others = [
        button(
            word(pillar),
            Action(name="checklist", case_id=case_id, exhibit_id=exhibit_id, page=page, value=_ALL),
            reader,
        )
        for page, pillar in enumerate(_ORDER)
        if pillar is not shown
    ]
    first = Action(name="checklist", case_id=case_id, exhibit_id=exhibit_id)
    return (
        *in_rows(others, 3),
        (button(say("The first ten"), first, reader),),
        to_examination(case_id, exhibit_id, reader),
    )


def _neighbours(report: CaseReport, here: Action, reader: Reader) -> tuple[Button, ...]:
    """The items before and after this one, across pillars."""
    ids = [item.id for item in report.checklist]
    place = ids.index(here.item)
    row = []
    if place > 0:
        row.append(button(say("‹ Previous item"), replace(here, item=ids[place - 1]), reader))
    if place + 1 < len(ids):
        row.append(button(say("Next item ›"), replace(here, item=ids[place + 1]), reader))
    return tuple(row)
