"""A film in one picture, sent beside what was found out about it, and its frames in large."""

from __future__ import annotations

from dataclasses import replace

from verify.chat import showing
from verify.chat.action import Action
from verify.chat.pages import Page
from verify.chat.replies import filmstrip as replies
from verify.chat.showing import Moving, Shown
from verify.chat.turn import Turn
from verify.language import reads_leftwards
from verify.records import ExhibitReport, Picture, Step


async def show(
    turn: Turn,
    exhibit: ExhibitReport,
    *,
    reply_to: int | None,
    again: bool = False,
    step: str = "",
) -> None:
    """Send the strip of a film that shows several pictures, grey and under a spoiler.

    again: also where it was shown in this chat before. step: how far, where it is covered.
    """
    if exhibit.examination is None or not exhibit.examination.frames:
        return
    shown = strip(turn, exhibit)
    if not again and await turn.latest(exhibit.case_id, shown.purpose):
        return
    await showing.send(turn, shown.purpose, shown, reply_to=reply_to, step=step)


def strip(turn: Turn, exhibit: ExhibitReport, *, colour: bool = False) -> Shown:
    """The strip as this person reads: it begins on the right where their language does."""
    case_id, exhibit_id = exhibit.case_id, exhibit.exhibit_id

    async def draw(step: Step | None) -> tuple[Picture, Page]:
        picture = await turn.call(
            turn.desk.films.strip,
            turn.person,
            case_id,
            exhibit_id,
            colour=colour,
            right_to_left=reads_leftwards(turn.reader),
            step=step,
        )
        coloured = colour and picture.step is Step.FULL
        return picture, replies.under(exhibit, turn.reader, colour=coloured)

    return Shown(
        draw=draw,
        words=replies.under(exhibit, turn.reader),
        anew=Action(name="film-upload", case_id=case_id, exhibit_id=exhibit_id),
        here=Action(
            name="film-back",
            case_id=case_id,
            exhibit_id=exhibit_id,
            value="colour" if colour else "",
        ),
        case_id=case_id,
        exhibit_id=exhibit_id,
        purpose=f"film {exhibit_id}",
    )


def frame(
    turn: Turn, exhibit: ExhibitReport, at_ms: int, *, move: int = 0, colour: bool = False
) -> Shown:
    """One frame in large. move: as in `Films.frame`."""
    case_id, exhibit_id = exhibit.case_id, exhibit.exhibit_id

    async def draw(step: Step | None) -> tuple[Picture, Page]:
        begins, picture = await turn.call(
            turn.desk.films.frame,
            turn.person,
            case_id,
            exhibit_id,
            at_ms,
            move=move,
            colour=colour,
            step=step,
        )
        here = Action(
            name="frame",
            case_id=case_id,
            exhibit_id=exhibit_id,
            page=begins,
            value="colour" if colour else "",
        )
        coloured = colour and picture.step is Step.FULL
        page = replies.frame(exhibit, begins, turn.reader, colour=coloured)
        return picture, showing.with_steps(page, showing.step_of(picture), here, turn.reader)

    return replace(strip(turn, exhibit), draw=draw, here=None)


def clip(turn: Turn, exhibit: ExhibitReport, at_ms: int, *, colour: bool = False) -> Shown:
    """A part of a film that moves."""
    case_id, exhibit_id = exhibit.case_id, exhibit.exhibit_id

    async def draw(step: Step | None) -> tuple[Moving, Page]:
        part = await turn.call(
            turn.desk.films.clip, turn.person, case_id, exhibit_id, at_ms, colour=colour, step=step
        )
        coloured = colour and part.content.step is Step.FULL
        page = replies.clip(exhibit, part, turn.reader, colour=coloured)
        return Moving(part.content, part.ends - part.begins), page

    here = Action(
        name="film-play",
        case_id=case_id,
        exhibit_id=exhibit_id,
        page=at_ms,
        value="colour" if colour else "",
    )
    return replace(strip(turn, exhibit), draw=draw, here=here)
