"""The pictures of a film, still or moving, and its sound, because a person asked for them."""

from __future__ import annotations

from verify.chat.action import Action
from verify.chat.filmstrips import drawn, show
from verify.chat.hidden_pictures import to_show
from verify.chat.replies import filmstrip as replies
from verify.chat.turn import Turn
from verify.chat.working import at_work
from verify.records import ExhibitReport


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
    await _strip(turn, action, colour=True)


async def _back(turn: Turn, action: Action) -> None:
    """Show the strip again, in the place of a frame, in colour where that was."""
    await _strip(turn, action, colour=bool(action.value))


async def _strip(turn: Turn, action: Action, *, colour: bool) -> None:
    exhibit = await turn.call(
        turn.desk.reports.exhibit, turn.person, action.case_id, action.exhibit_id
    )
    jpeg = await drawn(turn, action.case_id, action.exhibit_id, colour=colour)
    if turn.pressed:
        await turn.out.replace_photo(
            turn.pressed, jpeg, replies.under(exhibit, turn.reader, colour=colour)
        )


async def _frame(turn: Turn, action: Action) -> None:
    """Show one frame in large, in the place of the strip or of another frame."""
    case_id, exhibit_id = action.case_id, action.exhibit_id
    exhibit = await turn.call(turn.desk.reports.exhibit, turn.person, case_id, exhibit_id)
    colour, step = bool(action.value), int(action.item or 0)
    at_ms, jpeg = await turn.call(
        turn.desk.films.frame,
        turn.person,
        case_id,
        exhibit_id,
        action.page,
        step=step,
        colour=colour,
    )
    if turn.pressed:
        await turn.out.replace_photo(
            turn.pressed, jpeg, replies.frame(exhibit, at_ms, turn.reader, colour=colour)
        )


async def _play(turn: Turn, action: Action) -> None:
    """Show a part of the film moving, in the place of its strip, a frame or another part."""
    case_id, exhibit_id = action.case_id, action.exhibit_id
    exhibit = await turn.call(turn.desk.reports.exhibit, turn.person, case_id, exhibit_id)
    colour = bool(action.value)
    part = await turn.call(
        turn.desk.films.clip, turn.person, case_id, exhibit_id, action.page, colour=colour
    )
    if turn.pressed:
        caption = replies.clip(exhibit, part, turn.reader, colour=colour)
        await turn.out.replace_film(turn.pressed, part.content, part.ends - part.begins, caption)


async def _sound(turn: Turn, action: Action) -> None:
    """Send a part of the sound, or ask first where that would upload what Telegram lacks."""
    if exhibit := await to_show(turn, action, "sound-upload"):
        await _send_sound(turn, action, exhibit)


async def _upload_sound(turn: Turn, action: Action) -> None:
    exhibit = await turn.call(
        turn.desk.reports.exhibit, turn.person, action.case_id, action.exhibit_id
    )
    await _send_sound(turn, action, exhibit)


async def _send_sound(turn: Turn, action: Action, exhibit: ExhibitReport) -> None:
    case_id, exhibit_id = action.case_id, action.exhibit_id
    async with at_work(turn.out):
        part = await turn.call(turn.desk.films.sound, turn.person, case_id, exhibit_id, action.page)
    await turn.out.voice(
        "sound",
        part.content,
        part.ends - part.begins,
        replies.sound(exhibit, part, turn.reader),
        reply_to=turn.pressed,
        case_id=case_id,
        exhibit_id=exhibit_id,
        purpose=f"sound {exhibit_id}",
    )


ACTIONS = {
    "film": _film,
    "film-upload": _upload,
    "film-colour": _colour,
    "film-back": _back,
    "frame": _frame,
    "film-play": _play,
    "film-sound": _sound,
    "sound-upload": _upload_sound,
}
