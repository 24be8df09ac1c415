"""What a file shows beside its picture, because a person asked for it."""

from __future__ import annotations

from verify.chat import showing
from verify.chat.action import Action
from verify.chat.hidden_pictures import preview, show, to_show
from verify.chat.turn import Turn
from verify.records import ExhibitReport


async def _previews(turn: Turn, action: Action) -> None:
    """Show them, or ask first where that would upload what Telegram does not have."""
    if exhibit := await to_show(turn, action, "previews-upload"):
        await _show(turn, action, exhibit)


async def _upload(turn: Turn, action: Action) -> None:
    await _show(turn, action, await turn.exhibit(action))


async def _show(turn: Turn, action: Action, exhibit: ExhibitReport) -> None:
    looks = bool(action.item)
    await show(turn, exhibit, reply_to=turn.pressed, again=True, looks=looks, step=action.step)


async def _colour(turn: Turn, action: Action) -> None:
    """Show the picture in colour, in the place of the grey one."""
    await _in_place(turn, action, colour=True)


async def _preview(turn: Turn, action: Action) -> None:
    """Show the picture in the place of another, as far as its step goes."""
    await _in_place(turn, action, colour=bool(action.value))


async def _in_place(turn: Turn, action: Action, *, colour: bool) -> None:
    exhibit = await turn.exhibit(action)
    shown = preview(turn, exhibit, action.page, colour=colour)
    await showing.replace(turn, shown, step=action.step)


async def _anew(turn: Turn, action: Action) -> None:
    """Send the picture below what was said of it."""
    shown = preview(turn, await turn.exhibit(action), action.page)
    await showing.send(turn, shown.purpose, shown, reply_to=turn.pressed, step=action.step)


ACTIONS = {
    "previews": _previews,
    "previews-upload": _upload,
    "preview-colour": _colour,
    "preview": _preview,
    "preview-anew": _anew,
}
