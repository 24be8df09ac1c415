"""What a file shows beside its picture, sent next to it: a preview, what transparency hides."""

from __future__ import annotations

from msgspec.structs import replace

from verify.chat import showing
from verify.chat.action import Action
from verify.chat.pages import Page
from verify.chat.replies.hidden import beside, offer
from verify.chat.showing import Shown
from verify.chat.turn import Turn
from verify.records import ExhibitReport, Picture, Step, ViewKind


async def to_show(turn: Turn, action: Action, then: str) -> ExhibitReport | None:
    """The exhibit whose pictures or sound were asked for. None where Telegram does not have its
    file: then it is asked first, with a button for the action `then`, which uploads them."""
    report = await turn.call(turn.desk.reports.case, turn.person, action.case_id)
    exhibit = await turn.call(
        turn.desk.reports.exhibit, turn.person, action.case_id, action.exhibit_id
    )
    sightings = (seen for seen in report.sightings if seen.exhibit_id == action.exhibit_id)
    if turn.service != "telegram" or any(seen.service == "telegram" for seen in sightings):
        return exhibit
    asking = offer(exhibit, turn.reader, replace(action, name=then))
    await turn.out.send("offer", asking, reply_to=turn.pressed, case_id=report.id)
    return None


async def show(
    turn: Turn,
    exhibit: ExhibitReport,
    *,
    reply_to: int | None,
    again: bool = False,
    looks: bool = False,
    step: str = "",
) -> None:
    """Send each preview that shows something else, grey and under a spoiler.

    again: also those that were shown in this chat before. looks: what transparency hides instead,
    which is often a cut-out or a logo, and so waits to be asked for. step: how far, where it is
    covered.
    """
    if exhibit.examination is None:
        return
    for number, view in enumerate(exhibit.examination.hidden):
        if looks is (view.kind is ViewKind.PREVIEW):
            continue
        shown = preview(turn, exhibit, number)
        if not again and await turn.latest(exhibit.case_id, shown.purpose):
            continue
        await showing.send(turn, shown.purpose, shown, reply_to=reply_to, step=step)


def preview(turn: Turn, exhibit: ExhibitReport, number: int, *, colour: bool = False) -> Shown:
    """What a file shows beside its picture. number: from 0, of `hidden`."""
    case_id, exhibit_id = exhibit.case_id, exhibit.exhibit_id

    async def draw(step: Step | None) -> tuple[Picture, Page]:
        picture = await turn.call(
            turn.desk.pictures.preview,
            turn.person,
            case_id,
            exhibit_id,
            number,
            colour=colour,
            step=step,
        )
        coloured = colour and picture.step is Step.FULL
        return picture, beside(exhibit, number, turn.reader, colour=coloured)

    here = Action(
        name="preview",
        case_id=case_id,
        exhibit_id=exhibit_id,
        page=number,
        value="colour" if colour else "",
    )
    return Shown(
        draw=draw,
        words=beside(exhibit, number, turn.reader),
        anew=replace(here, name="preview-anew", value=""),
        here=here,
        case_id=case_id,
        exhibit_id=exhibit_id,
        purpose=f"preview {exhibit_id} {number}",
    )
