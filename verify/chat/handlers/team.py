"""/team: who belongs to the desk; its owners invite, change roles, remove, block strangers."""

from __future__ import annotations

from verify.chat.action import Action
from verify.chat.replies import team
from verify.chat.turn import Turn
from verify.errors import NotFound
from verify.records import Member, Role, say

COMMAND = "team"
DESCRIPTION = say("Show the team; owners invite and change it")


async def handle(turn: Turn, words: str) -> None:
    """List the members, with buttons for owners."""
    await _team(turn, Action(name="team"))


async def _team(turn: Turn, action: Action) -> None:
    members = await turn.call(turn.desk.team.members, turn.person)
    knocked = None
    if turn.person.role is Role.OWNER and not turn.person.among_others:
        knocked = len(await turn.call(turn.desk.team.strangers, turn.person))
    await turn.show(team.team_page(members, knocked, turn.reader))


async def _member(turn: Turn, action: Action) -> None:
    await turn.show(team.member_page(await _find(turn, action), turn.reader))


async def _remove(turn: Turn, action: Action) -> None:
    await turn.show(team.remove_page(await _find(turn, action), turn.reader))


async def _find(turn: Turn, action: Action) -> Member:
    members = await turn.call(turn.desk.team.members, turn.person)
    for member in members:
        if member.id == action.member_id:
            return member
    raise NotFound(say("There is no such member of this desk."))


async def _role(turn: Turn, action: Action) -> None:
    """Another role; without one the member is removed."""
    role = Role(action.value) if action.value else None
    await turn.call(turn.desk.team.change_role, turn.person, action.member_id, role)
    await _team(turn, action)


async def _invite(turn: Turn, action: Action) -> None:
    await turn.show(team.invite_page(turn.reader))


async def _invite_as(turn: Turn, action: Action) -> None:
    if await turn.out.was_sent("invited"):
        return
    role = Role(action.value)
    code = await turn.call(turn.desk.team.invite, turn.person, role)
    username = turn.out.bot.username if turn.service == "telegram" else ""
    await turn.out.send("invited", team.invitation(role, code, username, turn.reader))


async def _strangers(turn: Turn, action: Action) -> None:
    everywhere = await turn.call(turn.desk.team.strangers, turn.person)
    here = [one for one in everywhere if one.service == turn.service]
    await turn.show(team.strangers_page(here, turn.reader))


async def _block(turn: Turn, action: Action) -> None:
    block = action.name == "block"
    await turn.call(turn.desk.team.block, turn.person, turn.service, action.value, block)
    await _strangers(turn, action)


ACTIONS = {
    "team": _team,
    "member": _member,
    "role": _role,
    "remove": _remove,
    "invite": _invite,
    "invite-as": _invite_as,
    "strangers": _strangers,
    "block": _block,
    "unblock": _block,
}
