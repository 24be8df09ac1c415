"""A part of a file, or a frame of a film, made an exhibit because a person asked for it."""

from __future__ import annotations

from verify.chat.action import Action
from verify.chat.pages import Page
from verify.chat.replies.examination import examination
from verify.chat.turn import EXAMINATION, Turn
from verify.records import Receipt, Role


async def _derive(turn: Turn, action: Action) -> None:
    """Make it an exhibit, examine it, and show it."""
    origin = await turn.call(
        turn.desk.reports.exhibit, turn.person, action.case_id, action.exhibit_id
    )
    receipt = await turn.call(
        turn.desk.deriving.derive, turn.person, origin.sha256, action.page, action.case_id
    )
    await turn.show(await _examined(turn, receipt), case_id=receipt.case_id, purpose=EXAMINATION)


async def _frame(turn: Turn, action: Action) -> None:
    """Keep the frame that is shown; what is found out about it is answered below the film."""
    film = await turn.call(
        turn.desk.reports.exhibit, turn.person, action.case_id, action.exhibit_id
    )
    receipt = await turn.call(
        turn.desk.deriving.frame, turn.person, film.sha256, action.page, action.case_id
    )
    page = await _examined(turn, receipt)
    await turn.out.send(
        "frame",
        page,
        reply_to=turn.pressed,
        case_id=receipt.case_id,
        exhibit_id=receipt.exhibit_id,
        purpose=EXAMINATION,
    )


async def _examined(turn: Turn, receipt: Receipt) -> Page:
    await turn.call(turn.desk.examining.all_of, turn.person, receipt.exhibit_id)
    report = await turn.call(turn.desk.reports.case, turn.person, receipt.case_id)
    return examination(report, receipt.exhibit_id, turn.reader)


NEEDS = {"derive": Role.REPORTER, "frame-keep": Role.REPORTER}
ACTIONS = {"derive": _derive, "frame-keep": _frame}
