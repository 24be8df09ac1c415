"""The provenance checklist: shown pillar by pillar, answered by people, item by item."""

from __future__ import annotations

from msgspec.structs import replace

from verify.chat.action import Action, encode
from verify.chat.replies.checklist import ask_why, item_page, pillar_page
from verify.chat.turn import EXAMINATION, Turn
from verify.errors import BadInput, NotFound
from verify.records import CaseReport, Reply, Role, say

_NEEDS_WORDS = (Reply.SETTLED, Reply.CONCERN)
_LONGEST_ANSWER = 1000  # so that an item fits on a page; more belongs into a note


async def _pillar(turn: Turn, action: Action) -> None:
    report = await _report(turn, action)
    page = pillar_page(report, action.page, action.exhibit_id, turn.reader)
    await turn.show(page, case_id=action.case_id, purpose=EXAMINATION)


async def _item(turn: Turn, action: Action) -> None:
    report = await _report(turn, action)
    if action.item not in {item.id for item in report.checklist}:  # of an earlier version
        await _pillar(turn, replace(action, page=0))
        raise NotFound(say("There is no such item on the checklist."))
    page = item_page(report, action.item, action.exhibit_id, action.page, turn.reader)
    await turn.show(page, case_id=action.case_id, purpose=EXAMINATION)


async def _answer(turn: Turn, action: Action) -> None:
    """Record an answer that needs no words; ask for words where it does."""
    reply = Reply(action.value)
    if reply not in _NEEDS_WORDS:
        await turn.call(turn.desk.answer, turn.person, action.case_id, action.item, reply)
        await _item(turn, action)
        return
    report = await _report(turn, action)
    item = next((item for item in report.checklist if item.id == action.item), None)
    if item is None:
        raise NotFound(say("There is no such item on the checklist."))
    asked = Action(
        name="answer",
        case_id=action.case_id,
        exhibit_id=action.exhibit_id,
        item=action.item,
        value=action.value,
        message_id=turn.pressed or 0,
    )
    await turn.out.send(
        "why",
        ask_why(item, reply, turn.reader),
        case_id=action.case_id,
        exhibit_id=action.exhibit_id,
        purpose=encode(asked),
    )


async def _answered(turn: Turn, action: Action, text: str) -> None:
    """The words for an answer have come: keep it, and bring the item up to date."""
    if len(text) > _LONGEST_ANSWER:
        raise BadInput(
            say(
                "Please keep an answer to {limit} characters; longer words fit into a note.",
                limit=_LONGEST_ANSWER,
            )
        )
    if not await turn.out.was_sent("answered"):
        await turn.call(
            turn.desk.answer, turn.person, action.case_id, action.item, Reply(action.value), text
        )
    await turn.tell(
        say("Answered, in case {number}.", number=action.case_id),
        case_id=action.case_id,
        step="answered",
    )
    if action.message_id:
        report = await _report(turn, action)
        page = item_page(report, action.item, action.exhibit_id, 0, turn.reader)
        await turn.out.edit(action.message_id, page, case_id=action.case_id, purpose=EXAMINATION)


async def _report(turn: Turn, action: Action) -> CaseReport:
    await turn.open_case(action.case_id)
    return await turn.call(turn.desk.case, turn.person, action.case_id)


NEEDS = {"answer": Role.REPORTER}
ACTIONS = {"checklist": _pillar, "item": _item, "answer": _answer}
REPLIES = {"answer": _answered}
