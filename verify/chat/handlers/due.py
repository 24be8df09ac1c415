"""/due: when a case is needed."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from msgspec.structs import replace

from verify.chat.action import Action
from verify.chat.managing import about_open_case, ask, managed
from verify.chat.pages import Page, button
from verify.chat.replies.manage import to_manage
from verify.chat.replies.markup import bold
from verify.chat.replies.standing import due
from verify.chat.turn import Turn
from verify.errors import BadInput
from verify.records import say
from verify.store.store import now

COMMAND = "due"
DESCRIPTION = say("Say when the open case is needed")
_EVENING, _MORNING = time(18), time(9)


async def handle(turn: Turn, words: str) -> None:
    """Set the time that is written; without one, offer some."""
    action = about_open_case(turn, "due")
    if words:
        await _written(turn, action, words)
    else:
        await _choose(turn, action)


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
    await turn.show(Page(bold(asked, turn.reader), choices))


async def _chosen(turn: Turn, action: Action) -> None:
    today = now().astimezone(turn.reader.zone).date()
    at = {
        "1": now() + timedelta(hours=1),
        "4": now() + timedelta(hours=4),
        "today": datetime.combine(today, _EVENING, turn.reader.zone),
        "tomorrow": datetime.combine(today + timedelta(days=1), _MORNING, turn.reader.zone),
    }.get(action.value)
    await _set(turn, action.case_id, at)


async def _ask(turn: Turn, action: Action) -> None:
    asked = say(
        "Reply to this message with a date and time, as in {example}.", example="2026-11-30 14:00"
    )
    await ask(turn, replace(action, name="due"), asked)


async def _written(turn: Turn, action: Action, text: str) -> None:
    await _set(turn, action.case_id, _read(text, turn))


async def _set(turn: Turn, case_id: int, at: datetime | None) -> None:
    await turn.call(turn.desk.casework.due, turn.person, case_id, at)
    await managed(turn, case_id, due(at) if at else say("It has no due time now."))


def _read(text: str, turn: Turn) -> datetime:
    """A date and time in the desk's zone; a time alone is the next one, a date its evening."""
    today = now().astimezone(turn.reader.zone)
    for form in ("%Y-%m-%d %H:%M", "%Y-%m-%d", "%H:%M"):
        try:
            read = datetime.strptime(text.strip(), form)
        except ValueError:
            continue
        if form == "%H:%M":
            at = datetime.combine(today.date(), read.time(), turn.reader.zone)
            return at if at > today else at + timedelta(days=1)
        if form == "%Y-%m-%d":
            return datetime.combine(read.date(), _EVENING, turn.reader.zone)
        return read.replace(tzinfo=turn.reader.zone)
    raise BadInput(say("Write the time as in {example}.", example="/due 2026-11-30 14:00"))


ACTIONS = {"due": _choose, "due-is": _chosen, "due-ask": _ask}
REPLIES = {"due": _written}
