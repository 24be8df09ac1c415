"""What a file shows beside its picture, sent next to it: a preview, what transparency hides."""

from __future__ import annotations

from verify.chat.replies.hidden import beside
from verify.chat.turn import Turn
from verify.records import CaseReport, ExhibitReport, ViewKind


def is_elsewhere(turn: Turn, report: CaseReport, exhibit_id: int) -> bool:
    """Whether Telegram does not have this file, so that it is asked before it gets it."""
    sightings = (seen for seen in report.sightings if seen.exhibit_id == exhibit_id)
    return turn.service == "telegram" and all(seen.service != "telegram" for seen in sightings)


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
