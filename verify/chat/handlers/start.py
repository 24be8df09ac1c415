"""/start: the greeting."""

from __future__ import annotations

from verify.chat.turn import Turn
from verify.desk.permissions import at_least
from verify.records import Role, say

COMMAND = "start"
DESCRIPTION = say("Begin: what this desk does")
IN_SEALED = True


async def handle(turn: Turn, words: str) -> None:
    """Greet; a pairing code has done its work before this, or is not needed."""
    if not at_least(turn.person, Role.REPORTER):
        await turn.tell(
            say(
                "You can read at this desk, but not send: {command} lists its cases. See /help.",
                command="/cases",
            )
        )
        return
    await turn.tell(
        say(
            "Send a picture, best as a file so that its metadata survives. I preserve it, tell"
            " whether this desk has seen it before and what the file says about itself, and open"
            " a case with a checklist. I never decide whether it is true: you do. See /help."
        )
    )
