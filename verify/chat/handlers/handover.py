"""/handover: the open cases at the end of a shift, and what is missing on each."""

from __future__ import annotations

from msgspec.structs import replace

from verify.chat.action import Action
from verify.chat.replies.handover import CASES_A_PAGE, handover_page
from verify.chat.turn import Turn
from verify.records import CaseFilter, say

COMMAND = "handover"
DESCRIPTION = say("List the open cases with what is missing on each")


async def handle(turn: Turn, words: str) -> None:
    """Show the first page."""
    await _page(turn, Action(name="handover"))


async def _page(turn: Turn, action: Action) -> None:
    lines = await turn.call(
        turn.desk.reports.cases,
        turn.person,
        offset=action.page * CASES_A_PAGE,
        limit=CASES_A_PAGE + 1,
        wanted=CaseFilter(unfinished=True),
    )
    if action.page and not lines:  # fewer cases than when the button was made
        await _page(turn, replace(action, page=action.page - 1))
        return
    reports = [
        await turn.call(turn.desk.reports.case, turn.person, line.id)
        for line in lines[:CASES_A_PAGE]
    ]
    more = len(lines) > CASES_A_PAGE
    await turn.show(handover_page(lines, reports, action.page, more, turn.reader))


ACTIONS = {"handover": _page}
