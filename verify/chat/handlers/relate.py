"""/relate: link two cases that have to do with each other."""

from __future__ import annotations

from msgspec.structs import replace

from verify.chat.action import Action
from verify.chat.arguments import case_number
from verify.chat.managing import about_open_case, managed
from verify.chat.replies.manage import choose_case
from verify.chat.turn import Turn
from verify.records import say

COMMAND = "relate"
DESCRIPTION = say("Link the open case with another one")
_MOST_OFFERED = 8


async def handle(turn: Turn, words: str) -> None:
    """Link with the case of this number; without one, offer the latest."""
    action = await about_open_case(turn, "relate")
    if words:
        await _relate(turn, replace(action, other_id=case_number(words)))
    else:
        await _choose(turn, action)


async def _choose(turn: Turn, action: Action) -> None:
    lines = await turn.call(turn.desk.cases, turn.person, limit=_MOST_OFFERED + 1)
    others = [line.id for line in lines if line.id != action.case_id][:_MOST_OFFERED]
    asked = say("With which case is case {number} linked?", number=action.case_id)
    await turn.show(choose_case(asked, others, replace(action, name="relate-with"), turn.reader))


async def _relate(turn: Turn, action: Action) -> None:
    await turn.call(turn.desk.casework.relate, turn.person, action.case_id, action.other_id)
    said = say("Linked with case {number}.", number=action.other_id)
    await managed(turn, action.case_id, said)


ACTIONS = {"relate": _choose, "relate-with": _relate}
