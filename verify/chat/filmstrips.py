"""A film in one picture, sent beside what was found out about it."""

from __future__ import annotations

from verify.chat.replies.filmstrip import under
from verify.chat.turn import Turn
from verify.language import reads_leftwards
from verify.records import ExhibitReport


async def show(
    turn: Turn, exhibit: ExhibitReport, *, reply_to: int | None, again: bool = False
) -> None:
    """Send the strip of a film that shows several pictures, grey and under a spoiler.

    again: also where it was shown in this chat before.
    """
    if exhibit.examination is None or not exhibit.examination.frames:
        return
    purpose = f"film {exhibit.exhibit_id}"
    if not again and await turn.latest(exhibit.case_id, purpose):
        return
    await turn.out.photo(
        purpose,
        await drawn(turn, exhibit.case_id, exhibit.exhibit_id),
        under(exhibit, turn.reader),
        reply_to=reply_to,
        case_id=exhibit.case_id,
        exhibit_id=exhibit.exhibit_id,
        purpose=purpose,
    )


async def drawn(turn: Turn, case_id: int, exhibit_id: int, *, colour: bool = False) -> bytes:
    """The strip as this person reads: it begins on the right where their language does."""
    return await turn.call(
        turn.desk.films.strip,
        turn.person,
        case_id,
        exhibit_id,
        colour=colour,
        right_to_left=reads_leftwards(turn.reader),
    )
