"""/cases: the list of cases."""

from __future__ import annotations

from verify.chat.action import Action
from verify.chat.replies.lists import CASES_A_PAGE, cases_page
from verify.chat.turn import Turn
from verify.records import say

COMMAND = "cases"
DESCRIPTION = say("List the cases, the latest first")


async def handle(turn: Turn, words: str) -> None:
    """Show the first page."""
    await _page(turn, Action(name="cases"))


async def _page(turn: Turn, action: Action) -> None:
    found = await turn.call(
        turn.desk.cases,
        turn.person,
        offset=action.page * CASES_A_PAGE,
        limit=CASES_A_PAGE + 1,  # one more tells whether there is another page
    )
    await turn.show(cases_page(found, action.page, turn.reader))


ACTIONS = {"cases": _page}
