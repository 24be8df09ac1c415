"""/tag: words by which cases are found together."""

from __future__ import annotations

from msgspec.structs import replace

from verify.chat.action import Action
from verify.chat.managing import ask, managed, word_or_choice
from verify.chat.replies.manage import choose_tag
from verify.chat.turn import Turn
from verify.records import Role, say

LEAST = Role.REPORTER
COMMAND = "tag"
DESCRIPTION = say("Tag the open case")


async def handle(turn: Turn, words: str) -> None:
    """Put the tags that are written on the case; without one, show them."""
    await word_or_choice(turn, words, "tag", _written, _show)


async def _show(turn: Turn, action: Action) -> None:
    report = await turn.call(turn.desk.reports.case, turn.person, action.case_id)
    await turn.show(choose_tag(report, turn.reader))


async def _ask(turn: Turn, action: Action) -> None:
    await ask(turn, replace(action, name="tag"), say("Reply to this message with the tag."))


async def _written(turn: Turn, action: Action, text: str) -> None:
    tags = [
        await turn.call(turn.desk.casework.tag, turn.person, action.case_id, one)
        for one in text.split()
    ]
    said = say("Tagged {tags}.", tags=" ".join(f"#{tag}" for tag in tags))
    await managed(turn, action.case_id, said)


async def _off(turn: Turn, action: Action) -> None:
    await turn.call(turn.desk.casework.tag, turn.person, action.case_id, action.value, remove=True)
    await managed(turn, action.case_id, say("#{tag} was taken off.", tag=action.value))


UNLOCKED = frozenset({"tag", "tag-ask"})
ACTIONS = {"tag": _show, "tag-ask": _ask, "untag": _off}
REPLIES = {"tag": _written}
