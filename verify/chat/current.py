"""What the buttons and prompts of old messages mean by now."""

from __future__ import annotations

from msgspec.structs import replace

from verify.chat.action import Action
from verify.chat.turn import Turn
from verify.records import say


async def current(turn: Turn, action: Action) -> Action:
    """The action in the case that stands for its number now; who acts is told where it is another.

    Raises NotFound for a case that is wiped or not theirs to see.
    """
    if not action.case_id:
        return action
    case_id = await turn.call(turn.desk.standing, turn.person, action.case_id)
    if case_id != action.case_id:
        part = say("Case {number} is part of case {into} now.", number=action.case_id, into=case_id)
        await turn.tell(part, case_id=case_id, step="merged")
    return replace(action, case_id=case_id)
