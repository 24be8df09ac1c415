"""What the buttons and prompts of old messages mean by now."""

from __future__ import annotations

from msgspec.structs import replace

from verify.chat.action import Action
from verify.chat.replies.examination import examination
from verify.chat.turn import EXAMINATION, Turn
from verify.errors import NotFound
from verify.records import say

# They stay with the case that they name, also where its exhibit has left it.
_OF_THE_CASE = frozenset(
    {
        "checklist",
        "item",
        "answer",
        "accept",
        "answer-words",
        "note",
        "manage",
        "sun",
        "sun-length",
        "sun-direction",
    }
)
_MOVES = frozenset(("split-where", "split-new", "split-ask", "split-into"))


async def current(turn: Turn, action: Action) -> Action:
    """The action in the case that stands for its number now, and that has its exhibit now.

    Who acts is told where that is another case. Raises NotFound for what is wiped or not theirs
    to see; where a case lost its exhibit, the case is shown as it is.
    """
    if not action.case_id:
        return action
    case_id = await turn.call(turn.desk.reports.standing, turn.person, action.case_id)
    if case_id != action.case_id:
        part = say("Case {number} is part of case {into} now.", number=action.case_id, into=case_id)
        await turn.tell(part, case_id=case_id, step="merged")
    action = replace(action, case_id=case_id)
    return action if action.name in _OF_THE_CASE | _MOVES else await _followed(turn, action)


async def _followed(turn: Turn, action: Action) -> Action:
    """The action where its exhibit or claim was moved to."""
    place = await turn.call(
        turn.desk.reports.place,
        turn.person,
        action.case_id,
        exhibit_id=action.exhibit_id,
        match_id=action.match_id,
        claim_id=action.claim_id,
    )
    if place is None:
        report = await turn.call(turn.desk.reports.case, turn.person, action.case_id)
        page = examination(report, 0, turn.reader)
        await turn.out.send("shown", page, case_id=report.id, purpose=EXAMINATION)
        raise NotFound(say("This is no longer in case {number}.", number=action.case_id))
    if place != action.case_id:
        moved = say(
            "It was moved from case {number} to case {into}.", number=action.case_id, into=place
        )
        await turn.tell(moved, case_id=place, step="moved")
    return replace(action, case_id=place)
