"""/help: what to send, and the names of the commands; what they do, how to search and how to keep a
post on request."""

from __future__ import annotations

from collections.abc import Iterator

from verify.chat.action import Action
from verify.chat.pages import Page, button
from verify.chat.replies.keep_post import how_to_keep
from verify.chat.replies.markup import bold, code
from verify.chat.turn import Turn
from verify.desk.permissions import at_least
from verify.language import html
from verify.records import Role, say
from verify.wording.searching import NARROWING

COMMAND = "help"
DESCRIPTION = say("Show what I understand")
_COMMANDS, _SEARCH, _POST = "commands", "search", "post"
IN_SEALED = True


async def handle(turn: Turn, words: str) -> None:
    """Say the little that one needs to begin."""
    await _help(turn, Action(name=COMMAND))


async def _help(turn: Turn, action: Action) -> None:
    choices = {
        "": say("In short"),
        _COMMANDS: say("What each command does"),
        _SEARCH: say("How to search"),
        _POST: say("How to keep a post"),
    }
    pages = {"": _brief, _COMMANDS: _commands, _SEARCH: _search, _POST: _post}
    row = tuple(
        button(label, Action(name=COMMAND, value=value), turn.reader)
        for value, label in choices.items()
        if value != action.value
    )
    await turn.show(Page("\n".join(pages[action.value](turn)), (row,)))


def _brief(turn: Turn) -> Iterator[str]:
    reader = turn.reader
    if at_least(turn.person, Role.REPORTER):
        yield bold(say("What you can send"), reader)
        yield html(say("A picture or a file opens a case; an album is one case."), reader)
        yield html(say("Words become a note in the case you opened last."), reader)
        yield html(say("A reply to a message of mine goes to its case."), reader)
        yield html(say("Edit a note or a caption, and both versions stay."), reader)
        yield ""
    yield bold(say("Commands"), reader)
    names = " ".join(f"/{name}" for name, _ in turn.menu)
    yield f"\u2066{names}\u2069"  # left to right, also among Arabic: the stroke stands before


def _commands(turn: Turn) -> Iterator[str]:
    yield bold(say("Commands"), turn.reader)
    for name, description in turn.menu:
        yield f"/{name}: {html(description, turn.reader)}"


def _post(turn: Turn) -> Iterator[str]:
    yield from how_to_keep(turn.reader)


def _search(turn: Turn) -> Iterator[str]:
    yield bold(say("What narrows a search"), turn.reader)
    for example, meaning in NARROWING.items():
        yield f"{code(example)} {html(meaning, turn.reader)}"


ACTIONS = {COMMAND: _help}
