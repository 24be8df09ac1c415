"""A command that there is not: the nearest one is named."""

from __future__ import annotations

import re
from difflib import get_close_matches

from telegram.ext import filters

from verify.chat.turn import Turn
from verify.records import say

# Telegram marks only Latin letters as a command; words of another script would become a note
FILTER = filters.UpdateType.MESSAGE & (
    filters.COMMAND | filters.Regex(r"^/(?:[^\W\d_]\w*)?(?:\s|$)")
)
_NEAR = 0.6  # of difflib's ratio


async def handle(turn: Turn) -> None:
    """Say so; in a group only where the command names this bot, since others have theirs."""
    text = (turn.message.text if turn.message else None) or "/"
    written = re.split(r"\s", text, maxsplit=1)[0]
    name, _, whose = written[1:].partition("@")
    if turn.person.among_others and whose.casefold() != turn.out.bot.username.casefold():
        return
    near = get_close_matches(name.casefold(), [one for one, _ in turn.menu], 1, _NEAR)
    if near:
        sentence = say(
            "There is no command {command}. Did you mean {near}?",
            command=f"/{name}",
            near=f"/{near[0]}",
        )
    else:
        sentence = say("There is no command {command}. See /help.", command=f"/{name}")
    await turn.tell(sentence)
