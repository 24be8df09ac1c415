"""/split: move an exhibit out of a case, into a new one or another."""

from __future__ import annotations

from msgspec.structs import replace

from verify.chat.action import Action
from verify.chat.arguments import case_number
from verify.chat.managing import about_open_case, ask, managed
from verify.chat.pages import Page, button
from verify.chat.replies.choosing import choose_exhibit
from verify.chat.replies.manage import to_manage
from verify.chat.replies.markup import bold
from verify.chat.turn import Turn
from verify.records import Role, say

LEAST = Role.EDITOR
COMMAND = "split"
DESCRIPTION = say("Move an exhibit of the open case into another case")


async def handle(turn: Turn, words: str) -> None:
    """Begin: which exhibit."""
    await _choose(turn, await about_open_case(turn, "split"))


async def _choose(turn: Turn, action: Action) -> None:
    report = await turn.call(turn.desk.reports.case, turn.person, action.case_id)
    asked = say("Which exhibit leaves case {number}?", number=report.id)
    to = Action(name="split-where", case_id=report.id)
    back = to_manage(report.id, turn.reader)
    await turn.show(choose_exhibit(asked, report, action, to, turn.reader, back))


async def _where(turn: Turn, action: Action) -> None:
    new = button(say("A new case"), replace(action, name="split-new"), turn.reader)
    other = button(say("Another case"), replace(action, name="split-ask"), turn.reader)
    asked = bold(say("Where does it go?"), turn.reader)
    await turn.show(Page(asked, ((new, other), to_manage(action.case_id, turn.reader))))


async def _new(turn: Turn, action: Action) -> None:
    await _move(turn, action, None)


async def _ask(turn: Turn, action: Action) -> None:
    asked = say("Reply to this message with the number of the case.")
    await ask(turn, replace(action, name="split-into"), asked)


async def _into(turn: Turn, action: Action, text: str) -> None:
    await _move(turn, action, case_number(text))


async def _move(turn: Turn, action: Action, into: int | None) -> None:
    moved = await turn.call(
        turn.desk.casework.move, turn.person, action.exhibit_id, action.case_id, into
    )
    said = say("The exhibit came here from case {number}.", number=action.case_id)
    await managed(turn, moved, said)


UNLOCKED = frozenset({"split", "split-where", "split-ask"})
ACTIONS = {"split": _choose, "split-where": _where, "split-new": _new, "split-ask": _ask}
REPLIES = {"split-into": _into}
