"""/closed: owners see which confidential cases there are, and take one over."""

from __future__ import annotations

from msgspec.structs import replace

from verify.chat.action import Action
from verify.chat.managing import managed
from verify.chat.pages import Page, button
from verify.chat.replies.lists import closed_page
from verify.chat.turn import Turn
from verify.language import html
from verify.records import Role, say

LEAST = Role.OWNER
COMMAND = "closed"
DESCRIPTION = say("For owners: list the confidential cases that are closed to you")


async def handle(turn: Turn, words: str) -> None:
    """List them with their members."""
    await _page(turn, Action(name="closed"))


async def _page(turn: Turn, action: Action) -> None:
    closed = await turn.call(turn.desk.casework.closed, turn.person)
    await turn.show(closed_page(closed, action, turn.reader))


async def _confirm(turn: Turn, action: Action) -> None:
    asked = say(
        "Take over case {number}? Its members are told, and the record keeps it.",
        number=action.other_id,
    )
    yes = button(say("Yes, take it over"), replace(action, name="take-over-yes"), turn.reader)
    back = button(say("Back"), Action(name="closed"), turn.reader)
    await turn.show(Page(html(asked, turn.reader), ((yes, back),)))


async def _take_over(turn: Turn, action: Action) -> None:
    await turn.call(turn.desk.casework.take_over, turn.person, action.other_id)
    await managed(turn, action.other_id, say("You can see this case now; its members are told."))


ACTIONS = {"closed": _page, "take-over": _confirm, "take-over-yes": _take_over}
