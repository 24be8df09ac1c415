"""/channel: an owner has the posts of a channel kept that the bot is a member of, or no longer."""

from __future__ import annotations

from collections.abc import Sequence

from verify.chat.action import Action
from verify.chat.pages import Page, button
from verify.chat.replies.markup import bold
from verify.chat.turn import Turn
from verify.errors import BadInput
from verify.language import Reader, html
from verify.records import Channel, Role, say

LEAST = Role.OWNER
COMMAND = "channel"
DESCRIPTION = say("Keep the posts of a channel that I am a member of")
_A_PAGE = 20


async def handle(turn: Turn, words: str) -> None:
    """Show the channels, with a button each."""
    await _show(turn, Action(name=COMMAND))


async def _show(turn: Turn, action: Action) -> None:
    _demand_alone(turn)
    found = await turn.call(turn.desk.channels.every, turn.person, turn.service)
    await turn.show(_page(found, turn.reader))


async def _keep(turn: Turn, action: Action) -> None:
    """Keep its posts from now on, or no longer, as the button said."""
    _demand_alone(turn)
    keep = action.name == "channel-keep"
    chat_id = int(action.value)
    await turn.call(turn.desk.channels.keep, turn.person, turn.service, chat_id, keep)
    await _show(turn, action)


def _demand_alone(turn: Turn) -> None:
    if turn.person.among_others:
        raise BadInput(say("Channels are chosen in a private chat with the bot, not in a group."))


def _page(found: Sequence[Channel], reader: Reader) -> Page:
    lines = [bold(say("Channels that I am a member of"), reader)]
    if not found:
        lines.append(
            html(
                say(
                    "I am in no channel yet: make me an administrator of one, and write {command}"
                    " again.",
                    command=f"/{COMMAND}",
                ),
                reader,
            )
        )
    rows = []
    for one in found[:_A_PAGE]:
        name = one.title or str(one.chat_id)
        kept = say("{name}: its posts go into the archive", name=name)
        lines.append(html(kept if one.kept else say("{name}: nothing is kept", name=name), reader))
        label = say("No longer {name}", name=name) if one.kept else say("Keep {name}", name=name)
        does = "channel-leave" if one.kept else "channel-keep"
        rows.append((button(label, Action(name=does, value=str(one.chat_id)), reader),))
    if found:
        lines.append(
            html(
                say(
                    "New posts and edits are kept as they come, open no case, and are answered by"
                    " nothing. What stood there before comes in by an export."
                ),
                reader,
            )
        )
    return Page("\n".join(lines), tuple(rows))


ACTIONS = {COMMAND: _show, "channel-keep": _keep, "channel-leave": _keep}
