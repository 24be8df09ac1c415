"""/ledger: what was said of the pictures of the open case, and what of it contradicts."""

from __future__ import annotations

from verify.chat.action import Action
from verify.chat.managing import about_open_case, ask
from verify.chat.replies.ledger import ledger_page
from verify.chat.turn import EXAMINATION, Turn
from verify.errors import BadInput
from verify.records import Role, Sentence, say

COMMAND = "ledger"
DESCRIPTION = say("Show what was said of the picture, and what contradicts")
_MOST_DIGITS = 18


async def handle(turn: Turn, words: str) -> None:
    """Show it; with words, note that they contradict."""
    action = await about_open_case(turn, COMMAND)
    if words:
        await _state(turn, action, words)
    else:
        await _show(turn, action)


async def _show(turn: Turn, action: Action, said: Sentence | None = None) -> None:
    made = await turn.call(turn.desk.ledgers.ledger, turn.person, action.case_id)
    page = ledger_page(
        made, Action(name=COMMAND, case_id=made.case_id, page=action.page), turn.reader, said
    )
    await turn.show(page, case_id=made.case_id, purpose=EXAMINATION)


async def _ask(turn: Turn, action: Action) -> None:
    asked = say(
        "What else contradicts in case {number}? Write it in one line, and why below it.",
        number=action.case_id,
    )
    await ask(turn, Action(name="ledger-state", case_id=action.case_id), asked)


async def _state(turn: Turn, action: Action, words: str) -> None:
    text, _, reason = words.strip().partition("\n")
    await turn.call(
        turn.desk.ledgers.state, turn.person, action.case_id, text, reason, key=turn.key
    )
    await _show(turn, Action(name=COMMAND, case_id=action.case_id), say("That is written down."))


async def _ask_back(turn: Turn, action: Action) -> None:
    asked = say("Which one? Write its number, and why you take it back.")
    await ask(turn, Action(name="ledger-back", case_id=action.case_id), asked)


async def _back(turn: Turn, action: Action, words: str) -> None:
    number, _, reason = words.strip().partition(" ")
    number = number.rstrip(".:")
    if not number.isdecimal() or len(number) > _MOST_DIGITS:
        raise BadInput(say("Write the number first, as in {example}.", example="2 a misreading"))
    withdraw = turn.desk.ledgers.withdraw
    await turn.call(withdraw, turn.person, action.case_id, int(number), reason)
    await _show(turn, Action(name=COMMAND, case_id=action.case_id), say("That is taken back."))


NEEDS = dict.fromkeys(("ledger-state", "ledger-back"), Role.REPORTER)
ACTIONS = {COMMAND: _show, "ledger-state": _ask, "ledger-back": _ask_back}
REPLIES = {"ledger-state": _state, "ledger-back": _back}
