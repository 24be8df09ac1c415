"""/assign: whose case it is."""

from __future__ import annotations

from verify.chat.action import Action
from verify.chat.arguments import meant
from verify.chat.managing import managed, word_or_choice
from verify.chat.replies.manage import choose_member
from verify.chat.turn import Turn
from verify.errors import NotFound
from verify.records import Member, Role, say

LEAST = Role.REPORTER
COMMAND = "assign"
DESCRIPTION = say("Give the open case to a member, or to “me”")


async def handle(turn: Turn, words: str) -> None:
    """Assign to the member with this name; without one, offer the team."""
    await word_or_choice(turn, words, "assign", _written, _choose)


async def _written(turn: Turn, action: Action, text: str) -> None:
    if meant(text, {"me": say("me")}):
        await _assign(turn, action.case_id, turn.person.id, turn.person.name)
    else:
        member = _named(await turn.call(turn.desk.team.members, turn.person), text)
        await _assign(turn, action.case_id, member.id, member.name)


async def _choose(turn: Turn, action: Action) -> None:
    members = await turn.call(turn.desk.team.members, turn.person)
    asked = say("Who takes case {number}?", number=action.case_id)
    to = Action(name="assign-to", case_id=action.case_id)
    await turn.show(choose_member(asked, members, to, turn.reader, nobody=True))


async def _chosen(turn: Turn, action: Action) -> None:
    members = await turn.call(turn.desk.team.members, turn.person)
    names = {member.id: member.name for member in members}
    await _assign(turn, action.case_id, action.member_id, names.get(action.member_id, ""))


async def _assign(turn: Turn, case_id: int, member_id: int, name: str) -> None:
    await turn.call(turn.desk.casework.assign, turn.person, case_id, member_id or None)
    said = (
        say("Given to {person}.", person=name) if member_id else say("The case is unassigned now.")
    )
    await managed(turn, case_id, said)


def _named(members: tuple[Member, ...], words: str) -> Member:
    wanted = words.casefold().removeprefix("@")
    found = [one for one in members if one.name.casefold() == wanted] or [
        one for one in members if one.name.casefold().startswith(wanted)
    ]
    if len(found) != 1:
        raise NotFound(say("I know no single member called {name}. See /team.", name=words))
    return found[0]


UNLOCKED = frozenset({"assign"})
ACTIONS = {"assign": _choose, "assign-to": _chosen}
