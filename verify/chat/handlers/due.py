"""/due: when a case is needed."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

from msgspec.structs import replace

from verify.chat.action import Action
from verify.chat.arguments import off
from verify.chat.managing import ask, managed, word_or_choice
from verify.chat.pages import Page, button
from verify.chat.replies.manage import to_manage
from verify.chat.replies.markup import bold
from verify.chat.turn import Turn
from verify.errors import BadInput
from verify.folding import digits
from verify.language import html
from verify.reading.ahead import due as due_in
from verify.records import Instant, Role, Sentence, say

LEAST = Role.REPORTER
COMMAND = "due"
DESCRIPTION = say("Say when the open case is needed, or with “off” that no time is set")
_EVENING, _MORNING = time(18), time(9)


async def handle(turn: Turn, words: str) -> None:
    """Set the time that is written; without one, offer some."""
    await word_or_choice(turn, words, "due", _written, _choose)


async def _choose(turn: Turn, action: Action) -> None:
    to = replace(action, name="due-is")
    choices = (
        (
            button(say("In 1 hour"), replace(to, value="1"), turn.reader),
            button(say("In 4 hours"), replace(to, value="4"), turn.reader),
        ),
        (
            button(say("Today 18:00"), replace(to, value="today"), turn.reader),
            button(say("Tomorrow 9:00"), replace(to, value="tomorrow"), turn.reader),
        ),
        (
            button(say("Another time"), replace(to, name="due-ask", value=""), turn.reader),
            button(say("No due time"), replace(to, value=""), turn.reader),
        ),
        to_manage(action.case_id, turn.reader),
    )
    asked = say("When is case {number} needed?", number=action.case_id)
    lines = (bold(asked, turn.reader), html(_takes(), turn.reader))
    await turn.show(Page("\n".join(lines), choices))


def _takes() -> Sentence:
    return say(
        "Write a day, a time or both, as in {examples}.",
        examples=say("/due 3pm, /due next friday, /due tomorrow 9:30, /due 2026-11-30 14:00"),
    )


async def _chosen(turn: Turn, action: Action) -> None:
    today = datetime.now(UTC).astimezone(turn.reader.zone).date()
    at = {
        "1": datetime.now(UTC) + timedelta(hours=1),
        "4": datetime.now(UTC) + timedelta(hours=4),
        "today": datetime.combine(today, _EVENING, turn.reader.zone),
        "tomorrow": datetime.combine(today + timedelta(days=1), _MORNING, turn.reader.zone),
    }.get(action.value)
    await _set(turn, action.case_id, at)


async def _ask(turn: Turn, action: Action) -> None:
    asked = say(
        "Reply to this message with a day, a time or both, as in {examples}.",
        examples=say("3pm, next friday, tomorrow 9:30, 2026-11-30 14:00"),
    )
    await ask(turn, replace(action, name="due"), asked)


async def _written(turn: Turn, action: Action, text: str) -> None:
    never = off(text)
    at = None if never else await turn.call(due_in, digits(text), datetime.now(turn.reader.zone))
    if at is None and not never:
        raise BadInput(_takes())
    await _set(turn, action.case_id, at)


async def _set(turn: Turn, case_id: int, at: datetime | None) -> None:
    if at and at <= datetime.now(UTC):
        raise BadInput(say("{when} is past, so the due time was not changed.", when=Instant(at=at)))
    await turn.call(turn.desk.casework.due, turn.person, case_id, at)
    await managed(turn, case_id, None if at else say("It has no due time now."))


UNLOCKED = frozenset({"due", "due-ask"})
ACTIONS = {"due": _choose, "due-is": _chosen, "due-ask": _ask}
REPLIES = {"due": _written}
