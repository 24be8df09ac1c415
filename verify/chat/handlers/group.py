"""/group: an owner lets the desk answer in a group, or no longer."""

from __future__ import annotations

from verify.chat.arguments import off
from verify.chat.turn import Turn
from verify.errors import BadInput
from verify.records import Role, say

LEAST = Role.OWNER
COMMAND = "group"
DESCRIPTION = say("In a group: let me answer there, or with “off” no longer")
IN_SEALED = True


async def handle(turn: Turn, words: str) -> None:
    """Enable the group that this is written in; `off` disables it."""
    if turn.message is None or turn.message.chat.type == turn.message.chat.PRIVATE:
        raise BadInput(say("Write {command} in the group that it is about.", command="/group"))
    enable = not off(words)
    await turn.call(
        turn.desk.team.enable_group, turn.person, turn.service, turn.out.chat_id, enable
    )
    if enable:
        sentence = say(
            "I answer in this group from now on. Everybody in it reads along, so confidential"
            " cases stay closed here."
        )
    else:
        sentence = say("I no longer answer in this group.")
    await turn.tell(sentence)
