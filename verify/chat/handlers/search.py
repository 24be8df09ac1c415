"""/search WORDS: full text over what people wrote, findings and the text in pictures."""

from __future__ import annotations

from verify.chat.action import Action
from verify.chat.replies.lists import HITS_A_PAGE, hits_page
from verify.chat.turn import Turn
from verify.errors import BadInput
from verify.layouts.searching import searched
from verify.records import say

COMMAND = "search"
DESCRIPTION = say("Search notes, captions, claims, findings and text in pictures")


async def handle(turn: Turn, words: str) -> None:
    """Show the cases in which all these words stand, with a button to each."""
    if not words:
        examples = say("/search bridge, /search tag:flood, /search verdict:staged")
        raise BadInput(say("Write what to look for, as in {examples}.", examples=examples))
    await _page(turn, Action(name="search", value=words))


async def _page(turn: Turn, action: Action) -> None:
    first = action.page * HITS_A_PAGE
    hits = await turn.call(
        turn.desk.reports.search, turn.person, searched(action.value), limit=first + HITS_A_PAGE + 1
    )
    await turn.show(hits_page(action.value, hits[first:], action.page, turn.reader))


ACTIONS = {"search": _page}
