"""A proposed verdict is confirmed by somebody else, or returned with what is missing."""

from __future__ import annotations

from msgspec.structs import replace

from verify.chat.action import Action
from verify.chat.managing import ask, managed
from verify.chat.replies.review import review_page
from verify.chat.turn import Turn
from verify.errors import NotFound
from verify.records import VerdictState, say


async def _review(turn: Turn, action: Action) -> None:
    """Show the proposed verdict, what is unanswered, and the two buttons for who may decide."""
    await turn.open_case(action.case_id)
    report = await turn.call(turn.desk.reports.case, turn.person, action.case_id)
    waiting = [one for one in report.verdicts if one.state is VerdictState.PROPOSED]
    if not waiting:
        raise NotFound(say("No verdict waits in case {number}.", number=report.id))
    decides = await turn.call(turn.desk.verdicts.decides, turn.person, waiting[0].id)
    page = review_page(waiting[0], report.unanswered, turn.reader, decides=decides)
    await turn.out.send("review", page, case_id=report.id)


async def _confirm(turn: Turn, action: Action) -> None:
    await turn.call(
        turn.desk.verdicts.decide, turn.person, action.verdict_id, VerdictState.CONFIRMED
    )
    said = say("Confirmed. Case {number} is concluded and locked.", number=action.case_id)
    await managed(turn, action.case_id, said)


async def _ask(turn: Turn, action: Action) -> None:
    asked = say("Reply to this message with what is missing. The verdict then goes back.")
    await ask(turn, replace(action, name="return"), asked)


async def _returned(turn: Turn, action: Action, text: str) -> None:
    if not await turn.out.was_sent("shown"):
        await turn.call(
            turn.desk.verdicts.decide, turn.person, action.verdict_id, VerdictState.RETURNED, text
        )
    said = say("Returned. Who proposed it is told.")
    await managed(turn, action.case_id, said)


ACTIONS = {"review": _review, "confirm": _confirm, "return": _ask}
REPLIES = {"return": _returned}
