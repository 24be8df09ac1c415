"""/confidential: a case that only its members see."""

from __future__ import annotations

from verify.chat.action import Action
from verify.chat.arguments import off
from verify.chat.managing import about_open_case, managed
from verify.chat.replies.manage import choose_member, confirm
from verify.chat.turn import Turn
from verify.records import Role, say

LEAST = Role.REPORTER
COMMAND = "confidential"
DESCRIPTION = say("Show the open case to its members alone, or with “off” to the desk")


async def handle(turn: Turn, words: str) -> None:
    """Close the open case to others; `off` opens it again."""
    if off(words):
        await _open(turn, await about_open_case(turn, "open-to-desk"))
    else:
        await _close(turn, await about_open_case(turn, "confidential"))


async def _close(turn: Turn, action: Action) -> None:
    await turn.call(turn.desk.casework.close_to_others, turn.person, action.case_id, True)
    said = say("Only its members see this case now, in lists, searches and matches too.")
    if turn.person.among_others:  # its page is closed here from now on
        await turn.tell(said)
    else:
        await managed(turn, action.case_id, said)


async def _open(turn: Turn, action: Action) -> None:
    asked = say("Open case {number} to the whole desk?", number=action.case_id)
    to = Action(name="open-to-desk-yes", case_id=action.case_id)
    await turn.show(confirm(asked, say("Yes, open it"), to, turn.reader))


async def _opened(turn: Turn, action: Action) -> None:
    await turn.call(turn.desk.casework.close_to_others, turn.person, action.case_id, False)
    await managed(turn, action.case_id, say("The whole desk sees this case now."))


async def _choose(turn: Turn, action: Action) -> None:
    members = await turn.call(turn.desk.team.members, turn.person)
    asked = say("Who may see case {number} too?", number=action.case_id)
    to = Action(name="let-in-one", case_id=action.case_id)
    await turn.show(choose_member(asked, members, to, turn.reader, nobody=False))


async def _let_in(turn: Turn, action: Action) -> None:
    name = await turn.call(turn.desk.casework.let_in, turn.person, action.case_id, action.member_id)
    await managed(turn, action.case_id, say("{person} sees this case now.", person=name))


UNLOCKED = frozenset({"confidential", "open-to-desk", "let-in"})
ACTIONS = {
    "confidential": _close,
    "open-to-desk": _open,
    "open-to-desk-yes": _opened,
    "let-in": _choose,
    "let-in-one": _let_in,
}
