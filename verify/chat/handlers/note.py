"""/note, the Note button and its prompt, and Undo."""

from __future__ import annotations

from verify.chat.action import Action
from verify.chat.managing import ask, word_or_choice
from verify.chat.notes import keep_note
from verify.chat.pages import Page
from verify.chat.turn import Turn
from verify.language import html
from verify.records import Role, say

LEAST = Role.REPORTER
COMMAND = "note"
DESCRIPTION = say("Write a note into the open case")


async def handle(turn: Turn, words: str) -> None:
    """Keep the words as a note; without words, ask for them."""
    await word_or_choice(turn, words, "note", _written, _ask)


async def _ask(turn: Turn, action: Action) -> None:
    await turn.open_case(action.case_id)
    asked = say("Reply to this message with the note for case {number}.", number=action.case_id)
    await ask(turn, Action(name="note", case_id=action.case_id), asked)


async def _written(turn: Turn, action: Action, text: str) -> None:
    await keep_note(turn, action.case_id, text)


async def _undo(turn: Turn, action: Action) -> None:
    if await turn.call(turn.desk.cases.undo_note, turn.person, action.note_id):
        sentence = say(
            "The note was taken back; the record of case {number} shows that it was written.",
            number=action.case_id,
        )
    else:
        sentence = say("This note was taken back before.")
    await turn.show(Page(html(sentence, turn.reader)), case_id=action.case_id)


UNLOCKED = frozenset({"note"})
ACTIONS = {"note": _ask, "undo-note": _undo}
REPLIES = {"note": _written}
