"""/priority: how soon a case is needed."""

from __future__ import annotations

from msgspec.structs import replace

from verify.chat.action import Action
from verify.chat.arguments import meant
from verify.chat.managing import managed, word_or_choice
from verify.chat.replies.manage import choose_priority
from verify.chat.turn import Turn
from verify.records import Priority, Role, say
from verify.wording.terms import word

LEAST = Role.REPORTER
COMMAND = "priority"
DESCRIPTION = say("Say how urgent the open case is")


async def handle(turn: Turn, words: str) -> None:
    """Set the priority that is written; without one, offer the four."""
    await word_or_choice(turn, words, "priority", _written, _choose)


async def _written(turn: Turn, action: Action, text: str) -> None:
    if priority := meant(text, {one: word(one) for one in Priority}):
        await _set(turn, replace(action, value=priority.value))
    else:
        await _choose(turn, action)


async def _choose(turn: Turn, action: Action) -> None:
    await turn.show(choose_priority(action.case_id, turn.reader))


async def _set(turn: Turn, action: Action) -> None:
    priority = Priority(action.value)
    await turn.call(turn.desk.casework.prioritise, turn.person, action.case_id, priority)
    said = say("Priority: {priority}", priority=word(priority))
    await managed(turn, action.case_id, said)


UNLOCKED = frozenset({"priority"})
ACTIONS = {"priority": _choose, "priority-is": _set}
