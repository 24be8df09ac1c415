"""The provenance checklist: one tap answers an item, and the next open one follows."""

from __future__ import annotations

from msgspec.structs import replace

from verify.chat.action import Action, encode
from verify.chat.managing import about_open_case
from verify.chat.replies.checklist import ask_why, core_page, item_page, pillar_page
from verify.chat.turn import EXAMINATION, Turn
from verify.errors import BadInput, NotFound
from verify.language import plain
from verify.records import CaseReport, ChecklistItem, Reply, Role, say
from verify.wording.proposals import proposal

COMMAND = "checklist"
DESCRIPTION = say("Go through the checklist of the open case")
_LONGEST_ANSWER = 1000  # so that an item fits on a page; more belongs into a note


async def handle(turn: Turn, words: str) -> None:
    """Show its ten first items."""
    await _list(turn, await about_open_case(turn, COMMAND, words))


async def _list(turn: Turn, action: Action) -> None:
    report = await _report(turn, action)
    if action.value:
        page = pillar_page(report, action.page, action.exhibit_id, turn.reader)
    else:
        page = core_page(report, action.exhibit_id, turn.reader)
    await turn.show(page, case_id=action.case_id, purpose=EXAMINATION)


async def _item(turn: Turn, action: Action) -> None:
    report = await _report(turn, action)
    if action.item not in {item.id for item in report.checklist}:  # of an earlier version
        await _list(turn, replace(action, page=0))
        raise NotFound(say("There is no such item on the checklist."))
    page = item_page(report, action.item, action.exhibit_id, action.page, turn.reader)
    await turn.show(page, case_id=action.case_id, purpose=EXAMINATION)


async def _answer(turn: Turn, action: Action) -> None:
    """Record an answer, and show the next open item."""
    reply = Reply(action.value)
    await turn.call(turn.desk.cases.answer, turn.person, action.case_id, action.item, reply)
    await _next(turn, action)


async def _accept(turn: Turn, action: Action) -> None:
    """Record what the desk proposes, if it still does."""
    report = await _report(turn, action)
    evidence = proposal(report, _known(report, action.item))
    if evidence is None:
        await _item(turn, action)
        return
    await turn.call(
        turn.desk.cases.answer,
        turn.person,
        action.case_id,
        action.item,
        Reply.SETTLED,
        plain(evidence, turn.reader),
        proposed=True,
    )
    await _next(turn, action)


async def _next(turn: Turn, action: Action) -> None:
    """The next open item: of the ten that come first, or of all; the list when none is left."""
    report = await _report(turn, action)
    answered = _known(report, action.item)
    row = [one for one in report.checklist if one.core or not answered.core]
    place = row.index(answered)
    following = (one for one in row[place + 1 :] + row[:place] if one.answer is None)
    if found := next(following, None):
        page = item_page(report, found.id, action.exhibit_id, 0, turn.reader, answered)
    else:
        page = core_page(report, action.exhibit_id, turn.reader, answered)
    await turn.show(page, case_id=action.case_id, purpose=EXAMINATION)


async def _words(turn: Turn, action: Action) -> None:
    """Ask for a few words on an answer that was given."""
    report = await _report(turn, action)
    asked = Action(
        name="answer",
        case_id=action.case_id,
        exhibit_id=action.exhibit_id,
        item=action.item,
        value=action.value,
    )
    await turn.out.send(
        "why",
        ask_why(_known(report, action.item), Reply(action.value), turn.reader),
        case_id=action.case_id,
        exhibit_id=action.exhibit_id,
        purpose=encode(asked),
    )


def _known(report: CaseReport, item_id: str) -> ChecklistItem:
    item = next((item for item in report.checklist if item.id == item_id), None)
    if item is None:
        raise NotFound(say("There is no such item on the checklist."))
    return item


async def _answered(turn: Turn, action: Action, words: str) -> None:
    """The words for an answer have come: keep it with them."""
    if len(words) > _LONGEST_ANSWER:
        raise BadInput(
            say(
                "Please keep an answer to {limit} characters; longer words fit into a note.",
                limit=_LONGEST_ANSWER,
            )
        )
    if not await turn.out.was_sent("answered"):
        await turn.call(
            turn.desk.cases.answer,
            turn.person,
            action.case_id,
            action.item,
            Reply(action.value),
            words,
        )
    await turn.tell(
        say("Answered, in case {number}.", number=action.case_id),
        case_id=action.case_id,
        step="answered",
    )


async def _report(turn: Turn, action: Action) -> CaseReport:
    await turn.open_case(action.case_id)
    return await turn.call(turn.desk.reports.case, turn.person, action.case_id)


NEEDS = {"answer": Role.REPORTER, "accept": Role.REPORTER, "answer-words": Role.REPORTER}
UNLOCKED = frozenset({"answer-words"})
ACTIONS = {
    "checklist": _list,
    "item": _item,
    "answer": _answer,
    "accept": _accept,
    "answer-words": _words,
}
REPLIES = {"answer": _answered}
