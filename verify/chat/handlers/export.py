"""/export: a case as one file, after a look at what is in it and what stays behind."""

from __future__ import annotations

from functools import partial

from verify.chat.action import Action
from verify.chat.handing_out import demand_alone, look, profile_named
from verify.chat.notes import open_case_of
from verify.chat.pages import Page
from verify.chat.turn import Turn
from verify.jobs.bagged import bagged
from verify.language import html
from verify.layouts import handout
from verify.layouts.profiles import narrowest, profile
from verify.records import Role, Sentence, say

LEAST = Role.REPORTER
COMMAND = "export"
DESCRIPTION = say("Make a file of the open case: for everybody, for a partner or for inside")
_LARGEST = 50 * 1024 * 1024  # what a bot may send


async def handle(turn: Turn, words: str) -> None:
    """Show what the profile that is named takes along; without a name, the narrowest."""
    chosen = profile_named(words)
    await _look(turn, Action(name="export", case_id=await open_case_of(turn), value=chosen))


async def _look(turn: Turn, action: Action) -> None:
    demand_alone(turn)
    report = await turn.call(turn.desk.reports.case, turn.person, action.case_id)
    stays = handout.left_out(report, profile(action.value or narrowest()))
    beside = [html(_leaves(turn), turn.reader)]
    page = look(action, say("Make this file"), stays, beside, turn.reader)
    await turn.show(page, case_id=action.case_id)


def _leaves(turn: Turn) -> Sentence:
    if turn.out.local:
        return say("The file stays on this computer until you pass it on.")
    return say(
        "The file goes to this chat, and so to Telegram’s servers. {command} on the desk’s computer"
        " makes it without that, and encrypts it.",
        command="verify-desk export",
    )


async def _make(turn: Turn, action: Action) -> None:
    demand_alone(turn)
    if await turn.out.was_sent("handout"):
        return
    name = action.value or narrowest()
    write = partial(turn.desk.bagging.handed_out, limit=_LARGEST)
    (made, content), _ = await turn.call(
        bagged, turn.desk, turn.person, action.case_id, name, turn.reader, write
    )
    said = (
        say("Case {number}, hand-out profile: {name}", number=made.case, name=profile(name).NAME),
        say("Digest of this bag: {digest}", digest=made.digest),
        say("Tell it by another way than the bag: whoever gets both can compare them."),
    )
    page = Page("\n".join(html(one, turn.reader) for one in said))
    file = f"case-{made.case}-{name}.zip"
    await turn.out.document("handout", content, file, page, case_id=made.case)


ACTIONS = {"export": _look, "export-it": _make}
