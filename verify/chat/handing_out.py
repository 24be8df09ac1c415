"""What holds for every file of a case that is handed out in a chat."""

from __future__ import annotations

from verify.chat.turn import Turn
from verify.errors import BadInput
from verify.records import say


def demand_alone(turn: Turn) -> None:
    """Raises BadInput in a group, where people read along who are no members."""
    if turn.person.among_others:
        raise BadInput(say("A case is handed out in a private chat with the bot, not in a group."))
