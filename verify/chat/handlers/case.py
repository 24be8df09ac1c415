"""/case N: open a case."""

from __future__ import annotations

from verify.chat.action import Action
from verify.chat.arguments import case_number
from verify.chat.replies.examination import examination
from verify.chat.turn import EXAMINATION, Turn
from verify.records import say

COMMAND = "case"
DESCRIPTION = say("Open a case by its number")


async def handle(turn: Turn, words: str) -> None:
    """Show a case and make it the one that notes go to; without a number, the open one."""
    opened = None if words else await turn.opened_case()
    case_id = opened or case_number(words, "/case 12")
    await _open(turn, Action(name="case", case_id=case_id))


async def _open(turn: Turn, action: Action) -> None:
    report = await turn.call(turn.desk.reports.case, turn.person, action.case_id)
    await turn.open_case(report.id)
    page = examination(report, 0, turn.reader)
    # a new message, also when a list's button was pressed: the list stays
    await turn.out.send("shown", page, case_id=report.id, purpose=EXAMINATION)


ACTIONS = {"case": _open}
