"""The pictures of a film, still or moving, and its sound, because a person asked for them."""

from __future__ import annotations

from msgspec.structs import replace

from verify.chat import showing
from verify.chat.action import Action
from verify.chat.filmstrips import clip, frame, show, strip
from verify.chat.hidden_pictures import to_show
from verify.chat.replies import filmstrip as replies
from verify.chat.turn import Turn
from verify.chat.working import at_work
from verify.errors import Covered
from verify.records import ExhibitReport, Step, say


async def _film(turn: Turn, action: Action) -> None:
    """Show the strip, or ask first where that would upload what Telegram does not have."""
    if exhibit := await to_show(turn, action, "film-upload"):
        await show(turn, exhibit, reply_to=turn.pressed, again=True, step=action.step)


async def _upload(turn: Turn, action: Action) -> None:
    exhibit = await turn.exhibit(action)
    await show(turn, exhibit, reply_to=turn.pressed, again=True, step=action.step)


async def _colour(turn: Turn, action: Action) -> None:
    """Show the strip in colour, in the place of the grey one."""
    await _strip(turn, action, colour=True)


async def _back(turn: Turn, action: Action) -> None:
    """Show the strip again, in the place of a frame, in colour where that was."""
    await _strip(turn, action, colour=bool(action.value))


async def _strip(turn: Turn, action: Action, *, colour: bool) -> None:
    exhibit = await turn.exhibit(action)
    await showing.replace(turn, strip(turn, exhibit, colour=colour), step=action.step)


async def _frame(turn: Turn, action: Action) -> None:
    """Show one frame in large, in the place of the strip or of another frame."""
    exhibit = await turn.exhibit(action)
    shown = frame(turn, exhibit, action.page, move=int(action.item or 0), colour=bool(action.value))
    await showing.replace(turn, shown, step=action.step)


async def _play(turn: Turn, action: Action) -> None:
    """Show a part of the film moving, in the place of its strip, a frame or another part."""
    exhibit = await turn.exhibit(action)
    shown = clip(turn, exhibit, action.page, colour=bool(action.value))
    await showing.replace(turn, shown, step=action.step)


async def _sound(turn: Turn, action: Action) -> None:
    """Send a part of the sound, or ask first where that would upload what Telegram lacks."""
    if exhibit := await to_show(turn, action, "sound-upload"):
        await _send_sound(turn, action, exhibit)


async def _upload_sound(turn: Turn, action: Action) -> None:
    await _send_sound(turn, action, await turn.exhibit(action))


async def _send_sound(turn: Turn, action: Action, exhibit: ExhibitReport) -> None:
    case_id, exhibit_id = action.case_id, action.exhibit_id
    about = {"case_id": case_id, "exhibit_id": exhibit_id, "purpose": f"sound {exhibit_id}"}
    step = Step(action.step) if action.step else None
    try:
        async with at_work(turn.out):
            part = await turn.call(
                turn.desk.films.sound, turn.person, case_id, exhibit_id, action.page, step=step
            )
    except Covered as covered:
        anew = replace(action, name="sound-upload")
        page = showing.in_words(
            replies.under(exhibit, turn.reader),
            covered.covers,
            anew,
            turn.reader,
            say("Hear it"),
            Step.FULL,
        )
        await turn.out.send("sound", page, reply_to=turn.pressed, **about)  # type: ignore[arg-type]
        return
    await turn.out.voice(
        "sound",
        part.content,
        part.ends - part.begins,
        showing.carrying(replies.sound(exhibit, part, turn.reader), part.content),
        reply_to=turn.pressed,
        **about,  # type: ignore[arg-type]
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
