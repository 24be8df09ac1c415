"""/due: when a case is needed."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from msgspec.structs import replace

from verify.chat.action import Action
from verify.chat.arguments import digits, meant
from verify.chat.managing import about_open_case, ask, managed
from verify.chat.pages import Page, button
from verify.chat.replies.manage import to_manage
from verify.chat.replies.markup import bold
from verify.chat.turn import Turn
from verify.errors import BadInput
from verify.records import Role, say
from verify.wording.cases import due

LEAST = Role.REPORTER
COMMAND = "due"
DESCRIPTION = say("Say when the open case is needed, or with “off” that no time is set")
_EVENING, _MORNING = time(18), time(9)


async def handle(turn: Turn, words: str) -> None:
    """Set the time that is written; without one, offer some."""
    action = await about_open_case(turn, "due")
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
        "Reply to this message with a date and time, as in {example}.", example="2026-11-30 14:00"
    )
    await ask(turn, replace(action, name="due"), asked)


async def _written(turn: Turn, action: Action, text: str) -> None:
    never = meant(text, {"off": say("off")})
    await _set(turn, action.case_id, None if never else _read(digits(text), turn))


async def _set(turn: Turn, case_id: int, at: datetime | None) -> None:
    await turn.call(turn.desk.casework.due, turn.person, case_id, at)
    await managed(turn, case_id, due(at) if at else say("It has no due time now."))


def _read(text: str, turn: Turn) -> datetime:
    """A day, a time or both, in the desk's zone.

    A time alone is the next such time, a day alone its evening. A day is a date, or today or
    tomorrow in a language of the desk. Raises BadInput.
    """
    current = datetime.now(turn.reader.zone)
    *before, last = text.split() or [""]
    clock = _clock(last)
    day = _day(" ".join(before) if clock else text, current.date())
    if clock and not before:
        at = datetime.combine(current.date(), clock, turn.reader.zone)
        return at if at > current else at + timedelta(days=1)
    if day:
        return datetime.combine(day, clock or _EVENING, turn.reader.zone)
    raise BadInput(say("Write the time as in {example}.", example="/due 2026-11-30 14:00"))


def _clock(text: str) -> time | None:
    try:
        return datetime.strptime(text, "%H:%M").time()
    except ValueError:
        return None


def _day(text: str, today: date) -> date | None:
    days = {0: say("today"), 1: say("tomorrow")}
    if (ahead := meant(text, days)) is not None:
        return today + timedelta(days=ahead)
    try:
        return datetime.strptime(text.strip(), "%Y-%m-%d").date()
    except ValueError:
        return None


ACTIONS = {"due": _choose, "due-is": _chosen, "due-ask": _ask}
REPLIES = {"due": _written}
