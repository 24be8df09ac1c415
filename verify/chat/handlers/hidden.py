"""What a file shows beside its picture, because a person asked for it."""

from __future__ import annotations

from verify.chat.action import Action
from verify.chat.hidden_pictures import show, to_show
from verify.chat.replies import hidden as replies
from verify.chat.turn import Turn


async def _previews(turn: Turn, action: Action) -> None:
    """Show them, or ask first where that would upload what Telegram does not have."""
    if exhibit := await to_show(turn, action, "previews-upload"):
        await show(turn, exhibit, reply_to=turn.pressed, again=True, looks=bool(action.item))


async def _upload(turn: Turn, action: Action) -> None:
    exhibit = await turn.call(
        turn.desk.reports.exhibit, turn.person, action.case_id, action.exhibit_id
    )
    await show(turn, exhibit, reply_to=turn.pressed, again=True, looks=bool(action.item))


async def _colour(turn: Turn, action: Action) -> None:
    """Show the picture in colour, in the place of the grey one."""
    case_id, exhibit_id, number = action.case_id, action.exhibit_id, action.page
    exhibit = await turn.call(turn.desk.reports.exhibit, turn.person, case_id, exhibit_id)
    jpeg = await turn.call(
        turn.desk.pictures.preview, turn.person, case_id, exhibit_id, number, colour=True
    )
    if turn.pressed:
        page = replies.beside(exhibit, number, turn.reader, colour=True)
        await turn.out.replace_photo(turn.pressed, jpeg, page)


ACTIONS = {"previews": _previews, "previews-upload": _upload, "preview-colour": _colour}
