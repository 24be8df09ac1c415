"""A film in one picture, because a person asked for it."""

from __future__ import annotations

from verify.chat.action import Action
from verify.chat.filmstrips import drawn, show
from verify.chat.hidden_pictures import to_show
from verify.chat.replies import filmstrip as replies
from verify.chat.turn import Turn


async def _film(turn: Turn, action: Action) -> None:
    """Show the strip, or ask first where that would upload what Telegram does not have."""
    if exhibit := await to_show(turn, action, "film-upload"):
        await show(turn, exhibit, reply_to=turn.pressed, again=True)


async def _upload(turn: Turn, action: Action) -> None:
    exhibit = await turn.call(
        turn.desk.reports.exhibit, turn.person, action.case_id, action.exhibit_id
    )
    await show(turn, exhibit, reply_to=turn.pressed, again=True)


async def _colour(turn: Turn, action: Action) -> None:
    """Show the strip in colour, in the place of the grey one."""
    exhibit = await turn.call(
        turn.desk.reports.exhibit, turn.person, action.case_id, action.exhibit_id
    )
    jpeg = await drawn(turn, action.case_id, action.exhibit_id, colour=True)
    if turn.pressed:
        await turn.out.replace_photo(
            turn.pressed, jpeg, replies.under(exhibit, turn.reader, colour=True)
        )


ACTIONS = {"film": _film, "film-upload": _upload, "film-colour": _colour}
