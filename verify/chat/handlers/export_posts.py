"""An export of a chat or channel that was sent as a file: what it would bring, then brought."""

from __future__ import annotations

from msgspec.structs import replace

from verify.chat.action import Action
from verify.chat.pages import Page, button, to_examination
from verify.chat.replies.markup import bold
from verify.chat.turn import EXAMINATION, Turn
from verify.chat.working import at_work
from verify.desk.permissions import at_least
from verify.jobs import sent_export
from verify.language import html
from verify.records import Role, say
from verify.wording import exports

CONFIDENTIAL = "confidential"
_DAY = "2027-03-31"


async def _preview(turn: Turn, action: Action) -> None:
    """Say what would come in, and ask."""
    exhibit = await turn.call(
        turn.desk.reports.exhibit, turn.person, action.case_id, action.exhibit_id
    )
    async with at_work(turn.out):
        found = await turn.call(sent_export.previews, turn.desk, exhibit)
    reader = turn.reader
    lines = [bold(say("This export would bring"), reader)]
    lines += [html(line, reader) for one in found for line in exports.would_bring(one)]
    take = replace(action, name="posts-take")
    rows = (
        (
            button(say("Take it in"), take, reader),
            button(say("Take it in, for me alone"), replace(take, value=CONFIDENTIAL), reader),
        ),
        to_examination(action.case_id, action.exhibit_id, reader),
    )
    await turn.show(Page("\n".join(lines), rows), case_id=action.case_id, purpose=EXAMINATION)


async def _take(turn: Turn, action: Action) -> None:
    """Take it in behind other answers, and say what came of it."""
    exhibit = await turn.call(
        turn.desk.reports.exhibit, turn.person, action.case_id, action.exhibit_id
    )
    alone = action.value == CONFIDENTIAL
    async with turn.behind(), at_work(turn.out):
        found = await turn.call(
            sent_export.take_in, turn.desk, turn.person, exhibit, confidential=alone
        )
    reader = turn.reader
    lines = []
    for one in found:
        title = say("{format}, import {number}", format=one.format, number=one.number)
        lines.append(bold(title, reader))
        lines += [html(line, reader) for line in exports.brought(one)]
        if at_least(turn.person, Role.EDITOR):
            written = f"/keep import {one.number} {_DAY}"
            lines.append(html(say("Say until when it is kept: {command}", command=written), reader))
    rows = (to_examination(action.case_id, action.exhibit_id, reader),)
    await turn.show(Page("\n".join(lines), rows), case_id=action.case_id, purpose=EXAMINATION)


NEEDS = {"posts-read": Role.REPORTER, "posts-take": Role.REPORTER}
ACTIONS = {"posts-read": _preview, "posts-take": _take}
