"""What stands behind a picture in its file, taken out because a person asked for it."""

from __future__ import annotations

from verify.chat.action import Action
from verify.chat.replies.examination import examination
from verify.chat.turn import EXAMINATION, Turn
from verify.records import Role


async def _derive(turn: Turn, action: Action) -> None:
    """Make it an exhibit, examine it, and show it."""
    origin = await turn.call(
        turn.desk.reports.exhibit, turn.person, action.case_id, action.exhibit_id
    )
    receipt = await turn.call(
        turn.desk.deriving.derive, turn.person, origin.sha256, action.page, action.case_id
    )
    await turn.call(turn.desk.examining.examine, turn.person, receipt.exhibit_id)
    report = await turn.call(turn.desk.reports.case, turn.person, receipt.case_id)
    page = examination(report, receipt.exhibit_id, turn.reader)
    await turn.show(page, case_id=report.id, purpose=EXAMINATION)


NEEDS = {"derive": Role.REPORTER}
ACTIONS = {"derive": _derive}
