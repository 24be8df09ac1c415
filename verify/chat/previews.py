"""A preview inside a file that shows something else, sent beside the picture."""

from __future__ import annotations

from verify.chat.replies.previews import beside
from verify.chat.turn import Turn
from verify.records import ExhibitReport


async def show(
    turn: Turn, exhibit: ExhibitReport, *, reply_to: int | None, again: bool = False
) -> None:
    """Send each preview that shows something else, grey and under a spoiler.

    again: also those that were shown in this chat before.
    """
    if exhibit.examination is None:
        return
    case_id, exhibit_id = exhibit.case_id, exhibit.exhibit_id
    for number in range(len(exhibit.examination.thumbnail.differing)):
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
