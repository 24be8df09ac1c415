"""/reopen: unlock a concluded case, saying why."""

from __future__ import annotations

from verify.chat.action import Action
from verify.chat.managing import ask, managed, word_or_choice
from verify.chat.turn import Turn
from verify.errors import BadInput
from verify.records import Role, Status, say

LEAST = Role.EDITOR
COMMAND = "reopen"
DESCRIPTION = say("Reopen the open case, saying why")


async def handle(turn: Turn, words: str) -> None:
    """Reopen for the reason that is written; without one, ask for it."""
    await word_or_choice(turn, words, "reopen", _written, _ask)


async def _ask(turn: Turn, action: Action) -> None:
    report = await turn.call(turn.desk.reports.case, turn.person, action.case_id)
    if report.status is not Status.CONCLUDED:
        raise BadInput(say("Case {number} is not concluded.", number=report.id))
    asked = say("Reply to this message with why case {number} is reopened.", number=action.case_id)
    await ask(turn, Action(name="reopen", case_id=action.case_id), asked)


async def _written(turn: Turn, action: Action, text: str) -> None:
    if not await turn.out.was_sent("shown"):
        await turn.call(turn.desk.verdicts.reopen, turn.person, action.case_id, text)
    await managed(turn, action.case_id, say("Reopened; the reason became a note."))


async def _for(turn: Turn, action: Action) -> None:
    """Reopen for what contradicts the verdict, as a notice told it."""
    await _written(turn, action, action.value)


ACTIONS = {"reopen": _ask, "reopen-for": _for}
REPLIES = {"reopen": _written}
