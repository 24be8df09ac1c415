"""What a file shows beside its picture, sent next to it: a preview, what transparency hides."""

from __future__ import annotations

from msgspec.structs import replace

from verify.chat.action import Action
from verify.chat.replies.hidden import beside, offer
from verify.chat.turn import Turn
from verify.records import ExhibitReport, ViewKind


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
) -> None:
    """Send each preview that shows something else, grey and under a spoiler.

    again: also those that were shown in this chat before. looks: what transparency hides instead,
    which is often a cut-out or a logo, and so waits to be asked for.
    """
    if exhibit.examination is None:
        return
    case_id, exhibit_id = exhibit.case_id, exhibit.exhibit_id
    for number, view in enumerate(exhibit.examination.hidden):
        if looks is (view.kind is ViewKind.PREVIEW):
            continue
        purpose = f"preview {exhibit_id} {number}"
        if not again and await turn.latest(case_id, purpose):
            continue
        jpeg = await turn.call(turn.desk.pictures.preview, turn.person, case_id, exhibit_id, number)
        await turn.out.photo(
            purpose,
            jpeg,
            beside(exhibit, number, turn.reader),
            reply_to=reply_to,
            case_id=case_id,
            exhibit_id=exhibit_id,
            purpose=purpose,
        )
