"""/account @name: what the archive of posts knows of an account."""

from __future__ import annotations

from verify.chat.replies.posts import account_page
from verify.chat.turn import Turn
from verify.errors import BadInput
from verify.records import say

COMMAND = "account"
DESCRIPTION = say("Show what the archive knows of an account")


async def handle(turn: Turn, words: str) -> None:
    """Show its names, what was seen of it, and how often it was first."""
    if not words.strip():
        raise BadInput(say("Write the account, as in {example}.", example="/account @name"))
    found = await turn.call(turn.desk.posts.accounts, turn.person, words.strip())
    await turn.show(account_page(found, turn.reader))
