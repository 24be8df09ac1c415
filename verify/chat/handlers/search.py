"""/search WORDS: full text over notes, captions, claims and sources."""

from __future__ import annotations

from verify.chat.replies.lists import hits_page
from verify.chat.turn import Turn
from verify.errors import BadInput
from verify.records import say

COMMAND = "search"
DESCRIPTION = say("Search notes, captions, claims and sources")
_MOST_HITS = 10


async def handle(turn: Turn, words: str) -> None:
    """Show where all these words stand, with a button to each case."""
    if not words:
        raise BadInput(say("Write what to look for, as in {example}.", example="/search bridge"))
    hits = await turn.call(turn.desk.search, turn.person, words, limit=_MOST_HITS)
    await turn.show(hits_page(words, hits, turn.reader))
