"""/watch: be told quietly when something changes in a case."""

from __future__ import annotations

from msgspec.structs import replace

from verify.chat.action import Action
from verify.chat.arguments import meant
from verify.chat.managing import about_open_case, managed
from verify.chat.turn import Turn
from verify.records import say

COMMAND = "watch"
DESCRIPTION = say("Be told quietly when the open case changes, or with “stop” no longer")


async def handle(turn: Turn, words: str) -> None:
    """Watch the open case; `stop` ends it."""
    stop = meant(words, {"stop": say("stop")}) or ""
    await _watch(turn, replace(await about_open_case(turn, "watch", words), value=stop))


async def _watch(turn: Turn, action: Action) -> None:
    stop = action.value == "stop"
    await turn.call(turn.desk.casework.watch, turn.person, action.case_id, stop=stop)
    said = (
        say("You are no longer told when it changes.")
        if stop
        else say("You are told quietly when it changes.")
    )
    await managed(turn, action.case_id, said)


ACTIONS = {"watch": _watch}
