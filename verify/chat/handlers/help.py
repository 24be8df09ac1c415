"""/help: what to send, and every command."""

from __future__ import annotations

from verify.chat.pages import Page
from verify.chat.replies.markup import bold, code
from verify.chat.turn import Turn
from verify.desk.permissions import at_least
from verify.language import html
from verify.records import Role, say

COMMAND = "help"
DESCRIPTION = say("Show what I understand")
_NARROWING = {
    '"old bridge"': say("these words side by side"),
    "from:ada": say("sent or posted by Ada"),
    "tag:flood": say("in cases with this tag"),
    "verdict:staged": say("in cases with this verdict"),
    "platform:telegram": say("seen on this platform"),
    "after:2026-11-01": say("in cases opened on this day or later"),
    "before:2026-12-01": say("in cases opened earlier"),
}


async def handle(turn: Turn, words: str) -> None:
    """List the commands as they are found."""
    reader = turn.reader
    sending = [
        bold(say("What you can send"), reader),
        html(say("A picture or a file opens a case. An album is one case."), reader),
        html(say("Words become a note in the case you opened last."), reader),
        html(say("A reply to one of my messages goes to that message's case."), reader),
        html(
            say("An edited note is added beside the first; an edited caption renews its claim."),
            reader,
        ),
        "",
    ]
    lines = [
        *(sending if at_least(turn.person, Role.REPORTER) else ()),
        bold(say("What narrows a search"), reader),
        *(f"{code(example)} {html(meaning, reader)}" for example, meaning in _NARROWING.items()),
        "",
        bold(say("Commands"), reader),
    ]
    lines += [f"/{name}: {html(description, reader)}" for name, description in turn.menu]
    await turn.show(Page("\n".join(lines)))
