"""/merge: two cases that are one; also offered where a picture matches another open case."""

from __future__ import annotations

from msgspec.structs import replace

from verify.chat.action import Action
from verify.chat.arguments import case_number
from verify.chat.managing import managed, other_cases, word_or_choice
from verify.chat.replies.manage import choose_case, confirm
from verify.chat.turn import Turn
from verify.records import CaseFilter, Role, say

LEAST = Role.REPORTER
COMMAND = "merge"
DESCRIPTION = say("Put the open case into another one")


async def handle(turn: Turn, words: str) -> None:
    """Ask whether to merge into the case with this number; without one, offer the latest."""
    await word_or_choice(turn, words, "merge", _written, _choose)


async def _written(turn: Turn, action: Action, text: str) -> None:
    await _confirm(turn, replace(action, other_id=case_number(text)))


async def _choose(turn: Turn, action: Action) -> None:
    others = await other_cases(turn, {action.case_id}, CaseFilter(unfinished=True))
    asked = say("Into which case does case {number} go?", number=action.case_id)
    await turn.show(choose_case(asked, others, replace(action, name="merge-into"), turn.reader))


async def _confirm(turn: Turn, action: Action) -> None:
    into = await turn.call(
        turn.desk.casework.mergeable, turn.person, action.case_id, action.other_id
    )
    asked = say(
        "Put everything of case {number} into case {into}? It cannot be taken apart again by"
        " itself: exhibits would be moved one by one.",
        number=action.case_id,
        into=into,
    )
    yes = say("Yes, into case {number}", number=into)
    # the case that is agreed to go is named as it is: once it is part of another, no longer
    to = Action(name="merge-agreed", case_id=into, other_id=action.case_id)
    await turn.show(confirm(asked, yes, to, turn.reader))


async def _merge(turn: Turn, action: Action) -> None:
    into = await turn.call(turn.desk.casework.merge, turn.person, action.other_id, action.case_id)
    said = say("Case {number} is part of case {into} now.", number=action.other_id, into=into)
    await managed(turn, into, said)


UNLOCKED = frozenset({"merge", "merge-into"})
ACTIONS = {"merge": _choose, "merge-into": _confirm, "merge-agreed": _merge}
