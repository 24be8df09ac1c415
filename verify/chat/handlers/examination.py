"""The pages of a case's message, and the findings in full."""

from __future__ import annotations

from verify.chat.action import Action
from verify.chat.replies.details import details
from verify.chat.replies.examination import examination, page_of
from verify.chat.turn import EXAMINATION, Turn


async def _examination(turn: Turn, action: Action) -> None:
    report = await turn.call(turn.desk.case, turn.person, action.case_id)
    await turn.open_case(action.case_id)
    # back from elsewhere: to the exhibit; turning a page: to that page
    page = page_of(report, action.exhibit_id, turn.reader) if action.exhibit_id else action.page
    await turn.show(
        examination(report, page, turn.reader), case_id=action.case_id, purpose=EXAMINATION
    )


async def _details(turn: Turn, action: Action) -> None:
    exhibit = await turn.call(turn.desk.exhibit, turn.person, action.case_id, action.exhibit_id)
    await turn.show(
        details(exhibit, action.page, turn.reader), case_id=action.case_id, purpose=EXAMINATION
    )


ACTIONS = {"examination": _examination, "details": _details}
