"""The provenance checklist in the chat: pillar by pillar, item by item."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from verify.chat.action import Action
from verify.chat.pages import Button, Page, button, in_rows, page_number, paginate, turning
from verify.chat.replies.markup import FULL_TEXT, bold, bullet, italic
from verify.language import Reader, html
from verify.records import (
    CaseReport,
    ChecklistItem,
    Pillar,
    Reply,
    say,
)
from verify.wording.checklists import done_here, state
from verify.wording.terms import word

_ORDER = tuple(Pillar)
_LISTED_CHARACTERS = 50  # of an answer, in the list: its item shows it whole


def pillar_page(report: CaseReport, page: int, exhibit_id: int, reader: Reader) -> Page:
    """The items of one pillar with their answers. page: the pillar's place, from 0."""
    pillar = _ORDER[page % len(_ORDER)]
    items = [item for item in report.checklist if item.pillar is pillar]
    title = say("Checklist of case {number}: {pillar}", number=report.id, pillar=word(pillar))
    done = done_here(items, report.checklist)
    lines = [f"{bold(title, reader)}\n{html(done, reader)}"]
    numbers = []
    for number, item in enumerate(items, start=1):
        lines.append(f"{number}. {_line(item, reader)}")
        to = Action(name="item", case_id=report.id, exhibit_id=exhibit_id, item=item.id)
        numbers.append(Button(str(number), to))
    lines.append(italic(say("★ matters most for pictures of conflict."), reader))
    return Page(
        "\n\n".join(lines),
        (*in_rows(numbers, 6), *_pillars(report.id, exhibit_id, pillar, reader)),
    )


def item_page(report: CaseReport, item_id: str, exhibit_id: int, page: int, reader: Reader) -> Page:
    """One item: the question, what findings say about it, who answered, the four answers."""
    item = {item.id: item for item in report.checklist}[item_id]
    here = Action(name="item", case_id=report.id, exhibit_id=exhibit_id, item=item.id)
    texts = paginate(_item(item, reader))
    page = max(0, min(page, len(texts) - 1))
    answers = [
        button(word(reply), replace(here, name="answer", value=reply.value), reader)
        for reply in Reply
    ]
    back = replace(here, name="checklist", item="", page=_ORDER.index(item.pillar))
    return Page(
        texts[page] + page_number(page, len(texts), reader),
        (
            turning(here, page, len(texts), reader),
            *in_rows(answers, 2),
            _neighbours(report, here, reader),
            (button(say("Back to the list"), back, reader),),
        ),
    )


def _item(item: ChecklistItem, reader: Reader) -> Iterator[str]:
    yield bold(word(item.pillar), reader)
    yield f"{_star(item)}{html(item.question, reader)}"
    yield "\n" + html(state(item.answer), reader, limit=FULL_TEXT)
    if item.hint:
        yield "\n" + italic(item.hint, reader)
    if item.findings:
        yield "\n" + bold(say("What was found about this, which is no answer yet"), reader)
        for finding in item.findings:
            yield bullet(finding.summary, reader)
    source = say("Where this comes from: {reference}", reference=item.reference)
    yield "\n" + italic(source, reader)


def ask_why(item: ChecklistItem, reply: Reply, reader: Reader) -> Page:
    """The prompt for the few words that an answer needs."""
    asked = say("{reply}: please reply to this message with a few words on why.", reply=word(reply))
    return Page(f"{html(item.question, reader)}\n{html(asked, reader)}", asks=True)


def _line(item: ChecklistItem, reader: Reader) -> str:
    line = f"{_star(item)}{html(item.question, reader)}"
    if item.answer:
        line += f"\n{html(state(item.answer), reader, limit=_LISTED_CHARACTERS)}"
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
            Action(name="checklist", case_id=case_id, exhibit_id=exhibit_id, page=page),
            reader,
        )
        for page, pillar in enumerate(_ORDER)
        if pillar is not shown
    ]
    back = Action(name="examination", case_id=case_id, exhibit_id=exhibit_id)
    return (*in_rows(others, 3), (button(say("Back to the examination"), back, reader),))


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
