"""/seen: all posts of the archive that show the picture of the open case, or a copy of it."""

from __future__ import annotations

from msgspec.structs import replace

from verify.chat.action import Action
from verify.chat.managing import about_open_case
from verify.chat.replies.posts import seen_page
from verify.chat.turn import EXAMINATION, Turn
from verify.records import say

COMMAND = "seen"
DESCRIPTION = say("List the posts that show the picture of the open case")


async def handle(turn: Turn, words: str) -> None:
    """Show them for its first exhibit."""
    await _show(turn, await about_open_case(turn, COMMAND, words))


async def _show(turn: Turn, action: Action) -> None:
    exhibit_id = action.exhibit_id
    if not exhibit_id:
        report = await turn.call(turn.desk.reports.case, turn.person, action.case_id)
        exhibit_id = report.exhibits[0].exhibit_id if report.exhibits else 0
    found = await turn.call(turn.desk.posts.appearances, turn.person, action.case_id, exhibit_id)
    page = seen_page(found, replace(action, exhibit_id=exhibit_id), turn.reader)
    await turn.show(page, case_id=action.case_id, purpose=EXAMINATION)


ACTIONS = {COMMAND: _show}
