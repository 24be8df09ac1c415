"""/care: how far covered pictures go by themselves for one person, and how many they opened."""

from __future__ import annotations

from msgspec.structs import replace

from verify.chat.action import Action
from verify.chat.arguments import meant
from verify.chat.replies.care import care_page
from verify.chat.turn import Turn
from verify.errors import BadInput, NotAllowed
from verify.folding import digits
from verify.records import Step, say
from verify.wording.covers import STEPS

COMMAND = "care"
DESCRIPTION = say("How covered pictures are shown to you, and how many you opened")
_MOST = 1000


async def handle(turn: Turn, words: str) -> None:
    """Choose the step or the number that is written; without words, show what was chosen."""
    _demand_alone(turn)
    if not words:
        await _page(turn)
        return
    number = digits(words)
    if number.isdecimal() and len(number) < 5 and int(number) <= _MOST:
        await _choose(turn, Action(name="care", item=number))
    elif step := meant(words, STEPS):
        await _choose(turn, Action(name="care", value=step.value))
    else:
        raise BadInput(
            say("Write a number, or one of the steps that {command} offers.", command="/care")
        )


async def _choose(turn: Turn, action: Action) -> None:
    _demand_alone(turn)
    care = await turn.call(turn.desk.viewing.care, turn.person)
    if action.value:
        care = replace(care, by_itself=Step(action.value))
    if action.item:
        care = replace(care, limit=int(action.item))
    await turn.call(turn.desk.viewing.choose, turn.person, care)
    await _page(turn)


async def _page(turn: Turn) -> None:
    care = await turn.call(turn.desk.viewing.care, turn.person)
    await turn.show(care_page(care, turn.reader))


async def _number(turn: Turn, action: Action) -> None:
    """Told where the button was pressed, so that no message keeps it: see `showing.remark`."""


def _demand_alone(turn: Turn) -> None:
    if turn.person.among_others:
        raise NotAllowed(say("Other people read this chat. Write to me in private."))


ACTIONS = {"care": _choose, "care-number": _number}
