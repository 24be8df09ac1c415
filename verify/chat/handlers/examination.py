"""A case at a glance and in full, and each finding with where it was read."""

from __future__ import annotations

from verify.chat.action import Action
from verify.chat.replies.details import details
from verify.chat.replies.examination import FULL, examination, in_full
from verify.chat.turn import EXAMINATION, Turn


async def _examination(turn: Turn, action: Action) -> None:
    report = await turn.call(turn.desk.reports.case, turn.person, action.case_id)
    await turn.open_case(action.case_id)
    if action.value == FULL or action.page:  # pages were turned before there was More
        page = in_full(report, action, turn.reader)
    else:
        page = examination(report, action.exhibit_id, turn.reader)
    await turn.show(page, case_id=action.case_id, purpose=EXAMINATION)


async def _details(turn: Turn, action: Action) -> None:
    exhibit = await turn.call(
        turn.desk.reports.exhibit, turn.person, action.case_id, action.exhibit_id
    )
    await turn.show(
        details(exhibit, action.page, turn.reader), case_id=action.case_id, purpose=EXAMINATION
    )


ACTIONS = {"examination": _examination, "details": _details}
